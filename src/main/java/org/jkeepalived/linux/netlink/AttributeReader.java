package org.jkeepalived.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Walks through attributes. It never throws: an attribute that is cut off ends the walk, a value of
 * the wrong length reads as zero or empty, and the first such error stays in {@link #error}.
 */
public final class AttributeReader {
  private static final int HEADER_BYTES = 4;

  /** NLA_F_NESTED and NLA_F_NET_BYTEORDER, which are not part of the type. */
  private static final int TYPE_MASK = 0x3fff;

  private final ByteBuffer buffer;
  private final int limit;
  private int start;
  private int end;
  private int following;
  private Optional<String> error = Optional.empty();

  AttributeReader(ByteBuffer buffer, int start, int limit) {
    this.buffer = buffer;
    this.following = start;
    this.limit = limit;
  }

  public boolean next() {
    int left = limit - following;
    if (left <= 0) {
      return false;
    }
    if (left < HEADER_BYTES) {
      return fail("an attribute header of " + left + " bytes");
    }
    int length = Short.toUnsignedInt(buffer.getShort(following));
    if (length < HEADER_BYTES || length > left) {
      return fail("an attribute of " + length + " bytes where " + left + " are left");
    }
    start = following;
    end = start + length;
    following = (end + 3) & ~3;
    return true;
  }

  public int type() {
    return buffer.getShort(start + 2) & TYPE_MASK;
  }

  public int length() {
    return end - start - HEADER_BYTES;
  }

  public int u8() {
    return hasLength(1) ? Byte.toUnsignedInt(buffer.get(start + HEADER_BYTES)) : 0;
  }

  public int u16() {
    return hasLength(2) ? Short.toUnsignedInt(buffer.getShort(start + HEADER_BYTES)) : 0;
  }

  /** 16 bits in network order, such as a port. */
  public int networkU16() {
    return hasLength(2) ? octet(0) << 8 | octet(1) : 0;
  }

  /** 32 bits without a sign. */
  public long u32() {
    return Integer.toUnsignedLong(s32());
  }

  /** The first 32 bits, without a sign, of a value that may be longer. */
  public long firstU32() {
    return length() >= Integer.BYTES
        ? Integer.toUnsignedLong(buffer.getInt(start + HEADER_BYTES))
        : u32();
  }

  /** 32 bits without a sign in network order, such as a mask. */
  public long networkU32() {
    return hasLength(4) ? (long) octet(0) << 24 | octet(1) << 16 | octet(2) << 8 | octet(3) : 0;
  }

  public int s32() {
    return hasLength(4) ? buffer.getInt(start + HEADER_BYTES) : 0;
  }

  public byte[] bytes() {
    byte[] value = new byte[length()];
    buffer.get(start + HEADER_BYTES, value);
    return value;
  }

  /** The text before the first zero byte, if there is one. */
  public String string() {
    byte[] value = bytes();
    int length = 0;
    while (length < value.length && value[length] != 0) {
      length++;
    }
    return new String(value, 0, length, StandardCharsets.UTF_8);
  }

  /** The attributes inside this one. Their errors are their own reader's. */
  public AttributeReader nested() {
    return new AttributeReader(buffer, start + HEADER_BYTES, end);
  }

  /** Two numbers of 32 bits without a sign, one after the other. */
  public Optional<long[]> pairOfU32() {
    return hasLength(2 * Integer.BYTES)
        ? Optional.of(
            new long[] {
              Integer.toUnsignedLong(buffer.getInt(start + HEADER_BYTES)),
              Integer.toUnsignedLong(buffer.getInt(start + HEADER_BYTES + Integer.BYTES))
            })
        : Optional.empty();
  }

  /** Two numbers of 16 bits without a sign, one after the other. */
  public Optional<long[]> pairOfU16() {
    return hasLength(2 * Short.BYTES)
        ? Optional.of(
            new long[] {
              Short.toUnsignedLong(buffer.getShort(start + HEADER_BYTES)),
              Short.toUnsignedLong(buffer.getShort(start + HEADER_BYTES + Short.BYTES))
            })
        : Optional.empty();
  }

  /**
   * Instead of {@link #next}, where pieces with a length and no type stand in a row.
   *
   * @param fixedBytes of each one's beginning, the length among them
   */
  public boolean nextRecord(int fixedBytes) {
    int left = limit - following;
    if (left <= 0) {
      return false;
    }
    int length = left < fixedBytes ? 0 : Short.toUnsignedInt(buffer.getShort(following));
    if (length < fixedBytes || length > left) {
      return fail("a record of " + length + " bytes where " + left + " are left");
    }
    start = following;
    end = start + length;
    following = (end + 3) & ~3;
    return true;
  }

  /** 32 bits of such a piece's beginning. */
  public int recordS32(int offset) {
    return buffer.getInt(start + offset);
  }

  /** The attributes behind such a piece's beginning. */
  public AttributeReader inRecord(int fixedBytes) {
    return new AttributeReader(buffer, start + fixedBytes, end);
  }

  /** The first error, if any. */
  public Optional<String> error() {
    return error;
  }

  private int octet(int index) {
    return Byte.toUnsignedInt(buffer.get(start + HEADER_BYTES + index));
  }

  private boolean hasLength(int wanted) {
    if (length() != wanted) {
      fail("attribute " + type() + " has " + length() + " bytes instead of " + wanted);
      return false;
    }
    return true;
  }

  private boolean fail(String text) {
    if (error.isEmpty()) {
      error = Optional.of(text);
    }
    following = limit;
    return false;
  }
}
