package org.jkeepalived.config.syntax;

/** The characters of C that the language is made of; Java's own tests know more of them. */
final class Blanks {
  private Blanks() {}

  /** C's isspace() in the C locale. */
  static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static boolean isBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isBlank(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a parameter's name may start with it. */
  static boolean isNameStart(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  }

  /** Whether a parameter's name may go on with it. */
  static boolean isNamePart(char c) {
    return isNameStart(c) || (c >= '0' && c <= '9');
  }

  /** The end of the name that starts at {@code from}; {@code from} where none does. */
  static int nameEnd(String text, int from) {
    if (from >= text.length() || !isNameStart(text.charAt(from))) {
      return from;
    }
    int at = from + 1;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
