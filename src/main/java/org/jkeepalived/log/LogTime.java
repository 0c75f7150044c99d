package org.jkeepalived.log;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jkeepalived.time.CalendarText;

/**
 * Writes the times of log lines as the C library does, in the local zone. An object belongs to one
 * thread; it remembers the last second.
 */
final class LogTime {

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
    String text = CalendarText.monthDayAndClock(time);
    return withYear ? CalendarText.weekday(time) + " " + text + " " + time.getYear() : text;
  }
}
