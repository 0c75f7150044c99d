package org.jkeepalived.config.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The plain words of a text: blanks separate them, double quotes hold blanks.
 *
 * <p>COMPAT: a quote always starts a new word, so {@code a"b c"d} is three words, and the word
 * behind an opening quote that is never closed is lost.
 *
 * @param words the words, possibly none
 * @param openQuote where a quote was opened and not closed
 */
record PlainWords(List<Token> words, Optional<Place> openQuote) {

  static PlainWords of(Text text, Pool pool) {
    String chars = text.chars();
    List<Token> words = new ArrayList<>(4);
    int at = 0;
    while (at < chars.length()) {
      char c = chars.charAt(at);
      if (Blanks.isBlank(c)) {
        at++;
      } else if (c == '"') {
        int close = chars.indexOf('"', at + 1);
        if (close < 0) {
          return new PlainWords(words, Optional.of(text.place(at, chars.length(), pool)));
        }
        Place place = text.place(at, close + 1, pool);
        words.add(pool.token(chars.substring(at + 1, close), true, place));
        at = close + 1;
      } else {
        int end = at + 1;
        while (end < chars.length()
            && !Blanks.isBlank(chars.charAt(end))
            && chars.charAt(end) != '"') {
          end++;
        }
        words.add(pool.token(chars.substring(at, end), false, text.place(at, end, pool)));
        at = end;
      }
    }
    return new PlainWords(words, Optional.empty());
  }

  /** Whether a quoted string is left open in a text. */
  static boolean hasOddQuotes(String text) {
    boolean odd = false;
    for (int i = 0; i < text.length(); i++) {
      odd ^= text.charAt(i) == '"';
    }
    return odd;
  }

  /** The text, where the words do not tell all of it: see {@link Statement#written()}. */
  static Optional<String> written(Text text) {
    String chars = text.chars();
    for (int i = 0; i < chars.length(); i++) {
      char c = chars.charAt(i);
      if (c == '"' || c == '\'' || c == '\\') {
        return Optional.of(chars);
      }
    }
    return Optional.empty();
  }
}
