package org.jkeepalived.loop;

import java.time.Instant;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.time.Moment;

/**
 * The time of day that belongs to the loop's clock. Both clocks run alike, so that the same moment
 * is always told as the same time, to the microsecond; only when somebody sets the wall clock is
 * their distance taken anew. Lives on one thread.
 */
public final class WallClock {

  /** Readings of the two clocks are this much apart when the thread loses its turn in between. */
  private static final long SAME_NANOS = 100_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private long distanceNanos;

  public Moment now() {
    long nowNanos = MonotonicClock.nowNanos();
    Instant wall = Instant.now();
    long read = wall.getEpochSecond() * NANOS_PER_SECOND + wall.getNano() - nowNanos;
    if (Math.abs(read - distanceNanos) > SAME_NANOS) {
      distanceNanos = read;
    }
    return new Moment(nowNanos, Instant.EPOCH.plusNanos(nowNanos + distanceNanos));
  }
}
