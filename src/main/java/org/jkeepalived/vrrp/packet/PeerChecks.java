package org.jkeepalived.vrrp.packet;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.Unicast;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;

/** Whether a packet comes from a peer, and not from farther away than that peer may be. */
final class PeerChecks {

  private record Peer(byte[] address, int minHopLimit, int maxHopLimit) {
    boolean allows(int hopLimit) {
      return hopLimit >= minHopLimit && hopLimit <= maxHopLimit;
    }
  }

  private final boolean checkSource;
  private final List<Peer> peers;

  PeerChecks(Unicast unicast) {
    checkSource = unicast.checkSource();
    peers =
        unicast.peers().stream()
            .map(
                peer ->
                    new Peer(peer.address().getAddress(), peer.minHopLimit(), peer.maxHopLimit()))
            .toList();
  }

  /**
   * COMPAT: keepalived 2.2.7 looks at neither source nor hop limit unless it is asked to. Of a peer
   * that is listed twice the first line counts.
   */
  Optional<Discard> check(ReceivedDatagram datagram) {
    if (!checkSource) {
      return Optional.empty();
    }
    for (Peer peer : peers) {
      if (datagram.isFrom(peer.address)) {
        return peer.allows(datagram.hopLimit()) ? Optional.empty() : Optional.of(Discard.TTL);
      }
    }
    return Optional.of(Discard.SOURCE);
  }

  /** Whether a peer sent it, wherever from. */
  boolean isPeer(ReceivedDatagram datagram) {
    for (int i = 0; i < peers.size(); i++) {
      if (datagram.isFrom(peers.get(i).address)) {
        return true;
      }
    }
    return false;
  }

  /** What is wrong with the hop limit of a peer's packet, in keepalived's words. */
  String explainHopLimit(ReceivedDatagram datagram) {
    return peers.stream()
        .filter(peer -> datagram.isFrom(peer.address))
        .findFirst()
        .map(
            peer ->
                "TTL/HL "
                    + datagram.hopLimit()
                    + " not in range "
                    + peer.minHopLimit
                    + " - "
                    + peer.maxHopLimit)
        .orElse("");
  }
}
