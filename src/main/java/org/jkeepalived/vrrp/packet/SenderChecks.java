package org.jkeepalived.vrrp.packet;

import org.jkeepalived.model.AllowedSenders;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;

/** Whether a packet comes from somebody who may speak ({@code allow_from}). */
final class SenderChecks {

  private final byte[][] networks;
  private final int[] prefixLengths;

  SenderChecks(AllowedSenders senders) {
    int count = senders.networks().size();
    networks = new byte[count][];
    prefixLengths = new int[count];
    for (int i = 0; i < count; i++) {
      networks[i] = senders.networks().get(i).address().getAddress();
      prefixLengths[i] = senders.networks().get(i).prefixLength();
    }
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
