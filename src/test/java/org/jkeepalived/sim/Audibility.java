package org.jkeepalived.sim;

import java.net.InetAddress;
import java.util.List;
import org.jkeepalived.model.Unicast;
import org.jkeepalived.model.VrrpInstance;

/**
 * Whom a node hears: by the cables, and where virtual routers speak to peers by the lists on either
 * side, each way for itself.
 */
final class Audibility {

  private final Scenario scenario;
  private final List<SimulatedNode> nodes;
  private final List<Cable> cables;

  Audibility(Scenario scenario, List<SimulatedNode> nodes, List<Cable> cables) {
    this.scenario = scenario;
    this.nodes = nodes;
    this.cables = cables;
  }

  /** Whether what one node says of a virtual router reaches another one, and is believed there. */
  boolean hears(int router, int listener, int speaker) {
    Scenario.Router one = scenario.routers().get(router);
    if (cables.get(one.segment()).isCut(speaker, listener)) {
      return false;
    }
    VrrpInstance says = nodes.get(speaker).instance(router);
    VrrpInstance listens = nodes.get(listener).instance(router);
    if (!one.isOn(listener)
        || !one.isOn(speaker)
        || says.key().isUnicast() != listens.key().isUnicast()) {
      return false;
    }
    return !says.key().isUnicast()
        || lists(says, scenario.source(router, listener))
            && believes(listens, scenario.source(router, speaker));
  }

  private static boolean lists(VrrpInstance instance, InetAddress address) {
    for (Unicast.Peer peer : instance.protocol().unicast().peers()) {
      if (peer.address().equals(address)) {
        return true;
      }
    }
    return false;
  }

  /** Without {@code check_unicast_src} whoever sends is believed, as by keepalived. */
  private static boolean believes(VrrpInstance instance, InetAddress source) {
    return !instance.protocol().unicast().checkSource() || lists(instance, source);
  }

  /** Whether a virtual router goes by what has arrived for it. */
  static boolean believes(VrrpInstance instance, Arrival arrival) {
    Arrival.Packet packet = arrival.packet();
    return !arrival.damaged()
        && packet.isToPeer() == instance.key().isUnicast()
        && (!packet.isToPeer() || believes(instance, packet.source()));
  }
}
