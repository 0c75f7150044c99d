package org.jkeepalived.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a {@code reload_time_file} means. */
class ReloadTimeTest {

  /** Two hours before Greenwich in summer. */
  private static final ZoneId LOCAL = ZoneId.of("Europe/Berlin");

  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "12:00:01Z, 2026-07-01T12:00:01Z",
    "14:00:01, 2026-07-01T12:00:01Z",
    // no sooner than now, without a date
    "12:00:00Z, 2026-07-02T12:00:00Z",
    "13:59:59, 2026-07-02T11:59:59Z",
    "00:30:00, 2026-07-01T22:30:00Z",
    "2026-07-01 14:00:00, 2026-07-01T12:00:00Z",
    "26-07-01 11:00:00Z, 2026-07-01T11:00:00Z",
    "2031-12-31 23:59:59Z, 2031-12-31T23:59:59Z",
    // in winter
    "2026-12-01 00:00:00, 2026-11-30T23:00:00Z",
  })
  void times(String written, Instant then) {
    assertEquals(Optional.of(then), at(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        " 12:00:00",
        "12:00:00 ",
        "12:00",
        "24:00:00",
        "12:60:00",
        "2026-02-30 12:00:00",
        "2026-13-01 12:00:00",
        "2026-07-01  12:00:00",
        "2026-07-01T12:00:00Z",
        "12:00:00z",
        "12:00:00ZZ",
        "1:00:00",
        "١٢:00:00",
      })
  void noTimes(String written) {
    assertEquals(Optional.empty(), at(written));
    assertEquals(Optional.of(NOW.plusSeconds(1)), at("12:00:01Z"));
  }

  private static Optional<Instant> at(String written) {
    return ReloadTime.parse(written).map(time -> time.at(NOW, LOCAL));
  }
}
