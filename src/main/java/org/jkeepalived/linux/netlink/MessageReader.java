package org.jkeepalived.linux.netlink;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Walks through the messages of a received datagram. It never throws: a datagram that is cut off
 * ends the walk, and {@link #error} says where.
 *
 * <pre>
 * for (MessageReader message = new MessageReader(datagram); message.next(); ) { … }
 * </pre>
 */
public final class MessageReader {
  private static final int HEADER_BYTES = MessageWriter.HEADER_BYTES;

  private final ByteBuffer buffer;
  private int start;
  private int end;
  private int following;
  private Optional<String> error = Optional.empty();

  /** Reads from the buffer's position to its limit and leaves both as they are. */
  public MessageReader(ByteBuffer datagram) {
    buffer = datagram;
    following = datagram.position();
  }

  public boolean next() {
    int left = buffer.limit() - following;
    if (left <= 0 || error.isPresent()) {
      return false;
    }
    if (left < HEADER_BYTES) {
      error = Optional.of("a header of " + left + " bytes");
      return false;
    }
    long length = Integer.toUnsignedLong(buffer.getInt(following));
    if (length < HEADER_BYTES || length > left) {
      error = Optional.of("a message of " + length + " bytes where " + left + " are left");
      return false;
    }
    start = following;
    end = start + (int) length;
    following = (end + 3) & ~3;
    return true;
  }

  /** What was wrong with the datagram, if anything. */
  Optional<String> error() {
    return error;
  }

  public int type() {
    return Short.toUnsignedInt(buffer.getShort(start + 4));
  }

  int flags() {
    return Short.toUnsignedInt(buffer.getShort(start + 6));
  }

  int sequence() {
    return buffer.getInt(start + 8);
  }

  /** The number of the socket that it comes from, or that has caused it; 0 for the kernel's own. */
  public int port() {
    return buffer.getInt(start + 12);
  }

  public int payloadLength() {
    return end - start - HEADER_BYTES;
  }

  /** A byte of the payload; 0 beyond its end. */
  public int u8(int offset) {
    return offset < payloadLength() ? Byte.toUnsignedInt(buffer.get(payload() + offset)) : 0;
  }

  /** 16 bits of the payload; 0 beyond its end. */
  public int u16(int offset) {
    return offset + 2 <= payloadLength()
        ? Short.toUnsignedInt(buffer.getShort(payload() + offset))
        : 0;
  }

  /** 32 bits of the payload; 0 beyond its end. */
  public int s32(int offset) {
    return offset + 4 <= payloadLength() ? buffer.getInt(payload() + offset) : 0;
  }

  /** The attributes that follow {@code offset} bytes of the payload. */
  public AttributeReader attributes(int offset) {
    return new AttributeReader(buffer, Math.min(payload() + offset, end), end);
  }

  private int payload() {
    return start + HEADER_BYTES;
  }
}
