package org.jkeepalived.track;

import java.nio.charset.StandardCharsets;
import org.jkeepalived.model.CNumber;

/**
 * The number that a tracked file holds.
 *
 * <p>COMPAT: keepalived 2.2.7 reads it with C's {@code strtoll}: whatever follows the number counts
 * for nothing, what begins with none is 0, as is an empty file. Of a longer file only the beginning
 * counts. keepalived takes 2147483648 for -2147483648; here it is what it says.
 *
 * @param value -2147483648 to 2147483648; beyond it, if not valid, as far as a long goes
 * @param valid whether it is in that range
 */
public record FileNumber(long value, boolean valid) {
  /** How much of a file is read. */
  public static final int MOST_BYTES = 127;

  private static final long LIMIT = 1L << 31;

  /** A file that is not there, or holds none. */
  public static final FileNumber NONE = new FileNumber(0, true);

  /** Reads the number; never throws. */
  public static FileNumber parse(byte[] content) {
    int length = Math.min(content.length, MOST_BYTES);
    long value = CNumber.at(new String(content, 0, length, StandardCharsets.ISO_8859_1)).value();
    return new FileNumber(value, value >= -LIMIT && value <= LIMIT);
  }
}
