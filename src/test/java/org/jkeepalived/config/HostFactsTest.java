package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostFactsTest {

  @ParameterizedTest
  @CsvSource({"0, 1", "0-1, 2", "'0-3,6', 7", "'0-3,6-7\n', 8"})
  void countsProcessorsToTheLastOne(String online, int processors) {
    assertEquals(processors, HostFacts.processors(online));
  }
}
