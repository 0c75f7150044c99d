package org.jkeepalived.log;

import org.jkeepalived.text.Printable;

/**
 * Makes a text fit for one log line.
 *
 * <p>Log messages quote what came from the network or from a file. A line feed, an escape sequence
 * or a character that reverses the writing direction in there could show a reader a line that the
 * daemon never wrote ({@link Printable}); each is replaced by a visible escape.
 */
final class PrintableText {

  /** Longer texts are cut: what fits with its header into one datagram of any syslog daemon. */
  static final int MAXIMUM_CHARACTERS = 2000;

  private PrintableText() {}

  static String of(String text) {
    int end = Math.min(text.length(), MAXIMUM_CHARACTERS);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    int clean = 0;
    while (clean < end && Printable.is(text.charAt(clean))) {
      clean++;
    }
    if (clean == text.length()) {
      return text;
    }
    StringBuilder printable = new StringBuilder(end + 48).append(text, 0, clean);
    for (int i = clean; i < end; i++) {
      Printable.append(printable, text.charAt(i));
    }
    if (end < text.length()) {
      printable.append(" [").append(text.length() - end).append(" more characters]");
    }
    return printable.toString();
  }
}
