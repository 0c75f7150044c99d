package org.jkeepalived.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiveBufferTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1000",
    "999, 1000",
    "1001, 1001",
    "1073741824, 1073741824",
    "4294967295, 1073741824"
  })
  void isNeverLessThanUsual(long asked, int bytes) {
    for (boolean forced : new boolean[] {false, true}) {
      assertEquals(bytes, new ReceiveBuffer(OptionalLong.of(asked), forced).atLeast(1000));
    }
  }

  @Test
  void isWhatItIsAnywayWhereNothingIsSaid() {
    assertEquals(1000, ReceiveBuffer.STANDARD.atLeast(1000));
  }
}
