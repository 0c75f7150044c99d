package org.jkeepalived.model;

import java.util.Optional;

/**
 * The number that a text begins with, as C's {@code strtoll} reads it with base 0: blanks of any
 * kind before it, a sign, {@code 0x} for hexadecimal, {@code 0} for octal. The configuration, the
 * command line and tracked files are read so.
 *
 * @param value the number; 0 where the text begins with none; as far as a long goes where the text
 *     has a larger one
 * @param end how many characters it takes, blanks included; 0 where there is none
 * @param fits false where the text has a larger one
 */
public record CNumber(long value, int end, boolean fits) {

  /** Sums and products of a few of those that are no larger do not overflow. */
  private static final long LARGEST = 1L << 53;

  private static final CNumber NONE = new CNumber(0, 0, true);

  /** Reads as much of the text as is a number; never throws. */
  public static CNumber at(String text) {
    int at = 0;
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    boolean negative = at < text.length() && text.charAt(at) == '-';
    if (negative || at < text.length() && text.charAt(at) == '+') {
      at++;
    }
    int base = 10;
    if (at < text.length() && text.charAt(at) == '0') {
      boolean hexadecimal =
          at + 2 < text.length()
              && (text.charAt(at + 1) | 0x20) == 'x'
              && digit(text.charAt(at + 2), 16) >= 0;
      base = hexadecimal ? 16 : 8;
      at += hexadecimal ? 2 : 0;
    }
    return digits(text, at, base, negative);
  }

  /**
   * A text that is such a number and nothing else.
   *
   * @return −2⁵³ to 2⁵³; empty if the text is none of those
   */
  public static Optional<Long> whole(String text) {
    CNumber number = at(text);
    boolean all = number.end > 0 && number.end == text.length();
    return all && number.fits && Math.abs(number.value) <= LARGEST
        ? Optional.of(number.value)
        : Optional.empty();
  }

  /**
   * A text of decimal digits and nothing else, whatever they begin with.
   *
   * @return 0 to 2⁵³; empty if the text is none of those
   */
  public static Optional<Long> decimal(String text) {
    CNumber number = digits(text, 0, 10, false);
    boolean all = number.end > 0 && number.end == text.length();
    return all && number.fits && number.value <= LARGEST
        ? Optional.of(number.value)
        : Optional.empty();
  }

  private static CNumber digits(String text, int from, int base, boolean negative) {
    // counted downwards, for there is one negative number more than positive ones
    long value = 0;
    boolean fits = true;
    int at = from;
    for (; at < text.length() && digit(text.charAt(at), base) >= 0; at++) {
      int digit = digit(text.charAt(at), base);
      fits = fits && value >= (Long.MIN_VALUE + digit) / base;
      value = fits ? value * base - digit : value;
    }
    if (at == from) {
      return NONE;
    }
    boolean beyond = !fits || !negative && value == Long.MIN_VALUE;
    if (beyond) {
      return new CNumber(negative ? Long.MIN_VALUE : Long.MAX_VALUE, at, false);
    }
    return new CNumber(negative ? value : -value, at, true);
  }

  private static int digit(char character, int base) {
    return character < 0x80 ? Character.digit(character, base) : -1;
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character >= '\t' && character <= '\r';
  }
}
