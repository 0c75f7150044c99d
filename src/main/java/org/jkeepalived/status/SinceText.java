package org.jkeepalived.status;

import java.util.OptionalLong;
import org.jkeepalived.time.CalendarText;
import org.jkeepalived.time.LocalClock;
import org.jkeepalived.time.Moment;

/**
 * Since when something is so, for people.
 *
 * @param moment now
 * @param clock where they are
 */
public record SinceText(Moment moment, LocalClock clock) {

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** The time of day, with the date: {@code Nov 30 07:31:02}; {@code -} where nobody knows. */
  String at(OptionalLong nanos) {
    return nanos.isPresent()
        ? CalendarText.monthDayAndClock(clock.at(moment.at(nanos.getAsLong())).toLocalDateTime())
        : "-";
  }

  /** How long ago: {@code 3 h 12 min}; {@code -} where nobody knows. */
  String ago(OptionalLong nanos) {
    return nanos.isPresent() ? age(moment.nowNanos() - nanos.getAsLong()) : "-";
  }

  /** A time span in its two greatest units. */
  public static String age(long nanos) {
    long seconds = Math.max(0, Durations.wholeSeconds(nanos));
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < HOUR) {
      return two(seconds, MINUTE, "min", 1, "s");
    }
    return seconds < DAY
        ? two(seconds, HOUR, "h", MINUTE, "min")
        : two(seconds, DAY, "d", HOUR, "h");
  }

  private static String two(long seconds, long great, String name, long small, String smallName) {
    long rest = seconds % great / small;
    return seconds / great + " " + name + (rest == 0 ? "" : " " + rest + " " + smallName);
  }
}
