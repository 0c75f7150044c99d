package org.jkeepalived.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a command line as getopt_long(3) of the GNU C library does: options anywhere before {@code
 * --}, letters bundled, long names abbreviated as far as they stay unique, required values in the
 * same word or the next one whatever that looks like, optional ones in the same word only.
 */
final class OptionScanner {

  private final List<String> arguments;
  private final List<Word> words = new ArrayList<>();
  private int next;

  private OptionScanner(List<String> arguments) {
    this.arguments = arguments;
  }

  /** Finds the words of a command line, in their order. */
  static List<Word> scan(List<String> arguments) {
    OptionScanner scanner = new OptionScanner(arguments);
    scanner.scanAll();
    return List.copyOf(scanner.words);
  }

  private void scanAll() {
    boolean options = true;
    while (next < arguments.size()) {
      String argument = arguments.get(next++);
      if (options && argument.equals("--")) {
        options = false;
      } else if (options && argument.startsWith("--")) {
        longOption(argument);
      } else if (options && argument.startsWith("-") && argument.length() > 1) {
        letters(argument);
      } else {
        words.add(new Word.Operand(argument));
      }
    }
  }

  private void longOption(String argument) {
    int equals = argument.indexOf('=');
    String spelling = equals < 0 ? argument : argument.substring(0, equals);
    Optional<String> attached =
        equals < 0 ? Optional.empty() : Optional.of(argument.substring(equals + 1));
    Optional<Option> found = named(spelling.substring(2));
    if (found.isEmpty() || (found.get().value() == Option.Value.NONE && attached.isPresent())) {
      words.add(new Word.Unknown(argument));
    } else {
      option(found.get(), spelling, attached);
    }
  }

  /** The option of that name, or the only one of keepalived's whose name starts with it. */
  private static Optional<Option> named(String name) {
    List<Option> candidates = new ArrayList<>();
    for (Option option : Option.values()) {
      if (option.longName().equals(name)) {
        return Optional.of(option);
      }
      if (option.longName().startsWith(name) && !option.isOurs()) {
        candidates.add(option);
      }
    }
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  private void letters(String argument) {
    int at = 1;
    while (at < argument.length()) {
      String spelling = "-" + argument.charAt(at);
      Optional<Option> found = lettered(argument.charAt(at));
      at++;
      if (found.isEmpty()) {
        words.add(new Word.Unknown(spelling));
      } else if (found.get().value() == Option.Value.NONE || at == argument.length()) {
        option(found.get(), spelling, Optional.empty());
      } else {
        option(found.get(), spelling, Optional.of(argument.substring(at)));
        at = argument.length();
      }
    }
  }

  private static Optional<Option> lettered(char letter) {
    for (Option option : Option.values()) {
      if (option.hasLetter(letter)) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }

  private void option(Option option, String spelling, Optional<String> attached) {
    if (option.value() != Option.Value.REQUIRED || attached.isPresent()) {
      words.add(new Word.Given(option, spelling, attached));
    } else if (next < arguments.size()) {
      words.add(new Word.Given(option, spelling, Optional.of(arguments.get(next++))));
    } else {
      words.add(new Word.MissingValue(spelling));
    }
  }
}
