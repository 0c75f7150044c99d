package org.jkeepalived.status;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time of day as keepalived writes it: once for programs, once for people. */
final class TimeText {

  private static final DateTimeFormatter MONTH_FIRST =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss.SSSSSS yyyy", Locale.ROOT);

  private TimeText() {}

  /** Seconds since 1970 with six digits after the point, whatever is smaller cut off. */
  static String epoch(Instant time) {
    return String.format(Locale.ROOT, "%d.%06d", time.getEpochSecond(), time.getNano() / 1000);
  }

  /** Such as {@code 1795373900.054475 (Sun Nov 22 18:58:20.054475 2026)}. */
  static String both(Instant time, ZoneId zone) {
    return epoch(time) + " (" + MONTH_FIRST.format(ZonedDateTime.ofInstant(time, zone)) + ")";
  }
}
