package org.jkeepalived.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

/** Times as text. */
class CalendarTextTest {

  @Test
  void aDateHasAsManyDigitsAsItsForm() {
    assertEquals(
        "2026-11-09 01:03:06", CalendarText.dateAndClock(LocalDateTime.of(2026, 11, 9, 1, 3, 6)));
    assertEquals(
        "2103-02-28 23:59:00", CalendarText.dateAndClock(LocalDateTime.of(2103, 2, 28, 23, 59)));
    assertEquals(
        "Nov  9 01:03:06", CalendarText.monthDayAndClock(LocalDateTime.of(2026, 11, 9, 1, 3, 6)));
  }
}
