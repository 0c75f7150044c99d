package org.jkeepalived.status;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Locale;
import org.jkeepalived.time.CalendarText;
import org.jkeepalived.time.LocalClock;

/** A time of day as keepalived writes it: once for programs, once for people. */
final class TimeText {

  private TimeText() {}

  /** Seconds since 1970 with six digits after the point, whatever is smaller cut off. */
  static String epoch(Instant time) {
    return String.format(Locale.ROOT, "%d.%06d", time.getEpochSecond(), time.getNano() / 1000);
  }

  /** Such as {@code 1795373900.054475 (Sun Nov 22 18:58:20.054475 2026)}. */
  static String both(Instant time, LocalClock clock) {
    LocalDateTime local = clock.at(time).toLocalDateTime();
    return String.format(
        Locale.ROOT,
        "%s (%s %s.%06d %d)",
        epoch(time),
        CalendarText.weekday(local),
        CalendarText.monthDayAndClock(local),
        time.getNano() / 1000,
        local.getYear());
  }

  /** COMPAT: the same with the fraction behind the year, as keepalived writes when a check ran. */
  static String yearFirst(Instant time, LocalClock clock) {
    LocalDateTime local = clock.at(time).toLocalDateTime();
    return String.format(
        Locale.ROOT,
        "%s (%s %s %d.%06d)",
        epoch(time),
        CalendarText.weekday(local),
        CalendarText.monthDayAndClock(local),
        local.getYear(),
        time.getNano() / 1000);
  }
}
