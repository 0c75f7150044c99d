package org.jkeepalived.config.syntax;

import java.util.List;
import java.util.Optional;

/**
 * What {@code $NAME=} defined.
 *
 * @param lines the lines of its value, at least one; blanks at their ends are gone
 */
record Parameter(List<Line> lines) {
  Parameter {
    lines = List.copyOf(lines);
  }

  /** A line of a value, and where it is written if the value has several. */
  record Line(String text, Optional<SourceLine> definedOn) {}

  /** A value that stands on one line. */
  static Parameter of(String value) {
    return new Parameter(List.of(new Line(value, Optional.empty())));
  }

  boolean isMultiline() {
    return lines.size() > 1;
  }

  String value() {
    return lines.get(0).text();
  }
}
