package org.jkeepalived.config.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A statement's words as keywords that name a script take them: both quotes quote, strings that
 * touch are one word, a backslash escapes ({@link Escape}).
 *
 * @param words the words, the keyword first; empty when there is an error
 * @param raw the same words without their quotes, escapes left as they are written
 * @param error why the text cannot be split, in keepalived's words
 */
public record EscapedWords(List<Token> words, List<String> raw, Optional<String> error) {
  public EscapedWords {
    words = List.copyOf(words);
    raw = List.copyOf(raw);
    Objects.requireNonNull(error);
  }

  /**
   * Splits one of the words: a script's command line is taken apart a second time, into the program
   * and its parameters. Escapes are undone here and not before, so that what they stand for neither
   * quotes nor separates.
   *
   * <p>COMPAT: keepalived 2.4; 2.2 undid them twice.
   *
   * @param index of the word; the results all stand where it stands
   */
  public EscapedWords inside(int index) {
    return split(raw.get(index), words.get(index).place(), false);
  }

  static EscapedWords of(Statement statement) {
    if (statement.written().isEmpty()) {
      return new EscapedWords(
          statement.words(),
          statement.words().stream().map(Token::text).toList(),
          Optional.empty());
    }
    String written = statement.written().get();
    Place first = statement.keyword().place();
    Place last = statement.words().get(statement.words().size() - 1).place();
    boolean literal =
        first.definition().isEmpty()
            && first.line().text().startsWith(written, first.startColumn());
    int end =
        literal
            ? first.startColumn() + written.length()
            : Math.max(first.endColumn(), last.endColumn());
    Place whole = new Place(first.line(), first.startColumn(), end, first.definition());
    return split(written, whole, literal);
  }

  /**
   * @param literal whether {@code text} stands in the line at the place's start, so that each word
   *     has columns of its own
   */
  private static EscapedWords split(String text, Place place, boolean literal) {
    List<Token> words = new ArrayList<>();
    List<String> raw = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    StringBuilder written = new StringBuilder();
    boolean quoted = false;
    char quote = 0;
    int start = -1;
    int at = 0;
    while (at <= text.length()) {
      char c = at < text.length() ? text.charAt(at) : ' ';
      if (quote == 0 && Blanks.isBlank(c)) {
        if (start >= 0) {
          Place own = literal ? part(place, start, at) : place;
          words.add(new Token(upToNul(value), quoted, own));
          raw.add(written.toString());
          value.setLength(0);
          written.setLength(0);
          quoted = false;
          start = -1;
        }
        at++;
        continue;
      }
      if (at == text.length()) {
        return failed("String '" + text + "': missing terminating " + quote);
      }
      start = start < 0 ? at : start;
      if (c == '\\') {
        Escape escape = Escape.at(text, at);
        if (escape.length() == 1) {
          return failed("Missing escape char at end: '" + text + "'");
        }
        value.append(escape.value());
        written.append(text, at, at + escape.length());
        at += escape.length();
        continue;
      }
      at++;
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        quoted = true;
      } else if (c == quote) {
        quote = 0;
      } else {
        value.append(c);
        written.append(c);
      }
    }
    return new EscapedWords(words, raw, Optional.empty());
  }

  private static Place part(Place whole, int from, int to) {
    int column = whole.startColumn();
    return new Place(whole.line(), column + from, column + to, whole.definition());
  }

  /** COMPAT: keepalived holds words as C strings, so that {@code \0} ends one. */
  private static String upToNul(StringBuilder value) {
    int nul = value.indexOf("\0");
    return nul < 0 ? value.toString() : value.substring(0, nul);
  }

  private static EscapedWords failed(String error) {
    return new EscapedWords(List.of(), List.of(), Optional.of(error));
  }
}
