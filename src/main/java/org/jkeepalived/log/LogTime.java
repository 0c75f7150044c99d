package org.jkeepalived.log;

import java.time.Instant;
import java.time.LocalDateTime;
import org.jkeepalived.time.CalendarText;
import org.jkeepalived.time.LocalClock;

/**
 * Writes the times of log lines as the C library does, in the local zone. An object belongs to one
 * thread; it remembers the last second.
 */
final class LogTime {

  private final LocalClock clock;
  private final boolean withYear;
  private long second = Long.MIN_VALUE;
  private String text = "";

  private LogTime(LocalClock clock, boolean withYear) {
    this.clock = clock;
    this.withYear = withYear;
  }

  /** As {@code ctime(3)} has it: {@code Thu Nov 19 21:33:46 2026}. */
  static LogTime console(LocalClock clock) {
    return new LogTime(clock, true);
  }

  /** As RFC 3164, section 4.1.2, has it: {@code Nov 19 21:33:46}. */
  static LogTime syslog(LocalClock clock) {
    return new LogTime(clock, false);
  }

  String of(long epochMillis) {
    long wanted = Math.floorDiv(epochMillis, 1000L);
    if (wanted != second) {
      second = wanted;
      text = write(clock.at(Instant.ofEpochSecond(wanted)).toLocalDateTime());
    }
    return text;
  }

  private String write(LocalDateTime time) {
    String text = CalendarText.monthDayAndClock(time);
    return withYear ? CalendarText.weekday(time) + " " + text + " " + time.getYear() : text;
  }
}
