package org.jkeepalived.control;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time in a {@code reload_time_file}: {@code [[YY]YY-MM-DD ]HH:MM:SS[Z]}, without anything
 * before or after it.
 *
 * @param date empty for the next time that it is so late
 * @param utc the time is not that of this machine's zone
 */
record ReloadTime(Optional<LocalDate> date, LocalTime time, boolean utc) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d{2}|\\d{4})-(\\d{2})-(\\d{2}) )?(\\d{2}):(\\d{2}):(\\d{2})(Z?)", Pattern.DOTALL);

  private static final int CENTURY = 2000;

  /** Reads it; empty if it is none, or no day or time of day that there is. */
  static Optional<ReloadTime> parse(String line) {
    Matcher form = FORM.matcher(line);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ReloadTime(
              Optional.ofNullable(form.group(1)).map(year -> date(form)),
              LocalTime.of(number(form, 4), number(form, 5), number(form, 6)),
              !form.group(7).isEmpty()));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static LocalDate date(Matcher form) {
    int year = number(form, 1) + (form.group(1).length() == 2 ? CENTURY : 0);
    return LocalDate.of(year, number(form, 2), number(form, 3));
  }

  private static int number(Matcher form, int group) {
    return Integer.parseInt(form.group(group));
  }

  /**
   * When that is.
   *
   * @param local the zone of a time that is not UTC
   * @return later than {@code now} where there is no date
   */
  Instant at(Instant now, ZoneId local) {
    ZoneId zone = utc ? ZoneOffset.UTC : local;
    LocalDate today = now.atZone(zone).toLocalDate();
    LocalDate day = date.orElse(today);
    Instant then = ZonedDateTime.of(day, time, zone).toInstant();
    return date.isPresent() || then.isAfter(now)
        ? then
        : ZonedDateTime.of(day.plusDays(1), time, zone).toInstant();
  }
}
