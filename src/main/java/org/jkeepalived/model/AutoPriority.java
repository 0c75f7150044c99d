package org.jkeepalived.model;

/**
 * How far the thread that speaks VRRP may raise its own priority where its timers fire late.
 *
 * @param most {@code max_auto_priority}: the highest real-time priority, 1 to 99; 0 for none, -1
 *     for none, and no advice about it
 * @param minDelayNanos {@code min_auto_priority_delay}: how late a timer is that raises it, 1
 *     microsecond to 10 seconds
 */
public record AutoPriority(int most, long minDelayNanos) {

  /** The highest real-time priority that Linux knows. */
  public static final int HIGHEST = 99;

  public static final int NO_ADVICE = -1;

  private static final long MOST_DELAY_NANOS = 10_000_000_000L;

  /** What holds where nothing is said. */
  public static final AutoPriority NONE = new AutoPriority(0, 1_000_000_000L);

  public AutoPriority {
    if (most < NO_ADVICE || most > HIGHEST) {
      throw new IllegalArgumentException("no real-time priority: " + most);
    }
    if (minDelayNanos < 1_000 || minDelayNanos > MOST_DELAY_NANOS) {
      throw new IllegalArgumentException("not between 1 us and 10 s: " + minDelayNanos + " ns");
    }
  }

  /** Whether an operator may want to hear that there is such a thing. */
  public boolean needsAdvice() {
    return most == 0;
  }
}
