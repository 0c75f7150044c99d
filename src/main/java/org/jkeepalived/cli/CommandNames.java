package org.jkeepalived.cli;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.NearestWord;

/** The words that are commands where they come first, for whoever has not loaded what they are. */
final class CommandNames {

  static final List<String> ALL =
      List.of(
          "status",
          "reload",
          "plan",
          "maintenance",
          "server",
          "log-level",
          "config",
          "explain",
          "genhash");

  private CommandNames() {}

  /** What to say of a first word that is neither a command nor an option. */
  static String unknown(String word) {
    Optional<String> near = NearestWord.of(word, ALL);
    return "'"
        + word
        + "' is no command"
        + near.map(name -> "; did you mean '" + name + "'?").orElse("; there are " + names() + ".")
        + " Nothing was started";
  }

  /**
   * What to say of a command, or of what is nearly one, that does not come first; empty for any
   * other word, which keepalived only complains of.
   */
  static Optional<String> misplaced(String word) {
    if (ALL.contains(word)) {
      return Optional.of(
          "'"
              + word
              + "' is a command, which is to be written first: jkeepalived "
              + word
              + " [OPTION...]. Nothing was started");
    }
    return NearestWord.of(word, ALL)
        .map(
            name ->
                "'"
                    + word
                    + "' is no option; if you mean the command '"
                    + name
                    + "', it is to be written first: jkeepalived "
                    + name
                    + " [OPTION...]. Nothing was started");
  }

  private static String names() {
    return String.join(", ", ALL);
  }
}
