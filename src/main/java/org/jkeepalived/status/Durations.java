package org.jkeepalived.status;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Times as numbers of a unit. */
final class Durations {

  private static final int NANO_DIGITS = 9;
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private Durations() {}

  /** Seconds with six digits that count and no zeros at the end: {@code 0.25}, {@code 60}. */
  static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos, NANO_DIGITS)
        .round(SIX_DIGITS)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** Seconds with six digits behind the point: {@code 2.500000}. */
  static String fraction(long nanos) {
    return BigDecimal.valueOf(nanos, NANO_DIGITS).setScale(6, RoundingMode.DOWN).toPlainString();
  }

  static long wholeSeconds(long nanos) {
    return nanos / 1_000_000_000L;
  }

  static long millis(long nanos) {
    return nanos / 1_000_000L;
  }

  static long micros(long nanos) {
    return nanos / 1_000L;
  }
}
