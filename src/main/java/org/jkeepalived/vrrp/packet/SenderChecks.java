package org.jkeepalived.vrrp.packet;

import org.jkeepalived.model.AllowedSenders;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;

/** Whether a packet comes from somebody who may speak ({@code allow_from}). */
final class SenderChecks {

  private final byte[][] networks;
  private final int[] prefixLengths;

  SenderChecks(AllowedSenders senders) {
    networks =
        senders.networks().stream()
            .map(network -> network.address().getAddress())
            .toArray(byte[][]::new);
    prefixLengths =
        senders.networks().stream().mapToInt(AllowedSenders.Network::prefixLength).toArray();
  }

  boolean allow(ReceivedDatagram datagram) {
    for (int i = 0; i < networks.length; i++) {
      if (datagram.isFromNetwork(networks[i], prefixLengths[i])) {
        return true;
      }
    }
    return networks.length == 0;
  }
}
