package org.jkeepalived.config.syntax;

import java.util.Objects;

/**
 * One word of a statement, with quotes, escapes, parameters and sequences already resolved.
 *
 * @param text the word's value; may be empty when it was quoted
 * @param quoted whether any part of it was written in quotes
 * @param line the line it starts on
 * @param startColumn its first column in {@code line.text()}, from 0
 * @param endColumn one past its last column there; where the word came out of a parameter or a
 *     sequence, the two span what was written on the line
 */
public record Token(String text, boolean quoted, SourceLine line, int startColumn, int endColumn) {
  public Token {
    Objects.requireNonNull(text);
    Objects.requireNonNull(line);
  }

  /** Whether this word is exactly {@code word}. */
  public boolean is(String word) {
    return text.equals(word);
  }
}
