package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Token;

/**
 * Scripts that are written as a line for a shell.
 *
 * <p>keepalived 1 gave a script's string to a shell. keepalived 2 does not: in {@code "/bin/bash -c
 * '[[ -e FILE ]]' && exit 1 || exit 0"} it hands {@code &&} and all behind it to bash as arguments,
 * and the check tells the opposite of what its author meant. So what has an operator of the shell
 * outside quotes goes to a shell here.
 */
final class ShellLine {

  private ShellLine() {}

  /**
   * The first operator that stands outside quotes: {@code &&} and {@code ||} anywhere; {@code ; |}
   * where a word begins or ends, {@code < >} too, and behind a number that begins one; {@code &}
   * where a word ends. Inside a word they are none: web addresses and regular expressions have
   * them, and keepalived 2 hands them to the program.
   */
  static Optional<String> operator(String text) {
    char quote = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\' && quote != '\'') {
        at++;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (isTwice(text, at) && (c == '&' || c == '|')) {
        return Optional.of(text.substring(at, at + 2));
      } else if (isOperator(text, at)) {
        return Optional.of(String.valueOf(c));
      }
    }
    return Optional.empty();
  }

  private static boolean isTwice(String text, int at) {
    return at + 1 < text.length() && text.charAt(at + 1) == text.charAt(at);
  }

  private static boolean isOperator(String text, int at) {
    return switch (text.charAt(at)) {
      case '&' -> endsWord(text, at + 1);
      case ';', '|' -> beginsWord(text, at) || endsWord(text, at + 1);
      case '<', '>' -> beginsWord(text, numberBefore(text, at)) || endsWord(text, at + 1);
      default -> false;
    };
  }

  private static int numberBefore(String text, int at) {
    int begin = at;
    while (begin > 0 && text.charAt(begin - 1) >= '0' && text.charAt(begin - 1) <= '9') {
      begin--;
    }
    return begin;
  }

  private static boolean beginsWord(String text, int at) {
    return at == 0 || Character.isWhitespace(text.charAt(at - 1));
  }

  private static boolean endsWord(String text, int at) {
    return at == text.length() || Character.isWhitespace(text.charAt(at));
  }

  /** What runs; arguments that are added reach the line as {@code $1} and so on. */
  static List<String> words(String text) {
    return List.of("/bin/sh", "-c", text, "sh");
  }

  static String warning(Token command, String operator) {
    return "WARNING - script '"
        + command.text()
        + "' is run by /bin/sh -c, because of '"
        + operator
        + "' outside quotes; keepalived 2 would pass that to the program as an argument";
  }
}
