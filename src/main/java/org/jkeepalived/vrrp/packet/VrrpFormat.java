package org.jkeepalived.vrrp.packet;

import org.jkeepalived.model.AddressFamily;

/**
 * Where things stand in a VRRP packet; version 2 is of IPv4 alone.
 *
 * <pre>
 *  RFC 3768 section 5.1 (version 2)              RFC 9568 section 5.1 (version 3)
 *  0       Version (4 bits), Type (4 bits)        the same
 *  1       Virtual Rtr ID                         the same
 *  2       Priority                               the same
 *  3       Count IP Addrs                         the same
 *  4       Auth Type                              Rsvd (4 bits), Max Adver Int (12 bits, hundredths)
 *  5       Adver Int (seconds)
 *  6, 7    Checksum                               Checksum
 *  8 ...   addresses, 4 bytes each                addresses, 4 or 16 bytes each
 *          Authentication Data, 8 bytes           -
 * </pre>
 */
public final class VrrpFormat {

  /** VRRP's number among what IP carries. */
  public static final int PROTOCOL_NUMBER = 112;

  static final int TYPE_ADVERTISEMENT = 1;

  /** The hop limit of what has not left its link. */
  static final int HOP_LIMIT = 255;

  static final int HEADER_BYTES = 8;
  static final int AUTHENTICATION_BYTES = 8;

  static final int VERSION_AND_TYPE = 0;
  static final int VIRTUAL_ROUTER_ID = 1;
  static final int PRIORITY = 2;
  static final int ADDRESS_COUNT = 3;
  static final int AUTHENTICATION_TYPE = 4;
  static final int INTERVAL_SECONDS = 5;
  static final int INTERVAL_CENTIS = 4;
  static final int CHECKSUM = 6;
  static final int ADDRESSES = 8;

  static final long CENTI_NANOS = 10_000_000L;
  static final long SECOND_NANOS = 1_000_000_000L;

  private VrrpFormat() {}

  /** How long a well-formed packet with that many addresses is, in bytes. */
  static int length(int version, AddressFamily family, int addresses) {
    return HEADER_BYTES + addresses * family.bytes() + (version == 2 ? AUTHENTICATION_BYTES : 0);
  }

  /**
   * What the pseudo header of RFC 8200 section 8.1 adds to a checksum's sum, as version 3 uses it
   * over IPv4 too.
   *
   * @param addressSum the sum of the source's and the destination's 16-bit words
   */
  static int pseudoHeaderSum(int addressSum, int length) {
    return addressSum + PROTOCOL_NUMBER + length;
  }
}
