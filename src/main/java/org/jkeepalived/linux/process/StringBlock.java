package org.jkeepalived.linux.process;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import org.jkeepalived.linux.NativeMemory;

/**
 * A NULL-terminated array of C strings, as {@code argv} and {@code envp} are. Used again and again:
 * its memory only grows.
 */
final class StringBlock {

  private NativeMemory memory = NativeMemory.allocate(4096);

  /**
   * Puts strings in, in place of those that were there.
   *
   * @return the array, good until the next call
   */
  NativeMemory put(List<String> strings, Charset charset) {
    int pointers = (strings.size() + 1) * Long.BYTES;
    byte[][] encoded = new byte[strings.size()][];
    int length = pointers;
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = strings.get(i).getBytes(charset);
      length += encoded[i].length + 1;
    }
    if (length > memory.length()) {
      memory = NativeMemory.allocate(2 * length);
    }
    ByteBuffer bytes = memory.bytes();
    int at = pointers;
    for (int i = 0; i < encoded.length; i++) {
      memory.putAddress(i * Long.BYTES, memory, at);
      bytes.put(at, encoded[i]);
      at += encoded[i].length;
      bytes.put(at, (byte) 0);
      at++;
    }
    bytes.putLong(encoded.length * Long.BYTES, 0);
    return memory;
  }
}
