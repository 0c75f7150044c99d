package org.jkeepalived.model;

import java.util.List;
import java.util.Objects;

/**
 * A script as the operator configured it.
 *
 * @param words the program and its arguments, unquoted; at least the program, a path or a name to
 *     look for in the path. A string with unquoted shell operators is {@code /bin/sh -c STRING sh},
 *     so that arguments that are added reach it as {@code $1} and so on.
 * @param account whom it runs as
 * @param secured {@code enable_script_security}: it does not run as root when somebody else could
 *     have changed it
 */
public record Command(List<String> words, Account account, boolean secured) {
  public Command {
    words = List.copyOf(words);
    Objects.requireNonNull(account);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
  }

  /** The program. */
  public String program() {
    return words.get(0);
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
