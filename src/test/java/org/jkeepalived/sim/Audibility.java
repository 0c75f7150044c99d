package org.jkeepalived.sim;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
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
    int hopLimit = says.protocol().unicast().hopLimit() - one.hops();
    return !says.key().isUnicast()
        || find(says, scenario.source(router, listener)).isPresent()
            && believes(listens, scenario.source(router, speaker), hopLimit);
  }

  private static Optional<Unicast.Peer> find(VrrpInstance instance, InetAddress address) {
    for (Unicast.Peer peer : instance.protocol().unicast().peers()) {
      if (peer.address().equals(address)) {
        return Optional.of(peer);
      }
    }
    return Optional.empty();
  }

  /** Without {@code check_unicast_src} whoever sends is believed, as by keepalived. */
  private static boolean believes(VrrpInstance instance, InetAddress source, int hopLimit) {
    return !instance.protocol().unicast().checkSource()
        || find(instance, source)
            .filter(peer -> hopLimit >= peer.minHopLimit() && hopLimit <= peer.maxHopLimit())
            .isPresent();
  }

  /** Whether a virtual router goes by what has arrived for it. */
  static boolean believes(VrrpInstance instance, Arrival arrival) {
    Arrival.Packet packet = arrival.packet();
    return !arrival.damaged()
        && packet.isToPeer() == instance.key().isUnicast()
        && (!packet.isToPeer() || believes(instance, packet.source(), packet.hopLimit()));
  }
}
