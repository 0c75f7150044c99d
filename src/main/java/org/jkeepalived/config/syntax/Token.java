package org.jkeepalived.config.syntax;

import java.util.Objects;
import java.util.Optional;

/**
 * One word of a statement, with comments, parameters and sequences already resolved.
 *
 * <p>keepalived knows two kinds of words. Most keywords take plain ones, which these are: only the
 * double quote quotes, and a backslash is an ordinary character. Keywords that name a script take
 * escaped ones: {@link Statement#escapedWords()}.
 *
 * @param text the word's value, without its quotes; may be empty when it was quoted
 * @param quoted whether any part of it was written in quotes
 * @param place where it stands
 */
public record Token(String text, boolean quoted, Place place) {
  public Token {
    Objects.requireNonNull(text);
    Objects.requireNonNull(place);
  }

  /** A word that stands on {@code line} itself. */
  public Token(String text, boolean quoted, SourceLine line, int startColumn, int endColumn) {
    this(text, quoted, new Place(line, startColumn, endColumn, Optional.empty()));
  }

  /** The line that keepalived names for it. */
  public SourceLine line() {
    return place.line();
  }

  /** Its first column in {@code line().text()}, from 0. */
  public int startColumn() {
    return place.startColumn();
  }

  /** One past its last column in {@code line().text()}. */
  public int endColumn() {
    return place.endColumn();
  }

  /** Whether this word is exactly {@code word}. */
  public boolean is(String word) {
    return text.equals(word);
  }
}
