package org.jkeepalived.linux.packet;

/** Receives the packets of a {@link UnicastSocket}. */
@FunctionalInterface
public interface PacketHandler {

  /**
   * @param linkIndex the kernel's number of the link that it came in through
   * @param packet from the IP header on; the next packet overwrites it
   * @param length how many of the bytes
   */
  void packet(int linkIndex, byte[] packet, int length);
}
