package org.jkeepalived.linux.packet;

import java.nio.ByteBuffer;
import org.jkeepalived.linux.NativeMemory;

/**
 * A message's structures, which point at each other (sendmsg(2), cmsg(3)). They are made once, and
 * used for one message after the other.
 */
final class SocketMessage {

  // struct msghdr: name (8 bytes), its length (4), padding (4), parts (8), their number (8),
  // control (8), its length (8), flags (4), padding (4)
  private static final int HEADER_BYTES = 56;
  private static final int NAME_LENGTH = 8;
  private static final int PARTS = 16;
  private static final int PARTS_COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;

  // struct iovec: base (8), length (8)
  private static final int PART_BYTES = 16;
  private static final int PART_LENGTH = 8;

  private final NativeMemory header = NativeMemory.allocate(HEADER_BYTES);
  private final NativeMemory part = NativeMemory.allocate(PART_BYTES);
  private final NativeMemory name;
  private final NativeMemory control;
  private final NativeMemory payload;

  /**
   * One with that much room.
   *
   * @param nameBytes for a socket address
   * @param controlBytes for control messages, whole ones with what stands behind each
   * @param payloadBytes for what is sent or received
   */
  SocketMessage(int nameBytes, int controlBytes, int payloadBytes) {
    name = NativeMemory.allocate(nameBytes);
    control = NativeMemory.allocate(controlBytes);
    payload = NativeMemory.allocate(payloadBytes);
    header.putAddress(0, name, 0);
    header.putAddress(PARTS, part, 0);
    header.bytes().putLong(PARTS_COUNT, 1);
    header.putAddress(CONTROL, control, 0);
    part.putAddress(0, payload, 0);
    reset();
  }

  /** Undoes what the kernel writes over when it receives. */
  void reset() {
    header.bytes().putInt(NAME_LENGTH, name.length());
    header.bytes().putLong(CONTROL_LENGTH, control.length());
    part.bytes().putLong(PART_LENGTH, payload.length());
  }

  /** What the C functions are called with: a {@code struct msghdr}. */
  NativeMemory header() {
    return header;
  }

  /** The socket address: the sender's of a received message, else the receiver's. */
  ByteBuffer name() {
    return name.bytes();
  }

  /** The control messages. */
  ByteBuffer control() {
    return control.bytes();
  }

  /** How many bytes of control messages there are; never more than there is room for. */
  int controlLength() {
    return (int) Math.min(control.length(), header.bytes().getLong(CONTROL_LENGTH));
  }

  /** Puts down what is to be sent: the first {@code length} of the bytes. */
  void putPayload(byte[] bytes, int length) {
    payload.bytes().put(0, bytes, 0, length);
    part.bytes().putLong(PART_LENGTH, length);
  }

  /** Copies the first {@code length} bytes of what was received to {@code at}. */
  void getPayload(int length, byte[] bytes, int at) {
    payload.bytes().get(0, bytes, at, length);
  }
}
