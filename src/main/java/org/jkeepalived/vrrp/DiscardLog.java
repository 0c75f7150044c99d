package org.jkeepalived.vrrp;

import java.util.OptionalLong;

/**
 * Lets one line per reason through every ten seconds: a flood of bad packets is counted, not
 * logged.
 */
final class DiscardLog {

  private static final long QUIET_NANOS = 10_000_000_000L;
  private static final int REASONS = Discard.values().length;

  private final boolean[] said = new boolean[REASONS];
  private final long[] saidNanos = new long[REASONS];
  private final long[] suppressed = new long[REASONS];

  /**
   * Whether to log a discard now; counts those that are kept quiet.
   *
   * @return how many were kept quiet since the last line; empty to keep this one quiet too
   */
  OptionalLong admit(Discard reason, long nowNanos) {
    int at = reason.ordinal();
    if (said[at] && nowNanos - saidNanos[at] < QUIET_NANOS) {
      suppressed[at]++;
      return OptionalLong.empty();
    }
    said[at] = true;
    saidNanos[at] = nowNanos;
    long before = suppressed[at];
    suppressed[at] = 0;
    return OptionalLong.of(before);
  }
}
