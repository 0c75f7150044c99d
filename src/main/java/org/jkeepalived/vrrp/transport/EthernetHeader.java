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

  static final int TYPE_IPV4 = 0x0800;
  static final int TYPE_ARP = 0x0806;
  static final int TYPE_IPV6 = 0x86dd;

  private static final int SOURCE = 6;
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

  /** RFC 1112 section 6.4: the low 23 bits of an IPv4 group behind 01:00:5e. */
  static byte[] ofGroup4(byte[] group) {
    return new byte[] {0x01, 0x00, 0x5e, (byte) (group[1] & 0x7f), group[2], group[3]};
  }

  /** RFC 2464 section 7: the last 32 bits of an IPv6 group behind 33:33. */
  static byte[] ofGroup6(byte[] group) {
    return new byte[] {0x33, 0x33, group[12], group[13], group[14], group[15]};
  }
}
