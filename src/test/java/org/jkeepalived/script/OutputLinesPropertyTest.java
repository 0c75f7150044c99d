package org.jkeepalived.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jkeepalived.dice.Trials;
import org.junit.jupiter.api.Test;

class OutputLinesPropertyTest {

  private static List<String> lines(byte[] bytes, int piece) {
    List<String> found = new ArrayList<>();
    OutputLines lines = new OutputLines(found::add);
    for (int at = 0; at < bytes.length; at += piece) {
      byte[] part = Arrays.copyOfRange(bytes, at, Math.min(at + piece, bytes.length));
      lines.take(part, part.length);
    }
    lines.end();
    return found;
  }

  @Test
  void linesAreCutAtEachEndAndEmptyOnesLeftOut() {
    byte[] bytes = "one\n\ntwo\r\nthrée\rlast".getBytes(StandardCharsets.UTF_8);
    assertEquals(List.of("one", "two", "thrée", "last"), lines(bytes, 100));
  }

  @Test
  void longLineIsCutAndTheNextIsWhole() {
    String longest = "x".repeat(OutputLines.MOST_BYTES);
    byte[] bytes = (longest + "\n" + longest + "y\nshort\n").getBytes(StandardCharsets.UTF_8);
    assertEquals(List.of(longest, longest + "...", "short"), lines(bytes, 100));
  }

  @Test
  void anyBytesInAnyPiecesGiveTheSameBoundedLines() {
    Trials.run(
        1000,
        dice -> {
          byte[] bytes = dice.bytes(3 * OutputLines.MOST_BYTES);
          List<String> found = lines(bytes, dice.between(1, 50));
          assertEquals(lines(bytes, Math.max(1, bytes.length)), found);
          assertTrue(
              found.stream()
                  .allMatch(
                      line -> !line.isEmpty() && line.length() <= OutputLines.MOST_BYTES + 3));
        });
  }
}
