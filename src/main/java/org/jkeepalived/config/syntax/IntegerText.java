package org.jkeepalived.config.syntax;

import java.util.Optional;

/** Numbers as C's strtol() reads them with base 0, of which nothing may be left over. */
final class IntegerText {
  /** No number of this language needs more: its sums do not overflow. */
  private static final long LARGEST = 1L << 53;

  private IntegerText() {}

  /** A number with an optional sign; hexadecimal after {@code 0x}, octal after {@code 0}. */
  static Optional<Long> parse(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    int radix = 10;
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      digits = digits.substring(2);
      radix = 16;
    } else if (digits.length() > 1 && digits.startsWith("0")) {
      digits = digits.substring(1);
      radix = 8;
    }
    return parse(digits, radix).map(value -> negative ? -value : value);
  }

  /** A decimal number without a sign. */
  static Optional<Long> parseUnsigned(String text) {
    return parse(text, 10);
  }

  private static Optional<Long> parse(String digits, int radix) {
    if (digits.isEmpty()) {
      return Optional.empty();
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return Optional.empty();
      }
      value = value * radix + digit;
      if (value > LARGEST) {
        return Optional.empty();
      }
    }
    return Optional.of(value);
  }
}
