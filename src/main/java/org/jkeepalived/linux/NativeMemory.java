package org.jkeepalived.linux;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Memory outside the heap that native functions read and write.
 *
 * <p>It is freed with this object: keep it in a field as long as its address is in use.
 */
public final class NativeMemory {
  private static final MemoryIO MEMORY = MemoryIO.getInstance();

  private final ByteBuffer bytes;
  private final long address;

  private NativeMemory(ByteBuffer bytes) {
    this.bytes = bytes;
    this.address = MEMORY.getDirectBufferAddress(bytes);
  }

  /** Zeroed memory of {@code length} bytes. */
  public static NativeMemory allocate(int length) {
    return new NativeMemory(ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder()));
  }

  /** A C string. */
  public static NativeMemory ofString(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    NativeMemory memory = allocate(encoded.length + 1);
    memory.bytes.put(0, encoded);
    return memory;
  }

  /** The memory in the machine's byte order; position and limit are the caller's to use. */
  public ByteBuffer bytes() {
    return bytes;
  }

  public long address() {
    return address;
  }

  public int length() {
    return bytes.capacity();
  }

  /** Copies what a native function pointed at. */
  public static void copy(long source, byte[] target, int length) {
    MEMORY.getByteArray(source, target, 0, length);
  }

  /** Reads an {@code int} that a native function pointed at. */
  public static int intAt(long source) {
    return MEMORY.getInt(source);
  }

  /** Reads the C string that a native function returned. */
  public static String stringAt(long source) {
    return new String(MEMORY.getZeroTerminatedByteArray(source), StandardCharsets.UTF_8);
  }
}
