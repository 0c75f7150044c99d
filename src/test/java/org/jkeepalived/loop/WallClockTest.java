package org.jkeepalived.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WallClockTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private long nanos;
  private Instant wall = NOON;
  private final WallClock clock = new WallClock(() -> nanos, () -> wall);

  /** A thread that loses its turn between the readings would tell of one moment as of two. */
  @Test
  void sameMomentIsAlwaysToldAsTheSameTime() {
    assertEquals(NOON, clock.now().wall());
    nanos += Duration.ofSeconds(1).toNanos();
    wall = NOON.plusSeconds(1).plusMillis(99);
    assertEquals(NOON.plusSeconds(1), clock.now().wall());
    assertEquals(NOON, clock.now().at(0));
  }

  @Test
  void clockThatIsSetIsFollowed() {
    clock.now();
    wall = NOON.minusSeconds(3600);
    assertEquals(NOON.minusSeconds(3600), clock.now().wall());
  }
}
