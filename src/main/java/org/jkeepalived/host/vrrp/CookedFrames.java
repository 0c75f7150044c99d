package org.jkeepalived.host.vrrp;

import org.jkeepalived.linux.packet.LinkPort;
import org.jkeepalived.vrrp.transport.BigEndian;

/**
 * What libpcap captures on links that are not Ethernet: packets of IP as they are (DLT_RAW), or
 * behind 16 bytes that it makes itself (DLT_LINUX_SLL), of which the last two name the protocol.
 */
final class CookedFrames {

  private static final int HEADER_BYTES = 16;
  private static final int PROTOCOL = 14;
  private static final int IPV4 = 0x0800;

  private final byte[] packet = new byte[LinkPort.MOST_SNAPSHOT_BYTES];

  /**
   * Takes one.
   *
   * @return one past the last byte of its {@link #packet}; 0 when there is none of IPv4
   */
  int open(byte[] frame, int length) {
    int at = 0;
    if (length > 0 && BigEndian.u8(frame, 0) >>> 4 != 4) {
      boolean cooked = length > HEADER_BYTES && BigEndian.u16(frame, PROTOCOL) == IPV4;
      if (!cooked) {
        return 0;
      }
      at = HEADER_BYTES;
    }
    System.arraycopy(frame, at, packet, 0, length - at);
    return length - at;
  }

  /** That of the frame that was taken last, which starts with its IP header. */
  byte[] packet() {
    return packet;
  }
}
