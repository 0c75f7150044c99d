package org.jkeepalived.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes netlink messages one after the other into a datagram.
 *
 * <pre>
 * | length (4) | type (2) | flags (2) | sequence (4) | port id (4) | payload | pad to 4 |
 * attribute: | length (2) | type (2) | value | pad to 4 |
 * </pre>
 *
 * <p>A number that does not fit its field is our own bug and throws; so is a message that does not
 * fit the buffer, for whoever writes several asks {@link #remaining} first.
 */
public final class MessageWriter {
  public static final int HEADER_BYTES = 16;
  public static final int FLAGS_OFFSET = 6;
  public static final int SEQUENCE_OFFSET = 8;
  private static final int ALIGNMENT = 4;

  private final ByteBuffer buffer;
  private int messageStart = -1;
  private int lastStart = -1;

  public MessageWriter(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /** Empties the datagram. */
  public MessageWriter clear() {
    buffer.clear();
    messageStart = -1;
    lastStart = -1;
    return this;
  }

  /** Bytes that are left for more messages. */
  int remaining() {
    return buffer.remaining();
  }

  /** The datagram: everything up to its position. */
  public ByteBuffer datagram() {
    require(messageStart < 0, "a message is not ended");
    return buffer;
  }

  public MessageWriter begin(int type, int flags, int sequence) {
    require(messageStart < 0, "a message is not ended");
    messageStart = buffer.position();
    // the length is filled in by end(); port id 0 lets the kernel fill it in
    return u32(0).u16(type).u16(flags).s32(sequence).u32(0);
  }

  public MessageWriter end() {
    require(messageStart >= 0, "no message was begun");
    buffer.putInt(messageStart, buffer.position() - messageStart);
    lastStart = messageStart;
    messageStart = -1;
    return this;
  }

  /** The message that was ended last, header and all. */
  public byte[] last() {
    require(lastStart >= 0 && messageStart < 0, "no message was ended");
    byte[] message = new byte[buffer.getInt(lastStart)];
    buffer.get(lastStart, message);
    return message;
  }

  /** A copy of the datagram's bytes. */
  byte[] all() {
    require(messageStart < 0, "a message is not ended");
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }

  /** Writes messages that are prepared: less work than writing their attributes. */
  public MessageWriter append(byte[] message) {
    require(messageStart < 0, "a message is not ended");
    lastStart = buffer.position();
    buffer.put(message, 0, message.length);
    return this;
  }

  /** Sets more flags in the message that was ended last. */
  MessageWriter addFlags(int flags) {
    require(lastStart >= 0 && messageStart < 0, "no message was ended");
    int all = Short.toUnsignedInt(buffer.getShort(lastStart + FLAGS_OFFSET)) | flags;
    buffer.putShort(lastStart + FLAGS_OFFSET, (short) inRange(all, 0xffff));
    return this;
  }

  public MessageWriter u8(long value) {
    buffer.put((byte) inRange(value, 0xff));
    return this;
  }

  public MessageWriter u16(long value) {
    buffer.putShort((short) inRange(value, 0xffff));
    return this;
  }

  public MessageWriter u32(long value) {
    buffer.putInt((int) inRange(value, 0xffff_ffffL));
    return this;
  }

  public MessageWriter s32(int value) {
    buffer.putInt(value);
    return this;
  }

  public MessageWriter attribute(int type, byte[] value) {
    u16(4 + value.length).u16(type);
    buffer.put(value);
    return pad();
  }

  public MessageWriter attributeU8(int type, long value) {
    return u16(5).u16(type).u8(value).pad();
  }

  public MessageWriter attributeU16(int type, long value) {
    return u16(6).u16(type).u16(value).pad();
  }

  /** 16 bits in network order, such as a port. */
  public MessageWriter attributeNetworkU16(int type, long value) {
    return u16(6).u16(type).u8(value >> 8).u8(value & 0xff).pad();
  }

  /** 32 bits in network order, such as a mask. */
  public MessageWriter attributeNetworkU32(int type, long value) {
    u16(8).u16(type).u8(value >> 24);
    return u8(value >> 16 & 0xff).u8(value >> 8 & 0xff).u8(value & 0xff);
  }

  public MessageWriter attributeU32(int type, long value) {
    return u16(8).u16(type).u32(value);
  }

  /** The number of a link. */
  public MessageWriter attributeS32(int type, int value) {
    return u16(8).u16(type).s32(value);
  }

  /** A string with its terminating zero. */
  public MessageWriter attributeString(int type, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    u16(5 + bytes.length).u16(type);
    buffer.put(bytes).put((byte) 0);
    return pad();
  }

  /**
   * Begins an attribute that holds attributes.
   *
   * @return what {@link #endNested} wants to know
   */
  public int beginNested(int type) {
    int start = buffer.position();
    u16(0).u16(type);
    return start;
  }

  public MessageWriter endNested(int start) {
    buffer.putShort(start, (short) inRange(buffer.position() - start, 0xffff));
    return this;
  }

  /**
   * Begins a piece that has a length and no type, as one next hop of several.
   *
   * @return what {@link #endNested} wants to know
   */
  public int beginRecord() {
    int start = buffer.position();
    u16(0);
    return start;
  }

  private MessageWriter pad() {
    while (buffer.position() % ALIGNMENT != 0) {
      buffer.put((byte) 0);
    }
    return this;
  }

  private static long inRange(long value, long highest) {
    require(value >= 0 && value <= highest, "does not fit its field: " + value);
    return value;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
