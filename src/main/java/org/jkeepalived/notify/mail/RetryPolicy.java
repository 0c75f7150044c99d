package org.jkeepalived.notify.mail;

import java.time.Duration;

/**
 * How long mails are kept for a server that does not take them.
 *
 * @param mails how many wait at most, at least 1
 * @param ageNanos how old a mail may get, more than 0
 * @param firstWaitNanos from the first failure to the next try, more than 0; doubles each time
 * @param longestWaitNanos the longest wait, no less than the first
 */
public record RetryPolicy(int mails, long ageNanos, long firstWaitNanos, long longestWaitNanos) {
  /**
   * After ten minutes an alert is history. A thousand instances that change twice still fit; they
   * take about a megabyte.
   */
  public static final RetryPolicy USUAL = of(4_000, Duration.ofMinutes(10), 5, 120);

  private static RetryPolicy of(int mails, Duration age, long firstSeconds, long longestSeconds) {
    return new RetryPolicy(
        mails,
        age.toNanos(),
        Duration.ofSeconds(firstSeconds).toNanos(),
        Duration.ofSeconds(longestSeconds).toNanos());
  }

  /** The wait after a number of failures, at least 1, in a row. */
  long waitNanos(int failures) {
    int doublings = Math.min(failures - 1, 30);
    return firstWaitNanos > longestWaitNanos >> doublings
        ? longestWaitNanos
        : firstWaitNanos << doublings;
  }
}
