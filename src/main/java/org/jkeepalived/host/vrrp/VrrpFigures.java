package org.jkeepalived.host.vrrp;

import java.util.List;
import org.jkeepalived.loop.OwnerState;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.status.Figures;
import org.jkeepalived.status.Figures.ThreadFigures;
import org.jkeepalived.status.Sockets;

/** Tells how the daemon itself does, which only this room can see. Lives on the VRRP thread. */
final class VrrpFigures implements VrrpSnapshots.Insight {

  private final LinkPortSet ports;
  private final PacketTransport transport;
  private final Owners owners;

  VrrpFigures(LinkPortSet ports, PacketTransport transport, Owners owners) {
    this.ports = ports;
    this.transport = transport;
    this.owners = owners;
  }

  @Override
  public Sockets sockets() {
    return transport.sockets();
  }

  @Override
  public Figures figures(boolean clear) {
    List<ThreadFigures> threads = owners.states().stream().map(VrrpFigures::of).toList();
    Figures taken = new Figures(ports.traffic(), transport.unicastTraffic(), threads);
    if (clear) {
      transport.clearTraffic();
      owners.clearFigures();
    }
    return taken;
  }

  private static ThreadFigures of(OwnerState owner) {
    return new ThreadFigures(
        owner.name(),
        owner.maxLatenessNanos(),
        owner.failures(),
        owner.condition() == OwnerState.Condition.LOST);
  }
}
