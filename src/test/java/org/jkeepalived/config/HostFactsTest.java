package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostFactsTest {

  @ParameterizedTest
  @CsvSource({"0, 1", "0-1, 2", "'0-3,6', 7", "'0-3,6-7\n', 8"})
  void countsProcessorsToTheLastOne(String online, int processors) {
    assertEquals(processors, HostFacts.processors(online));
  }

  /** Whatever bytes somebody has called his link by. */
  @Test
  void readsTheNamesOfLinks() {
    String list =
        "Inter-|   Receive\n face |bytes\n    lo: 1 2 3\neth0:1: 4\n\u00ff: 5\n  eth1:7 8\n";
    Set<String> links = HostFacts.links(list.getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(4, links.size());
    assertTrue(links.containsAll(Set.of("lo", "eth0:1", "eth1")), links::toString);
    assertTrue(HostFacts.links().orElseThrow().contains("lo"));
  }
}
