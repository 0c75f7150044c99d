package org.jkeepalived.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondsTextTest {

  @ParameterizedTest
  @CsvSource({
    "3609375000, 2, 3.61",
    "3604999999, 2, 3.60",
    "0, 2, 0.00",
    "5000000, 2, 0.01",
    "-1250000000, 1, -1.3",
    "1996094, 6, 0.001996",
    "9223372036854775807, 9, 9223372036.854775807",
    "86400000000000, 0, 86400",
  })
  void roundsHalfUp(long nanos, int decimals, String text) {
    assertEquals(text, SecondsText.of(nanos, decimals));
  }
}
