package org.jkeepalived.time;

import java.time.Instant;
import java.util.Objects;

/**
 * When something was looked at, by both clocks: the loop's for deadlines, the wall's for people.
 *
 * @param nowNanos the loop's clock
 * @param wall the time of day at that moment
 */
public record Moment(long nowNanos, Instant wall) {
  public Moment {
    Objects.requireNonNull(wall);
  }

  /** The time of day of another reading of the loop's clock, near this moment. */
  public Instant at(long nanos) {
    return wall.plusNanos(nanos - nowNanos);
  }
}
