package org.jkeepalived.vrrp.transport;

/** Numbers in network byte order. */
public final class BigEndian {

  private BigEndian() {}

  /** One byte, 0 to 255. */
  public static int u8(byte[] bytes, int at) {
    return bytes[at] & 0xff;
  }

  /** Two bytes, 0 to 65535. */
  public static int u16(byte[] bytes, int at) {
    return u8(bytes, at) << 8 | u8(bytes, at + 1);
  }

  /** Four bytes, as a number that compares quickly; its sign means nothing. */
  public static int bits32(byte[] bytes, int at) {
    return u16(bytes, at) << 16 | u16(bytes, at + 2);
  }

  /** Writes the lower 16 bits of {@code value}. */
  public static void put16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 8);
    bytes[at + 1] = (byte) value;
  }
}
