package org.jkeepalived.lvs;

import java.util.OptionalLong;

/**
 * How a server that has come back is given its share again: in ten steps over a time, since one
 * whose caches are cold and that has no connections yet gets nearly all of the new ones at once.
 */
final class SlowStart {

  private static final long STEPS = 10;

  private boolean running;
  private long beganNanos;
  private long lastsNanos;

  /**
   * Begins.
   *
   * @param nanos how long it lasts; 0 for none
   */
  void begin(long nanos, long nowNanos) {
    running = nanos > 0;
    beganNanos = nowNanos;
    lastsNanos = nanos;
  }

  /** Ends, however far it got. */
  void end() {
    running = false;
  }

  boolean isRunning() {
    return running;
  }

  /** Whether it has just come to its end. */
  boolean passes(long nowNanos) {
    if (running && nowNanos - beganNanos >= lastsNanos) {
      running = false;
      return true;
    }
    return false;
  }

  /** What a server of a weight is given now: a tenth at first, and at least 1. */
  long share(long weight, long nowNanos) {
    return running && weight > 0 ? Math.max(1, weight * step(nowNanos) / STEPS) : weight;
  }

  /** When it goes on; empty where it does not. */
  OptionalLong nextNanos(long nowNanos) {
    // rounded up: a step that is looked at too early would be none
    return running
        ? OptionalLong.of(beganNanos + (lastsNanos * step(nowNanos) + STEPS - 1) / STEPS)
        : OptionalLong.empty();
  }

  private long step(long nowNanos) {
    return Math.min(STEPS, (nowNanos - beganNanos) * STEPS / lastsNanos + 1);
  }
}
