package org.jkeepalived.vrrp.transport;

/**
 * The header of an IPv4 packet without options (RFC 791 section 3.1).
 *
 * <pre>
 *  0  version 4, header length 5 (1) | type of service (1) | total length (2)
 *  4  identification (2)             | flags, fragment offset (2)
 *  8  time to live (1)               | protocol (1) | header checksum (2)
 * 12  source (4)
 * 16  destination (4)
 * </pre>
 */
public final class Ipv4Header {

  /** Its length without options. */
  public static final int BYTES = 20;

  static final int ADDRESS_BYTES = 4;

  private static final int TOTAL_LENGTH = 2;
  private static final int IDENTIFICATION = 4;
  private static final int FRAGMENT = 6;
  private static final int TIME_TO_LIVE = 8;
  private static final int PROTOCOL = 9;
  private static final int CHECKSUM = 10;
  static final int SOURCE = 12;
  static final int DESTINATION = 16;

  private static final int VERSION_AND_LENGTH = 0x45;
  private static final int MORE_FRAGMENTS_AND_OFFSET = 0x3fff;

  private static final int LOOPBACK_NET = 127;
  private static final int GROUPS = 0xe;
  private static final int LINK_LOCAL_GROUPS = 0xe00000;
  private static final int EVERYBODY = -1;

  /** Internetwork Control, as keepalived and the RFC's successors mark it. */
  private static final int TOS_INTERNETWORK_CONTROL = 0xc0;

  private Ipv4Header() {}

  /**
   * Writes what stays the same from one packet to the next.
   *
   * @param source 4 bytes
   * @param destination 4 bytes
   * @param hopLimit the time to live, 0 to 255
   */
  static void write(
      byte[] bytes, int at, byte[] source, byte[] destination, int protocol, int hopLimit) {
    bytes[at] = VERSION_AND_LENGTH;
    bytes[at + 1] = (byte) TOS_INTERNETWORK_CONTROL;
    bytes[at + TIME_TO_LIVE] = (byte) hopLimit;
    bytes[at + PROTOCOL] = (byte) protocol;
    System.arraycopy(source, 0, bytes, at + SOURCE, ADDRESS_BYTES);
    System.arraycopy(destination, 0, bytes, at + DESTINATION, ADDRESS_BYTES);
  }

  /** Writes what differs from one packet to the next, and the checksum. */
  static void complete(byte[] bytes, int at, int payloadLength, int identification) {
    BigEndian.put16(bytes, at + TOTAL_LENGTH, BYTES + payloadLength);
    BigEndian.put16(bytes, at + IDENTIFICATION, identification);
    BigEndian.put16(bytes, at + CHECKSUM, 0);
    BigEndian.put16(
        bytes, at + CHECKSUM, InternetChecksum.of(InternetChecksum.sum(bytes, at, BYTES)));
  }

  /**
   * How long the header is that begins at {@code at}, of which at least {@link #BYTES} are there.
   *
   * @return 20 to 60 bytes; 0 when it is none, or that of a fragment
   */
  static int lengthOf(byte[] bytes, int at) {
    int first = BigEndian.u8(bytes, at);
    boolean fragment = (BigEndian.u16(bytes, at + FRAGMENT) & MORE_FRAGMENTS_AND_OFFSET) != 0;
    int length = (first & 0x0f) * 4;
    return first >>> 4 != 4 || fragment || length < BYTES ? 0 : length;
  }

  /**
   * Clears what routers may change in a header that starts at 0 (RFC 2402 section 3.3.3.1.1).
   *
   * @param forwarded whether the time to live is part of that
   */
  static void clearMutable(byte[] bytes, boolean forwarded) {
    bytes[1] = 0;
    BigEndian.put16(bytes, FRAGMENT, 0);
    if (forwarded) {
      bytes[TIME_TO_LIVE] = 0;
    }
    BigEndian.put16(bytes, CHECKSUM, 0);
  }

  /** Whether a packet is for a group. */
  static boolean isToGroup(byte[] bytes, int at) {
    return BigEndian.u8(bytes, at + DESTINATION) >>> 4 == GROUPS;
  }

  /** Whether the checksum of the header fits, which is that long. */
  static boolean isChecksumRight(byte[] bytes, int at, int length) {
    return InternetChecksum.of(InternetChecksum.sum(bytes, at, length)) == 0;
  }

  /**
   * Whether no machine can have sent a packet from its source address, which the kernel drops
   * (Linux: "martian source"): that of a group, of all, or of the machine itself; and 0.x.x.x,
   * unless the packet stays on its link (224.0.0.x).
   */
  static boolean isSourceMartian(byte[] bytes, int at) {
    int first = BigEndian.u8(bytes, at + SOURCE);
    if (first == 0) {
      return BigEndian.bits32(bytes, at + DESTINATION) >>> 8 != LINK_LOCAL_GROUPS;
    }
    return first == LOOPBACK_NET
        || first >>> 4 == GROUPS
        || BigEndian.bits32(bytes, at + SOURCE) == EVERYBODY;
  }

  /** The sum of both addresses' words, not yet folded. */
  static int addressSum(byte[] bytes, int at) {
    return InternetChecksum.sum(bytes, at + SOURCE, 2 * ADDRESS_BYTES);
  }

  static int totalLength(byte[] bytes, int at) {
    return BigEndian.u16(bytes, at + TOTAL_LENGTH);
  }

  static int protocol(byte[] bytes, int at) {
    return BigEndian.u8(bytes, at + PROTOCOL);
  }

  static int timeToLive(byte[] bytes, int at) {
    return BigEndian.u8(bytes, at + TIME_TO_LIVE);
  }
}
