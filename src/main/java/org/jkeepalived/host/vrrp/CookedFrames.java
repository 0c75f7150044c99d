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
  private static final int IPV6 = 0x86dd;

  private final byte[] packet = new byte[LinkPort.MOST_SNAPSHOT_BYTES];

  /**
   * Takes one.
   *
   * @return one past the last byte of its {@link #packet}; 0 when there is none of IP
   */
  int open(byte[] frame, int length) {
    if (length == 0) {
      return 0;
    }
    int version = BigEndian.u8(frame, 0) >>> 4;
    int at = version == 4 || version == 6 ? 0 : HEADER_BYTES;
    if (at > 0 && (length <= HEADER_BYTES || !isIp(BigEndian.u16(frame, PROTOCOL)))) {
      return 0;
    }
    System.arraycopy(frame, at, packet, 0, length - at);
    return length - at;
  }

  private static boolean isIp(int protocol) {
    return protocol == IPV4 || protocol == IPV6;
  }

  /** That of the frame that was taken last, which starts with its IP header. */
  byte[] packet() {
    return packet;
  }
}
