package org.jkeepalived.notify.mail;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jkeepalived.time.CalendarText;

/** Writes a time as RFC 5322, section 3.3, wants it: {@code Sun, 22 Nov 2026 21:14:25 +0000}. */
final class DateText {

  private DateText() {}

  static String of(OffsetDateTime zoned) {
    LocalDateTime time = zoned.toLocalDateTime();
    StringBuilder text = new StringBuilder(32).append(CalendarText.weekday(time)).append(", ");
    CalendarText.twoDigits(text, time.getDayOfMonth()).append(' ');
    text.append(CalendarText.month(time)).append(' ').append(time.getYear()).append(' ');
    text.append(CalendarText.clock(time));
    int offsetMinutes = zoned.getOffset().getTotalSeconds() / 60;
    text.append(offsetMinutes < 0 ? " -" : " +");
    CalendarText.twoDigits(text, Math.abs(offsetMinutes) / 60);
    return CalendarText.twoDigits(text, Math.abs(offsetMinutes) % 60).toString();
  }
}
