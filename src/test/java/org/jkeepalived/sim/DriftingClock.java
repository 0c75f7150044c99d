package org.jkeepalived.sim;

/** A machine's CLOCK_MONOTONIC: it starts anywhere, and runs a little too fast or too slow. */
final class DriftingClock {

  private static final long MILLION = 1_000_000;

  private final VirtualTime time;
  private final long originNanos;
  private final int driftPpm;
  private long stoppedNanos;

  /**
   * @param originNanos its reading at time zero: any value, also one that is about to wrap
   * @param driftPpm how many microseconds a second it is too fast; negative for too slow
   */
  DriftingClock(VirtualTime time, long originNanos, int driftPpm) {
    this.time = time;
    this.originNanos = originNanos;
    this.driftPpm = driftPpm;
  }

  long nowNanos() {
    long elapsed = time.nowNanos() - stoppedNanos;
    return originNanos + elapsed + elapsed / MILLION * driftPpm;
  }

  /** The clock stood still for that long, as a virtual machine's may while it is paused. */
  void stoodStill(long nanos) {
    stoppedNanos += nanos;
  }

  /** When, by virtual time, the clock will have gone on by that much; never too early. */
  long whenElapsed(long localNanos) {
    long micros = localNanos / 1000 + 1;
    long trueMicros = micros * MILLION / (MILLION + driftPpm) + 2;
    return time.nowNanos() + trueMicros * 1000;
  }
}
