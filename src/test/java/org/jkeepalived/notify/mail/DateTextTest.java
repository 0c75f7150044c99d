package org.jkeepalived.notify.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jkeepalived.dice.Trials;
import org.junit.jupiter.api.Test;

class DateTextTest {

  private static final DateTimeFormatter TWIN =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss Z", Locale.ENGLISH);

  @Test
  void isWhatTheLibraryWrites() {
    Trials.run(
        1000,
        dice -> {
          Instant instant = Instant.ofEpochSecond(dice.between(0, 4_102_444_800L));
          int offsetMinutes = dice.between(-18 * 60, 18 * 60);
          OffsetDateTime time = instant.atOffset(ZoneOffset.ofTotalSeconds(60 * offsetMinutes));
          assertEquals(TWIN.format(time), DateText.of(time));
        });
  }
}
