package org.jkeepalived.config.syntax;

import java.util.Locale;
import java.util.Optional;

/** Which line of a file makes how much of a configuration, for whoever looks for what is wrong. */
final class Growth {

  private final Limits limits;

  private Optional<SourceLine> line = Optional.empty();
  private int linesBefore;
  private long bytesBefore;

  private Optional<SourceLine> largest = Optional.empty();
  private int largestLines;
  private long largestBytes;

  Growth(Limits limits) {
    this.limits = limits;
  }

  /** A line begins, and so the one before it has ended. */
  void begin(SourceLine next) {
    end();
    line = Optional.of(next);
    // this line has been counted already
    linesBefore = limits.lines() - 1;
    bytesBefore = limits.bytes();
  }

  private void end() {
    int lines = limits.lines() - linesBefore;
    long bytes = limits.bytes() - bytesBefore;
    if (line.isPresent() && (bytes > largestBytes || lines > largestLines)) {
      largest = line;
      largestLines = lines;
      largestBytes = bytes;
    }
  }

  /**
   * What the line that makes most of it makes; empty where none makes half of it: then there are
   * simply too many.
   */
  Optional<String> account() {
    end();
    boolean outstanding = 2L * largestLines > limits.lines() || 2 * largestBytes > limits.bytes();
    return largest
        .filter(one -> outstanding)
        .map(
            one ->
                String.format(
                    Locale.ROOT,
                    "line %d of %s makes %,d line%s, %s, of it",
                    one.number(),
                    one.file(),
                    largestLines,
                    largestLines == 1 ? "" : "s",
                    Limits.size(largestBytes)));
  }
}
