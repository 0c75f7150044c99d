package org.jkeepalived.config.syntax;

import java.util.Objects;
import java.util.Optional;

/**
 * Where something stands in the configuration. Words of one generated line share their places.
 *
 * @param line the line that keepalived names: for a word that came out of a parameter or a sequence
 *     the line that used it
 * @param startColumn the first column in {@code line.text()}, from 0
 * @param endColumn one past the last column there; for a word that came out of a parameter or a
 *     sequence the two span what was written on the line
 * @param definition the line of the parameter's definition that the word was written on; empty for
 *     a word that stands on {@code line} itself
 */
public record Place(
    SourceLine line, int startColumn, int endColumn, Optional<SourceLine> definition) {
  public Place {
    Objects.requireNonNull(line);
    Objects.requireNonNull(definition);
    if (startColumn < 0 || endColumn < startColumn) {
      throw new IllegalArgumentException("columns " + startColumn + " to " + endColumn);
    }
  }
}
