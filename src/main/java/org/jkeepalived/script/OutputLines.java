package org.jkeepalived.script;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts what a command writes into lines. A line that is too long is cut, and its rest dropped;
 * bytes that are not UTF-8 are replaced.
 */
public final class OutputLines {

  /** The longest line that is kept, in bytes. */
  static final int MOST_BYTES = 500;

  private final Consumer<String> lines;
  private final byte[] line = new byte[MOST_BYTES];
  private int length;
  private boolean cut;

  /**
   * @param lines gets each line, without its end; empty ones are left out
   */
  public OutputLines(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Takes the first bytes of an array. */
  public void take(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        end();
      } else if (length < MOST_BYTES) {
        line[length] = bytes[i];
        length++;
      } else {
        cut = true;
      }
    }
  }

  /** Nothing comes any more: what is there is the last line. */
  public void end() {
    if (length > 0) {
      String text = new String(line, 0, length, StandardCharsets.UTF_8);
      lines.accept(cut ? text + "..." : text);
    }
    length = 0;
    cut = false;
  }
}
