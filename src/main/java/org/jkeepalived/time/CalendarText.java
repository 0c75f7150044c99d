package org.jkeepalived.time;

import java.time.LocalDateTime;

/**
 * The parts of a date in English, whatever the locale, as the C library and RFC 5322 write them.
 *
 * <p>Written by hand: {@code DateTimeFormatter} takes tens of milliseconds of a daemon's start, and
 * with its locales a megabyte of memory.
 */
public final class CalendarText {

  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private CalendarText() {}

  /** Such as {@code Thu}. */
  public static String weekday(LocalDateTime time) {
    int at = 3 * (time.getDayOfWeek().getValue() - 1);
    return DAYS.substring(at, at + 3);
  }

  /** Such as {@code Nov}. */
  public static String month(LocalDateTime time) {
    int at = 3 * (time.getMonthValue() - 1);
    return MONTHS.substring(at, at + 3);
  }

  /** As ctime(3) begins it, without the weekday: {@code Nov 9 21:33:46}. */
  public static String monthDayAndClock(LocalDateTime time) {
    String blank = time.getDayOfMonth() < 10 ? "  " : " ";
    return month(time) + blank + time.getDayOfMonth() + " " + clock(time);
  }

  /** As ISO 8601 has it, with a blank: {@code 2026-11-09 21:03:46}; a year of four digits. */
  public static String dateAndClock(LocalDateTime time) {
    StringBuilder text = new StringBuilder(19);
    twoDigits(text, time.getYear() / 100 % 100);
    twoDigits(text, time.getYear() % 100).append('-');
    twoDigits(text, time.getMonthValue()).append('-');
    return twoDigits(text, time.getDayOfMonth()).append(' ').append(clock(time)).toString();
  }

  /** The time of day: {@code 21:03:46}. */
  public static String clock(LocalDateTime time) {
    StringBuilder text = new StringBuilder(8);
    twoDigits(text, time.getHour()).append(':');
    twoDigits(text, time.getMinute()).append(':');
    return twoDigits(text, time.getSecond()).toString();
  }

  /**
   * Writes a number in two digits.
   *
   * @param number 0 to 99
   */
  public static StringBuilder twoDigits(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
