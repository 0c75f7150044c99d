package org.jkeepalived.loop;

import org.jkeepalived.linux.Libc;
import org.jkeepalived.linux.NativeMemory;

/**
 * Where what is read from descriptors passes through: one for all that a thread reads, each reading
 * in place of the one before.
 */
public final class ReadBuffer {

  private static final int BYTES = 16_384;

  private final NativeMemory memory = NativeMemory.allocate(BYTES);
  private final byte[] bytes = new byte[BYTES];

  /**
   * Reads once; what came lies in {@link #bytes}.
   *
   * @return how many bytes came, up to 16,384; 0 at the end, a negated error number when there is
   *     nothing now
   */
  public int read(int descriptor) {
    int count = Libc.read(descriptor, memory, BYTES);
    if (count > 0) {
      memory.bytes().get(0, bytes, 0, count);
    }
    return count;
  }

  /** What was read last, at the beginning; good until the next reading. */
  public byte[] bytes() {
    return bytes;
  }
}
