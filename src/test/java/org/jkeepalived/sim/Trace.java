package org.jkeepalived.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.Supplier;

/** The story of a simulation, for people: its last lines, or nothing while all goes well. */
final class Trace {

  private final VirtualTime time;
  private final int keepLines;
  private final Deque<String> lines = new ArrayDeque<>();

  /**
   * @param keepLines 0 to write nothing down
   */
  Trace(VirtualTime time, int keepLines) {
    this.time = time;
    this.keepLines = keepLines;
  }

  boolean isOn() {
    return keepLines > 0;
  }

  void say(String who, Supplier<String> what) {
    if (!isOn()) {
      return;
    }
    if (lines.size() == keepLines) {
      lines.removeFirst();
    }
    lines.addLast(
        String.format(Locale.ROOT, "%12.6f  %-6s %s", time.nowNanos() / 1e9, who, what.get()));
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
