package org.jkeepalived.vrrp.packet;

/**
 * Where things stand in a VRRP packet over IPv4.
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
 *  8 ...   addresses, 4 bytes each                addresses
 *          Authentication Data, 8 bytes           -
 * </pre>
 */
final class VrrpFormat {

  static final int PROTOCOL_NUMBER = 112;
  static final int TYPE_ADVERTISEMENT = 1;
  static final int TTL = 255;

  static final int HEADER_BYTES = 8;
  static final int ADDRESS_BYTES = 4;
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

  static final int ETHERNET_BYTES = 14;
  static final int IP_HEADER_BYTES = 20;

  private VrrpFormat() {}

  static int unsigned(byte[] bytes, int at) {
    return bytes[at] & 0xff;
  }

  static int unsigned16(byte[] bytes, int at) {
    return unsigned(bytes, at) << 8 | unsigned(bytes, at + 1);
  }

  static void put16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
  }

  /** How long a well-formed packet with that many addresses is. */
  static int length(int version, int addresses) {
    return HEADER_BYTES + addresses * ADDRESS_BYTES + (version == 2 ? AUTHENTICATION_BYTES : 0);
  }

  /** The sum of 16-bit words of RFC 1071, not yet folded. */
  static int sum(byte[] bytes, int from, int length) {
    int sum = 0;
    int end = from + (length & ~1);
    for (int at = from; at < end; at += 2) {
      sum += unsigned16(bytes, at);
    }
    return (length & 1) == 1 ? sum + (unsigned(bytes, end) << 8) : sum;
  }

  /** Folds a sum and takes the complement: 0 for a packet whose checksum field is right. */
  static int checksum(int sum) {
    int folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return ~folded & 0xffff;
  }

  /** RFC 8200 section 8.1's pseudo header, as VRRP version 3 uses it over IPv4. */
  static int pseudoHeaderSum(byte[] bytes, int ipAt, int vrrpLength) {
    return sum(bytes, ipAt + 12, 8) + PROTOCOL_NUMBER + vrrpLength;
  }
}
