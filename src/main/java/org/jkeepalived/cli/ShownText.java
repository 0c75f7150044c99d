package org.jkeepalived.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jkeepalived.text.Printable;

/**
 * What a terminal is shown of a text of lines: names in it are files' and peers', and must not be
 * able to steer it.
 */
final class ShownText {

  /** What an overview paints with, and nothing else. */
  private static final Pattern PAINT = Pattern.compile("\033\\[(?:0|1|32|33|31;1)m");

  private ShownText() {}

  /** The same text, with escapes in the place of what does not only show itself. */
  static String plain(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    append(shown, text, 0, text.length());
    return shown.toString();
  }

  /** The same, in colours. */
  static String coloured(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    Matcher paint = PAINT.matcher(text);
    int from = 0;
    while (paint.find()) {
      append(shown, text, from, paint.start());
      shown.append(paint.group());
      from = paint.end();
    }
    append(shown, text, from, text.length());
    return shown.toString();
  }

  private static void append(StringBuilder shown, String text, int from, int end) {
    for (int i = from; i < end; i++) {
      char character = text.charAt(i);
      if (character == '\n') {
        shown.append(character);
      } else {
        Printable.append(shown, character);
      }
    }
  }
}
