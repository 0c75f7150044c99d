package org.jkeepalived.linux;

/** CLOCK_MONOTONIC: it does not jump when the wall clock is set, and stands still in suspension. */
public final class MonotonicClock {
  private MonotonicClock() {}

  /** Nanoseconds since an arbitrary moment; compare by subtraction. */
  public static long nowNanos() {
    return System.nanoTime();
  }
}
