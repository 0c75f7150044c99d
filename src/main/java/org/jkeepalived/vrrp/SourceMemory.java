package org.jkeepalived.vrrp;

import java.net.InetAddress;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;

/** Remembers who sent last, so that a master's every advertisement does not make a new address. */
final class SourceMemory {

  private InetAddress last = InetAddress.getLoopbackAddress();
  private byte[] lastBytes = last.getAddress();

  /** The source of {@code datagram}. */
  InetAddress of(ReceivedDatagram datagram) {
    if (!datagram.isFrom(lastBytes)) {
      last = datagram.source();
      lastBytes = last.getAddress();
    }
    return last;
  }
}
