package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FormerDaemonTest {

  private static List<String> lines(String told) {
    return FormerDaemon.lines(Map.of("JKEEPALIVED_FORMER", told));
  }

  @Test
  void whatHasBecomeOfItIsSaid() {
    assertEquals(
        List.of(
            "The daemon before this one, process 4711, was killed by signal 9",
            "released 10.0.0.1/24 dev eth0",
            "released 10.0.0.2/24 dev eth0"),
        lines("4711 137 released 10.0.0.1/24 dev eth0\nreleased 10.0.0.2/24 dev eth0"));
    assertEquals(
        List.of("The daemon before this one, process 4711, ended with status 2"), lines("4711 2 "));
  }

  @Test
  void muchThatWasReleasedIsCounted() {
    List<String> lines = lines("1 137 " + "released x\n".repeat(25));
    assertEquals(22, lines.size());
    assertEquals("released at least 5 more", lines.get(21));
  }

  @Test
  void nothingIsSaidOfNothing() {
    assertEquals(List.of(), FormerDaemon.lines(Map.of()));
    assertEquals(List.of(), lines("somebody else's"));
  }
}
