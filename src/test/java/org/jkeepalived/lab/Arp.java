package org.jkeepalived.lab;

import java.nio.ByteBuffer;

/**
 * An ARP packet (RFC 826) for IPv4 on Ethernet.
 *
 * @param operation 1 request, 2 reply
 */
record Arp(
    long timeNanos,
    String sourceMac,
    String destinationMac,
    int operation,
    String senderMac,
    String senderAddress,
    String targetAddress)
    implements Frame {

  static final int LENGTH = 14 + 28;

  static Arp decode(long timeNanos, byte[] frame) {
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    return new Arp(
        timeNanos,
        Frame.mac(frame, 6),
        Frame.mac(frame, 0),
        bytes.getShort(14 + 6),
        Frame.mac(frame, 14 + 8),
        Advertisement.address(frame, 14 + 14),
        Advertisement.address(frame, 14 + 24));
  }

  /** Whether it tells the neighbours where this address lives from now on. */
  boolean announces(String address) {
    return senderAddress.equals(address) && targetAddress.equals(address);
  }
}
