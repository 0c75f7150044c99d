package org.jkeepalived.vrrp.transport;

/**
 * The fixed header of an IPv6 packet (RFC 8200 section 3).
 *
 * <pre>
 *  0  version 6 (4 bits), traffic class (8 bits), flow label (20 bits)
 *  4  payload length (2) | next header (1) | hop limit (1)
 *  8  source (16)
 * 24  destination (16)
 * </pre>
 */
public final class Ipv6Header {

  /** Its length. */
  public static final int BYTES = 40;

  static final int ADDRESS_BYTES = 16;

  static final int PAYLOAD_LENGTH = 4;
  static final int NEXT_HEADER = 6;
  static final int HOP_LIMIT = 7;
  static final int SOURCE = 8;
  static final int DESTINATION = 24;

  private static final int VERSION = 0x60;
  private static final int GROUPS = 0xff;

  /** Internetwork Control, as keepalived marks its advertisements. */
  private static final int INTERNETWORK_CONTROL = 0xc0;

  private Ipv6Header() {}

  /**
   * Writes what stays the same from one packet to the next, without a traffic class or flow label.
   *
   * @param source 16 bytes
   * @param destination 16 bytes
   * @param protocol the number of what follows, 0 to 255
   * @param hopLimit 0 to 255
   */
  static void write(
      byte[] bytes, int at, byte[] source, byte[] destination, int protocol, int hopLimit) {
    bytes[at] = VERSION;
    bytes[at + NEXT_HEADER] = (byte) protocol;
    bytes[at + HOP_LIMIT] = (byte) hopLimit;
    System.arraycopy(source, 0, bytes, at + SOURCE, ADDRESS_BYTES);
    System.arraycopy(destination, 0, bytes, at + DESTINATION, ADDRESS_BYTES);
  }

  /** Has routers and switches prefer the packet to all that is not the network's own. */
  static void prefer(byte[] bytes, int at) {
    bytes[at] = (byte) (VERSION | INTERNETWORK_CONTROL >>> 4);
  }

  /** Writes what differs from one packet to the next. */
  static void complete(byte[] bytes, int at, int payloadLength) {
    BigEndian.put16(bytes, at + PAYLOAD_LENGTH, payloadLength);
  }

  /**
   * Whether no machine can have sent a packet from its source address, which the kernel drops: that
   * of a group, that of the machine itself ({@code ::1}), or none ({@code ::}), from which nobody
   * advertises.
   */
  static boolean isSourceMartian(byte[] bytes, int at) {
    if (bytes[at + SOURCE] == (byte) GROUPS) {
      return true;
    }
    for (int i = 0; i < ADDRESS_BYTES - 1; i++) {
      if (bytes[at + SOURCE + i] != 0) {
        return false;
      }
    }
    return (bytes[at + SOURCE + ADDRESS_BYTES - 1] & 0xff) <= 1;
  }

  /** The sum of both addresses' words, not yet folded. */
  static int addressSum(byte[] bytes, int at) {
    return InternetChecksum.sum(bytes, at + SOURCE, 2 * ADDRESS_BYTES);
  }
}
