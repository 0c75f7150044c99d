package org.jkeepalived.vrrp.transport;

/**
 * The header of an Ethernet frame.
 *
 * <pre>
 *  0  destination (6)
 *  6  source (6)
 * 12  type (2)
 * </pre>
 */
public final class EthernetHeader {

  /** Its length. */
  public static final int BYTES = 14;

  /** The length of a hardware address. */
  public static final int ADDRESS_BYTES = 6;

  /** What an IPv4 packet is carried as. */
  public static final int TYPE_IPV4 = 0x0800;

  static final int TYPE_ARP = 0x0806;
  static final int TYPE_IPV6 = 0x86dd;

  private static final int TYPE_VLAN = 0x8100;
  private static final int VLAN_NUMBER = 0x0fff;
  private static final int TAG_BYTES = 4;
  private static final int GROUP_BIT = 0x01;

  static final int SOURCE = 6;
  private static final int TYPE = 12;

  private EthernetHeader() {}

  /**
   * Writes it to the beginning of {@code frame}.
   *
   * @param destination 6 bytes
   * @param source 6 bytes
   */
  static void write(byte[] frame, byte[] destination, byte[] source, int type) {
    System.arraycopy(destination, 0, frame, 0, ADDRESS_BYTES);
    System.arraycopy(source, 0, frame, SOURCE, ADDRESS_BYTES);
    BigEndian.put16(frame, TYPE, type);
  }

  /**
   * Where the packet starts that a frame carries. A tag that names VLAN 0 gives the frame a
   * priority, and puts it into no VLAN (IEEE 802.1Q section 6.9.1): the kernel hears it like one
   * without.
   *
   * @param length of the frame in bytes
   * @param type the number of what is to be carried
   * @return 14 or 18; 0 for a frame of a VLAN, or that carries something else
   */
  public static int payloadAt(byte[] frame, int length, int type) {
    if (length < BYTES) {
      return 0;
    }
    int first = BigEndian.u16(frame, TYPE);
    if (first == type) {
      return BYTES;
    }
    boolean priority =
        first == TYPE_VLAN
            && length >= BYTES + TAG_BYTES
            && (BigEndian.u16(frame, BYTES) & VLAN_NUMBER) == 0
            && BigEndian.u16(frame, TYPE + TAG_BYTES) == type;
    return priority ? BYTES + TAG_BYTES : 0;
  }

  /**
   * Where the IP packet starts that a frame carries, of either family.
   *
   * @param length of the frame in bytes
   * @return 14 or 18; 0 for a frame that carries none, or one of another family than it says
   */
  public static int packetAt(byte[] frame, int length) {
    int ipv4 = payloadAt(frame, length, TYPE_IPV4);
    int at = ipv4 > 0 ? ipv4 : payloadAt(frame, length, TYPE_IPV6);
    int version = ipv4 > 0 ? 4 : 6;
    return at > 0 && at < length && (frame[at] >>> 4 & 0x0f) == version ? at : 0;
  }

  /** Whether a frame is for a group, or for all. */
  static boolean isToGroup(byte[] frame) {
    return (frame[0] & GROUP_BIT) != 0;
  }

  /** RFC 1112 section 6.4: the low 23 bits of an IPv4 group behind 01:00:5e. */
  static byte[] ofGroup4(byte[] group) {
    return new byte[] {0x01, 0x00, 0x5e, (byte) (group[1] & 0x7f), group[2], group[3]};
  }

  /** RFC 2464 section 7: the last 32 bits of an IPv6 group behind 33:33. */
  static byte[] ofGroup6(byte[] group) {
    return new byte[] {0x33, 0x33, group[12], group[13], group[14], group[15]};
  }
}
