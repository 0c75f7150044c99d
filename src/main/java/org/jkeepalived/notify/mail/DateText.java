package org.jkeepalived.notify.mail;

import java.time.ZonedDateTime;

/**
 * Writes a time as RFC 5322, section 3.3, wants it: {@code Sun, 22 Nov 2026 21:14:25 +0000}.
 *
 * <p>Written by hand: {@code DateTimeFormatter} and its locales cost a megabyte of memory.
 */
final class DateText {

  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private DateText() {}

  static String of(ZonedDateTime time) {
    StringBuilder text = new StringBuilder(32);
    int day = 3 * (time.getDayOfWeek().getValue() - 1);
    text.append(DAYS, day, day + 3).append(", ");
    twoDigits(text, time.getDayOfMonth()).append(' ');
    int month = 3 * (time.getMonthValue() - 1);
    text.append(MONTHS, month, month + 3).append(' ').append(time.getYear()).append(' ');
    twoDigits(text, time.getHour()).append(':');
    twoDigits(text, time.getMinute()).append(':');
    twoDigits(text, time.getSecond());
    int offsetMinutes = time.getOffset().getTotalSeconds() / 60;
    text.append(offsetMinutes < 0 ? " -" : " +");
    twoDigits(text, Math.abs(offsetMinutes) / 60);
    return twoDigits(text, Math.abs(offsetMinutes) % 60).toString();
  }

  private static StringBuilder twoDigits(StringBuilder text, int value) {
    return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }
}
