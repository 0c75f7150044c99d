package org.jkeepalived.cli;

import java.util.OptionalInt;

/** Numbers as strtol(3) reads them with base 0: 0x1f, 022 (octal) or 18. */
final class CNumber {

  private CNumber() {}

  /** The whole text as a number from 0 to 2³¹−1; empty if it is none. */
  static OptionalInt parse(String text) {
    String digits = text.strip();
    if (digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    int radix = 10;
    if (digits.startsWith("0x") || digits.startsWith("0X")) {
      radix = 16;
      digits = digits.substring(2);
    } else if (digits.length() > 1 && digits.startsWith("0")) {
      radix = 8;
      digits = digits.substring(1);
    }
    if (digits.isEmpty() || digits.length() > 11 || !isAllDigits(digits, radix)) {
      return OptionalInt.empty();
    }
    long number = Long.parseLong(digits, radix);
    return number > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) number);
  }

  private static boolean isAllDigits(String digits, int radix) {
    return digits.chars().allMatch(digit -> digit < 0x80 && Character.digit(digit, radix) >= 0);
  }
}
