package org.jkeepalived.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long the operator says. */
class MaintenanceWordsTest {

  @ParameterizedTest
  @CsvSource({
    "90,90",
    "90s,90",
    "30m,1800",
    "2h,7200",
    "1h30m,5400",
    "1d,86400",
    "1d12h,129600",
    "9999d,863913600"
  })
  void understandsTimes(String text, long seconds) {
    assertEquals(OptionalLong.of(seconds), MaintenanceWords.seconds(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0s", "h", "-1h", "2 h", "2x", "1s1h", "999999999", "10000d"})
  void otherWordsAreNoTime(String text) {
    assertEquals(OptionalLong.empty(), MaintenanceWords.seconds(text));
  }
}
