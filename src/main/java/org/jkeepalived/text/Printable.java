package org.jkeepalived.text;

/**
 * Which characters may be shown as they are where a person reads lines: in a log, on a terminal.
 * What is shown quotes files and packets, and must not be able to steer what shows it, nor to make
 * a line look like one that was never written.
 */
public final class Printable {

  private Printable() {}

  /**
   * Whether a character only shows itself: it is no control character, ends no line, and does not
   * turn the writing direction round. A tab is none.
   */
  public static boolean is(char character) {
    if (character < 0x7f) {
      return character >= ' ';
    }
    return character >= 0xa0 && !isLayout(character);
  }

  /** A text of one line in which each character that does not only show itself is an escape. */
  public static String escaped(String text) {
    int clean = 0;
    while (clean < text.length() && is(text.charAt(clean))) {
      clean++;
    }
    if (clean == text.length()) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, clean);
    for (int i = clean; i < text.length(); i++) {
      append(escaped, text.charAt(i));
    }
    return escaped.toString();
  }

  /** Appends a character, or its escape; a blank for a tab. */
  public static void append(StringBuilder out, char character) {
    switch (character) {
      case '\t' -> out.append(' ');
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      default -> {
        if (is(character)) {
          out.append(character);
        } else {
          out.append(String.format(character < 0x100 ? "\\x%02x" : "\\u%04x", (int) character));
        }
      }
    }
  }

  /** Line and paragraph separators, marks and overrides of the writing direction. */
  private static boolean isLayout(char character) {
    return (character >= 0x2028 && character <= 0x202e)
        || (character >= 0x2066 && character <= 0x2069)
        || character == 0x200e
        || character == 0x200f
        || character == 0x061c
        || character == 0xfeff;
  }
}
