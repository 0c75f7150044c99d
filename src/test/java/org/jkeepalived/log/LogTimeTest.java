package org.jkeepalived.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import org.jkeepalived.time.LocalClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTimeTest {

  /** Checked against {@code date '+%a %b %e %T %Y'}. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-19T21:33:46.999Z, UTC,           Thu Nov 19 21:33:46 2026, Nov 19 21:33:46",
    "2026-11-02T01:03:06Z,     UTC,           Mon Nov  2 01:03:06 2026, Nov  2 01:03:06",
    "2026-12-31T23:59:59Z,     Europe/Berlin, Fri Jan  1 00:59:59 2027, Jan  1 00:59:59",
    "2026-03-29T01:00:00Z,     Europe/Berlin, Sun Mar 29 03:00:00 2026, Mar 29 03:00:00",
    "1969-12-31T23:59:59.5Z,   UTC,           Wed Dec 31 23:59:59 1969, Dec 31 23:59:59"
  })
  void writesTimesAsTheCLibraryDoes(Instant time, ZoneId zone, String console, String syslog) {
    assertEquals(console, LogTime.console(LocalClock.of(zone)).of(time.toEpochMilli()));
    assertEquals(syslog, LogTime.syslog(LocalClock.of(zone)).of(time.toEpochMilli()));
  }

  @ParameterizedTest
  @CsvSource({"0, 999, 1000", "-1, -1000, -1001"})
  void remembersOneSecondOnly(long first, long sameSecond, long otherSecond) {
    LogTime time = LogTime.console(LocalClock.of(ZoneId.of("UTC")));
    String text = time.of(first);
    assertEquals(text, time.of(sameSecond));
    String other = time.of(otherSecond);
    assertEquals(LogTime.console(LocalClock.of(ZoneId.of("UTC"))).of(otherSecond), other);
    assertEquals(text, time.of(first));
  }
}
