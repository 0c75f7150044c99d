package org.jkeepalived.notify.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class DateTextTest {

  private static final DateTimeFormatter TWIN =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss Z", Locale.ENGLISH);

  @Property
  void isWhatTheLibraryWrites(
      @ForAll @LongRange(min = 0, max = 4_102_444_800L) long epochSecond,
      @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
    ZonedDateTime time =
        Instant.ofEpochSecond(epochSecond).atZone(ZoneOffset.ofTotalSeconds(60 * offsetMinutes));
    assertEquals(TWIN.format(time), DateText.of(time));
  }
}
