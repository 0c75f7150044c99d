package org.jkeepalived.track;

/**
 * The number that a tracked file holds.
 *
 * <p>COMPAT: it is read as C's {@code strtoll} with base 0 does, and so does keepalived 2.2.7:
 * blanks of any kind before it, a sign, {@code 0x} for hexadecimal, {@code 0} for octal, and
 * whatever follows counts for nothing. What begins with no number is 0, as is an empty file. Of a
 * longer file only the beginning counts. keepalived takes 2147483648 for -2147483648; here it is
 * what it says.
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
    int at = 0;
    int end = Math.min(content.length, MOST_BYTES);
    while (at < end && isBlank(content[at])) {
      at++;
    }
    boolean negative = at < end && content[at] == '-';
    if (negative || at < end && content[at] == '+') {
      at++;
    }
    int base = 10;
    if (at < end && content[at] == '0') {
      boolean hexadecimal =
          at + 2 < end && (content[at + 1] | 0x20) == 'x' && digit(content[at + 2], 16) >= 0;
      base = hexadecimal ? 16 : 8;
      at += hexadecimal ? 2 : 0;
    }
    return of(digits(content, at, end, base), negative);
  }

  private static FileNumber of(long magnitude, boolean negative) {
    // -2^63 is the one number whose magnitude is no long
    long value = negative ? (magnitude < 0 ? Long.MIN_VALUE : -magnitude) : magnitude;
    if (magnitude < 0 && !negative) {
      value = Long.MAX_VALUE;
    }
    return new FileNumber(value, value >= -LIMIT && value <= LIMIT);
  }

  /** The digits' value; -1 where it is more than a long holds. */
  private static long digits(byte[] content, int from, int end, int base) {
    long value = 0;
    for (int at = from; at < end; at++) {
      int digit = digit(content[at], base);
      if (digit < 0) {
        return value;
      }
      if (value > (Long.MAX_VALUE - digit) / base) {
        return -1;
      }
      value = value * base + digit;
    }
    return value;
  }

  private static int digit(byte character, int base) {
    return character < 0 ? -1 : Character.digit(character, base);
  }

  private static boolean isBlank(byte character) {
    return character == ' ' || character >= '\t' && character <= '\r';
  }
}
