package org.jkeepalived.vrrp;

/**
 * How much of what the packets of others cause is carried out: lines in the log and answers. What
 * neighbours cause that are as they should be, or once were not, is far below it; a flood is
 * counted, and costs no more than that.
 */
final class PacketBudget {

  private static final long LINE_NANOS = 3_000_000_000L;
  private static final int MOST_LINES = 20;
  private static final int MOST_ANSWERS = 10;
  private static final int ANSWERS_PER_INTERVAL = 2;

  private final Account lines = new Account();
  private final Account answers = new Account();

  /** What is paid for later, and bounded by that. */
  private static final class Account {
    private boolean open;
    private long paidNanos;

    boolean spend(long priceNanos, int most, long nowNanos) {
      long paid = open && paidNanos - nowNanos > 0 ? paidNanos : nowNanos;
      if (paid - nowNanos > (most - 1) * priceNanos) {
        return false;
      }
      open = true;
      paidNanos = paid + priceNanos;
      return true;
    }

    /** How long until there is room again. */
    long nextNanos(long priceNanos, int most, long nowNanos) {
      return open ? Math.max(0, paidNanos - nowNanos - (most - 1) * priceNanos) : 0;
    }
  }

  /** Whether one more line is written: 20 at once, and twenty a minute. */
  boolean line(long nowNanos) {
    return lines.spend(LINE_NANOS, MOST_LINES, nowNanos);
  }

  /**
   * Whether one more packet is answered: ten at once, and two an interval.
   *
   * @param intervalNanos that of our advertisements, which all hear in any case
   */
  boolean answer(long intervalNanos, long nowNanos) {
    return answers.spend(intervalNanos / ANSWERS_PER_INTERVAL, MOST_ANSWERS, nowNanos);
  }

  /**
   * How long until one more packet may be answered; 0 if it may be now.
   *
   * @param intervalNanos that of our advertisements
   */
  long nextAnswerNanos(long intervalNanos, long nowNanos) {
    return answers.nextNanos(intervalNanos / ANSWERS_PER_INTERVAL, MOST_ANSWERS, nowNanos);
  }
}
