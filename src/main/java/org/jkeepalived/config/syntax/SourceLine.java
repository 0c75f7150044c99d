package org.jkeepalived.config.syntax;

import java.util.Objects;
import java.util.Optional;

/**
 * One physical line of a configuration file, as it was read.
 *
 * @param file the file's name as it was opened
 * @param number the line's number, from 1
 * @param text the line without its end-of-line characters
 * @param includedFrom the include statement that named the file; empty in the main file
 */
public record SourceLine(String file, int number, String text, Optional<SourceLine> includedFrom) {
  public SourceLine {
    Objects.requireNonNull(file);
    Objects.requireNonNull(text);
    Objects.requireNonNull(includedFrom);
  }
}
