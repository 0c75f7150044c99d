package org.jkeepalived.vrrp.transport;

/**
 * The Internet checksum (RFC 1071), in two steps: sums of parts are added before they are folded.
 */
public final class InternetChecksum {

  private InternetChecksum() {}

  /**
   * The sum of 16-bit words, not yet folded.
   *
   * @param length in bytes, at most 65535; an odd last byte counts as if a zero followed
   */
  public static int sum(byte[] bytes, int from, int length) {
    int sum = 0;
    int end = from + (length & ~1);
    for (int at = from; at < end; at += 2) {
      sum += BigEndian.u16(bytes, at);
    }
    return (length & 1) == 1 ? sum + (BigEndian.u8(bytes, end) << 8) : sum;
  }

  /**
   * Folds a sum and takes the complement.
   *
   * @return 0 to 65535; 0 for the sum of bytes whose checksum field is right
   */
  public static int of(int sum) {
    int folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return ~folded & 0xffff;
  }
}
