package org.jkeepalived.host.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jkeepalived.linux.MonotonicClock;
import org.junit.jupiter.api.Test;

class StartupDelayTest {

  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final long CENTURY_NANOS = 876_000L * HOUR_NANOS;

  @Test
  void noneIsNone() {
    assertEquals(0, new StartupDelay(0, 0, MonotonicClock.nowNanos()).remainingNanos());
  }

  @Test
  void countsFromTheStart() {
    long now = MonotonicClock.nowNanos();
    long left = new StartupDelay(2 * HOUR_NANOS, 0, now - HOUR_NANOS).remainingNanos();
    assertTrue(left <= HOUR_NANOS && left > 0, left + " ns");
    assertEquals(0, new StartupDelay(HOUR_NANOS, 0, now - 2 * HOUR_NANOS).remainingNanos());
  }

  @Test
  void countsFromTheBoot() {
    long now = MonotonicClock.nowNanos();
    assertTrue(new StartupDelay(0, CENTURY_NANOS, now).remainingNanos() > HOUR_NANOS);
    assertEquals(0, new StartupDelay(0, 1, now).remainingNanos(), "booted more than that ago");
  }

  @Test
  void longerOneCounts() {
    long now = MonotonicClock.nowNanos();
    assertTrue(new StartupDelay(HOUR_NANOS, 1, now).remainingNanos() > 0);
    assertTrue(new StartupDelay(1, CENTURY_NANOS, now).remainingNanos() > 0);
  }
}
