package org.jkeepalived.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FacilityTest {

  @ParameterizedTest
  @CsvSource({"0,16", "7,23", "local0,16", "local7,23", "user,1", "daemon,3"})
  void parses(String text, int code) {
    assertEquals(Optional.of(new Facility(code)), Facility.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "8", "-1", "08", "local", "local8", "LOCAL1", "kern", "auth", "local07"})
  void refuses(String text) {
    assertEquals(Optional.empty(), Facility.parse(text));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 2, 15, 24})
  void knowsNoOtherCodes(int code) {
    assertThrows(IllegalArgumentException.class, () -> new Facility(code));
  }
}
