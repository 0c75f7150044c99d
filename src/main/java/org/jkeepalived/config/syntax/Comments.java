package org.jkeepalived.config.syntax;

import java.util.BitSet;

/**
 * Takes the comment off a line: it starts with {@code #} or {@code !} outside double quotes.
 *
 * <p>COMPAT: a backslash keeps the next character from starting a comment or a quoted string, and
 * goes away itself only before {@code #} and {@code !} outside quotes.
 */
final class Comments {
  private Comments() {}

  /** The line without its comment and without the blanks at both ends. */
  static Text strip(SourceLine line) {
    String text = line.text();
    BitSet dropped = new BitSet();
    boolean quoted = false;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      // COMPAT: keepalived holds lines as C strings, which end at a NUL
      if (c == '\0' || (!quoted && (c == '#' || c == '!'))) {
        break;
      }
      if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) != '\0') {
        char next = text.charAt(at + 1);
        if (!quoted && (next == '#' || next == '!')) {
          dropped.set(at);
        }
        at++;
      } else if (c == '"') {
        quoted = !quoted;
      }
      at++;
    }
    return Text.of(line).sub(0, at).without(dropped).trim();
  }

  /** Whether there is nothing but a comment on the line. */
  static boolean isOnlyComment(SourceLine line) {
    String text = line.text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Blanks.isBlank(c)) {
        return c == '#' || c == '!';
      }
    }
    return false;
  }
}
