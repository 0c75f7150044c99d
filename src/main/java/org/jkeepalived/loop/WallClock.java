package org.jkeepalived.loop;

import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jkeepalived.time.Moment;

/**
 * The time of day that belongs to a loop's clock. Both clocks run alike, so that the same moment is
 * always told as the same time, to the microsecond; only when somebody sets the wall clock is their
 * distance taken anew. Lives on one thread.
 */
public final class WallClock {

  /** Readings of the two clocks are this much apart when the thread loses its turn in between. */
  private static final long SAME_NANOS = 100_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final LongSupplier nanoClock;
  private final Supplier<Instant> wallClock;
  private boolean compared;
  private long distanceNanos;

  /**
   * @param loop whose clock deadlines go by
   */
  public WallClock(EventLoop loop) {
    this(loop::readClock, Instant::now);
  }

  WallClock(LongSupplier nanoClock, Supplier<Instant> wallClock) {
    this.nanoClock = nanoClock;
    this.wallClock = wallClock;
  }

  /** The present moment, by both clocks. */
  public Moment now() {
    long nowNanos = nanoClock.getAsLong();
    Instant wall = wallClock.get();
    long read = wall.getEpochSecond() * NANOS_PER_SECOND + wall.getNano() - nowNanos;
    if (!compared || Math.abs(read - distanceNanos) > SAME_NANOS) {
      compared = true;
      distanceNanos = read;
    }
    return new Moment(nowNanos, Instant.EPOCH.plusNanos(nowNanos + distanceNanos));
  }
}
