package org.jkeepalived.time;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Seconds for people, as keepalived's {@code %.2f} and {@code %.6f} write them. */
public final class SecondsText {

  private static final int NANO_DECIMALS = 9;

  private SecondsText() {}

  /**
   * Seconds with a fraction, such as {@code 3.61}.
   *
   * @param nanos any number
   * @param decimals how many digits behind the point, 0 to 9; rounded half up
   */
  public static String of(long nanos, int decimals) {
    // String.format was a quarter of what ten thousand takeovers at once cost
    return BigDecimal.valueOf(nanos, NANO_DECIMALS)
        .setScale(decimals, RoundingMode.HALF_UP)
        .toPlainString();
  }
}
