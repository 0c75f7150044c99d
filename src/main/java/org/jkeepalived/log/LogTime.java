package org.jkeepalived.log;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * Writes times as the C library does, in the local zone, in English whatever the locale.
 *
 * <p>Written by hand: {@code DateTimeFormatter} takes tens of milliseconds of a daemon's start. An
 * object belongs to one thread; it remembers the last second.
 */
final class LogTime {

  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private final ZoneId zone;
  private final boolean withYear;
  private long second = Long.MIN_VALUE;
  private String text = "";

  private LogTime(ZoneId zone, boolean withYear) {
    this.zone = zone;
    this.withYear = withYear;
  }

  /** As {@code ctime(3)} has it: {@code Thu Nov 19 21:33:46 2026}. */
  static LogTime console(ZoneId zone) {
    return new LogTime(zone, true);
  }

  /** As RFC 3164, section 4.1.2, has it: {@code Nov 19 21:33:46}. */
  static LogTime syslog(ZoneId zone) {
    return new LogTime(zone, false);
  }

  String of(long epochMillis) {
    long wanted = Math.floorDiv(epochMillis, 1000L);
    if (wanted != second) {
      second = wanted;
      text = write(LocalDateTime.ofInstant(Instant.ofEpochSecond(wanted), zone));
    }
    return text;
  }

  private String write(LocalDateTime time) {
    StringBuilder line = new StringBuilder(24);
    if (withYear) {
      int day = 3 * (time.getDayOfWeek().getValue() - 1);
      line.append(DAYS, day, day + 3).append(' ');
    }
    int month = 3 * (time.getMonthValue() - 1);
    line.append(MONTHS, month, month + 3).append(time.getDayOfMonth() < 10 ? "  " : " ");
    line.append(time.getDayOfMonth()).append(' ');
    twoDigits(line, time.getHour()).append(':');
    twoDigits(line, time.getMinute()).append(':');
    twoDigits(line, time.getSecond());
    if (withYear) {
      line.append(' ').append(time.getYear());
    }
    return line.toString();
  }

  private static StringBuilder twoDigits(StringBuilder line, int number) {
    return line.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
