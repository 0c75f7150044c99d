package org.jkeepalived.vrrp.transport;

import java.util.Arrays;

/**
 * IPsec's authentication header with HMAC-MD5-96, between the IP header and what it protects (RFC
 * 2402 section 2, RFC 2403).
 *
 * <pre>
 *  0  next header (1) | length in words, less two: 4 (1) | reserved (2)
 *  4  security parameters index (4)
 *  8  sequence number (4)
 * 12  integrity check value (12)
 * </pre>
 */
public final class AuthenticationHeader {

  /** Its number among what IP carries. */
  public static final int PROTOCOL_NUMBER = 51;

  /** Its length. */
  public static final int BYTES = 24;

  static final int CHECK_VALUE = 12;
  static final int CHECK_VALUE_BYTES = 12;

  private static final int LENGTH = 1;
  private static final int INDEX = 4;
  private static final int SEQUENCE = 8;
  private static final int LENGTH_IN_WORDS = BYTES / 4 - 2;

  private AuthenticationHeader() {}

  /**
   * Writes it with a check value of zeros.
   *
   * @param next the number of what it protects
   * @param index 4 bytes. COMPAT: keepalived's is the source address
   * @param sequence a number of 32 bits
   */
  static void write(byte[] bytes, int at, int next, byte[] index, int sequence) {
    bytes[at] = (byte) next;
    bytes[at + LENGTH] = LENGTH_IN_WORDS;
    BigEndian.put16(bytes, at + 2, 0);
    System.arraycopy(index, 0, bytes, at + INDEX, Ipv4Header.ADDRESS_BYTES);
    BigEndian.put16(bytes, at + SEQUENCE, sequence >>> 16);
    BigEndian.put16(bytes, at + SEQUENCE + 2, sequence);
    Arrays.fill(bytes, at + CHECK_VALUE, at + CHECK_VALUE + CHECK_VALUE_BYTES, (byte) 0);
  }

  /** Whether one of this kind begins there, of which all bytes are there. */
  static boolean isThere(byte[] bytes, int at) {
    return BigEndian.u8(bytes, at + LENGTH) == LENGTH_IN_WORDS;
  }

  /** The number of what it protects. */
  static int next(byte[] bytes, int at) {
    return BigEndian.u8(bytes, at);
  }

  /** The security parameters index. */
  static int index(byte[] bytes, int at) {
    return BigEndian.bits32(bytes, at + INDEX);
  }

  /** The sequence number, 0 to 2³² - 1. */
  static long sequence(byte[] bytes, int at) {
    return BigEndian.bits32(bytes, at + SEQUENCE) & 0xffffffffL;
  }
}
