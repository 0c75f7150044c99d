package org.jkeepalived.config.syntax;

/**
 * One backslash escape, as keepalived.conf(5), "Quoted strings", lists them.
 *
 * @param value the character it stands for
 * @param length how many characters of the text it takes, the backslash included; 1 when the text
 *     ends behind the backslash
 */
record Escape(char value, int length) {

  /** Reads the escape whose backslash is at {@code at}. */
  static Escape at(String text, int at) {
    if (at + 1 >= text.length()) {
      return new Escape('\\', 1);
    }
    char c = text.charAt(at + 1);
    return switch (c) {
      case 'a' -> new Escape('\u0007', 2);
      case 'b' -> new Escape('\b', 2);
      case 'E' -> new Escape('\u001b', 2);
      case 'f' -> new Escape('\f', 2);
      case 'n' -> new Escape('\n', 2);
      case 'r' -> new Escape('\r', 2);
      case 't' -> new Escape('\t', 2);
      case 'v' -> new Escape('\u000b', 2);
      case 'c' ->
          at + 2 < text.length()
              ? new Escape((char) (text.charAt(at + 2) & 0x1f), 3)
              : new Escape('c', 2);
      // up to two digits as 2.4 documents it; 2.2 reads on and keeps the low eight bits
      case 'x' -> number(text, at + 2, 16, 2, 'x');
      case '0', '1', '2', '3', '4', '5', '6', '7' -> number(text, at + 1, 8, 3, c);
      default -> new Escape(c, 2);
    };
  }

  private static Escape number(String text, int from, int radix, int most, char otherwise) {
    int value = 0;
    int at = from;
    while (at < text.length() && at < from + most && digit(text.charAt(at), radix) >= 0) {
      value = value * radix + digit(text.charAt(at), radix);
      at++;
    }
    int backslash = radix == 16 ? from - 2 : from - 1;
    return at == from
        ? new Escape(otherwise, 2)
        : new Escape((char) (value & 0xff), at - backslash);
  }

  private static int digit(char c, int radix) {
    return c < 0x80 ? Character.digit(c, radix) : -1;
  }
}
