package org.jkeepalived.host.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;

class RepeatedLookTest {

  private final TimerQueue timers = new TimerQueue();
  private final RepeatedLook repeated = new RepeatedLook(timers, () -> this.now, this::look);
  private long now;
  private int looks;
  private boolean refusedAgain;

  private void look() {
    looks++;
    if (refusedAgain) {
      repeated.soon();
    }
  }

  private void advance(long nanos) {
    now += nanos;
    while (timers.fireNext(now)) {
      // all that matters happens in the condition
    }
  }

  private void assertNobodyWakes() {
    assertEquals(Long.MAX_VALUE, timers.nanosUntilNext(now));
  }

  @Test
  void nobodyWakesUnlessSomethingIsRefused() {
    assertNobodyWakes();
    repeated.soon();
    assertEquals(RepeatedLook.INTERVAL_NANOS, timers.nanosUntilNext(now));
    advance(RepeatedLook.INTERVAL_NANOS);
    assertEquals(1, looks);
    assertNobodyWakes();
  }

  @Test
  void manyRefusalsAreOneLookThatIsNotPutOff() {
    repeated.soon();
    advance(RepeatedLook.INTERVAL_NANOS / 2);
    repeated.soon();
    advance(RepeatedLook.INTERVAL_NANOS / 2);
    assertEquals(1, looks);
    assertNobodyWakes();
  }

  @Test
  void whatIsRefusedAgainIsLookedAtAgain() {
    refusedAgain = true;
    repeated.soon();
    for (int expected = 1; expected <= 3; expected++) {
      advance(RepeatedLook.INTERVAL_NANOS);
      assertEquals(expected, looks);
    }
    refusedAgain = false;
    advance(RepeatedLook.INTERVAL_NANOS);
    assertNobodyWakes();
  }
}
