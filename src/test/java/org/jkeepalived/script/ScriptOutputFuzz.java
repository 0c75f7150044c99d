package org.jkeepalived.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a script writes, in whatever pieces it arrives: the lines are a dumb twin's. */
final class ScriptOutputFuzz {

  private static final int[] PIECES = {1, 3, 64, OutputLines.MOST_BYTES, 1 << 16};

  @FuzzTest(maxDuration = "")
  void scriptOutput(byte[] bytes) {
    List<String> expected = twin(bytes);
    for (int piece : PIECES) {
      assertEquals(expected, lines(bytes, piece));
    }
  }

  private static List<String> lines(byte[] bytes, int piece) {
    List<String> found = new ArrayList<>();
    OutputLines lines = new OutputLines(found::add);
    for (int at = 0; at < bytes.length; at += piece) {
      int count = Math.min(piece, bytes.length - at);
      // the buffer is larger than what was read into it
      byte[] buffer = Arrays.copyOf(Arrays.copyOfRange(bytes, at, at + count), count + 8);
      lines.take(buffer, count);
    }
    lines.end();
    return found;
  }

  private static List<String> twin(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("[\n\r]")) {
      byte[] whole = line.getBytes(StandardCharsets.ISO_8859_1);
      if (whole.length > 0) {
        int kept = Math.min(whole.length, OutputLines.MOST_BYTES);
        String text = new String(whole, 0, kept, StandardCharsets.UTF_8);
        lines.add(kept < whole.length ? text + "..." : text);
      }
    }
    return lines;
  }
}
