package org.jkeepalived.linux;

import com.kenai.jffi.MemoryIO;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongToIntFunction;

/**
 * Memory outside the heap that native functions read and write. It is freed with this object.
 *
 * <p>Its address is not to be had, only lent: {@link #lend} keeps this object for as long as the
 * call takes. Whoever held the bare number would keep nothing, since the Java VM counts a field or
 * a variable that is not read any more as gone, in the middle of the method that it belongs to.
 */
public final class NativeMemory {
  private static final MemoryIO MEMORY = MemoryIO.getInstance();

  private final ByteBuffer bytes;
  private final long address;

  /** Whose addresses stand in here. */
  private final Set<NativeMemory> targets = new HashSet<>();

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

  /**
   * Calls a native function with this memory's address, which means nothing once it has returned.
   *
   * <p>This is the one fence: every native call that is given memory passes here.
   *
   * @return what the function returned
   */
  public int lend(LongToIntFunction function) {
    try {
      return function.applyAsInt(address);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Writes an address into this memory, as in a structure that points to another one; the other one
   * is kept as long as this one.
   *
   * @param at where in this memory
   * @param target what is pointed to, which may be this memory itself
   * @param offset the byte of {@code target} that is meant
   */
  public NativeMemory putAddress(int at, NativeMemory target, int offset) {
    bytes.putLong(at, target.address + offset);
    if (target != this) {
      targets.add(target);
    }
    return this;
  }

  /** Reads the C string that a pointer into this memory, as a native function left it, means. */
  public String stringAt(long pointer) {
    int from = Math.toIntExact(pointer - address);
    int end = from;
    while (bytes.get(end) != 0) {
      end++;
    }
    byte[] text = new byte[end - from];
    bytes.get(from, text);
    return new String(text, StandardCharsets.UTF_8);
  }

  public int length() {
    return bytes.capacity();
  }

  /** Copies what a native function pointed at, in memory of its own. */
  public static void copy(long source, byte[] target, int length) {
    MEMORY.getByteArray(source, target, 0, length);
  }

  /** Reads an {@code int} that a native function pointed at, in memory of its own. */
  public static int intAt(long source) {
    return MEMORY.getInt(source);
  }

  /** Reads the C string that a native function returned, in memory of its own. */
  public static String foreignString(long source) {
    return new String(MEMORY.getZeroTerminatedByteArray(source), StandardCharsets.UTF_8);
  }
}
