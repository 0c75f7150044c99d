package org.jkeepalived.vrrp;

/**
 * {@code preempt_delay}: how long a lower-priority master is left alone, from its first
 * advertisement.
 */
final class PreemptDelay {

  private boolean running;
  private long deadlineNanos;

  /** Starts the delay, unless it is running; whether it was not. */
  boolean start(long delayNanos, long nowNanos) {
    if (running) {
      return false;
    }
    running = true;
    deadlineNanos = nowNanos + delayNanos;
    return true;
  }

  boolean isOver(long nowNanos) {
    return deadlineNanos - nowNanos <= 0;
  }

  void reset() {
    running = false;
  }
}
