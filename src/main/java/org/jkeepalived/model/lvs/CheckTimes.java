package org.jkeepalived.model.lvs;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a virtual server or a real server says of when to check, or has from its virtual server: its
 * checks have it where they say nothing themselves. What is empty nobody says, and each kind of
 * check has a standard of its own for it.
 *
 * @param intervalNanos {@code delay_loop}: from one run to the next, more than 0
 * @param timeoutNanos {@code connect_timeout}, more than 0
 * @param warmupNanos {@code warmup}: the first run comes at a random time up to that
 * @param retries {@code retry}: how often a failure is tried again before it counts
 * @param retryNanos {@code delay_before_retry}: from a failure to the next try
 */
public record CheckTimes(
    long intervalNanos,
    long timeoutNanos,
    OptionalLong warmupNanos,
    OptionalLong retries,
    OptionalLong retryNanos) {

  /** Where nobody says anything. */
  public static final CheckTimes STANDARD =
      new CheckTimes(
          60_000_000_000L,
          5_000_000_000L,
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty());

  public CheckTimes {
    Objects.requireNonNull(warmupNanos);
    Objects.requireNonNull(retries);
    Objects.requireNonNull(retryNanos);
  }
}
