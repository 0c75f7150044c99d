package org.jkeepalived.script;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The programs that a line for a shell names: each may be one that somebody else can change, and to
 * look at the shell alone would miss that. Only what is written out is understood; what the shell
 * works out as it runs is not, and is said to be a riddle.
 *
 * @param programs the words that stand where a command does, but for what the shell has itself, and
 *     all absolute paths behind them: {@code timeout 5 /etc/check} runs that one
 * @param riddle what is not understood, and what to do about it; empty if all is
 */
public record ShellPrograms(List<String> programs, Optional<String> riddle) {

  private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "zsh");

  /** A command follows them. */
  private static final Set<String> OPENING =
      Set.of("!", "{", "if", "then", "elif", "else", "while", "until", "do", "exec", "command");

  /** Nothing of a command's follows them. */
  private static final Set<String> CLOSING = Set.of("}", "fi", "done");

  /** What they run, or from where on, only the shell knows. */
  private static final Set<String> RIDDLES =
      Set.of(
          "eval",
          ".",
          "source",
          "alias",
          "trap",
          "function",
          "builtin",
          "hash",
          "enable",
          "coproc",
          "for",
          "case",
          "select");

  /** The shell does them itself. */
  private static final Set<String> OWN =
      Set.of(
          "[",
          "[[",
          "test",
          ":",
          "true",
          "false",
          "echo",
          "printf",
          "exit",
          "return",
          "cd",
          "read",
          "set",
          "unset",
          "shift",
          "wait",
          "kill",
          "export",
          "local",
          "umask",
          "ulimit",
          "break",
          "continue",
          "pwd",
          "type",
          "times");

  public ShellPrograms {
    programs = List.copyOf(programs);
    Objects.requireNonNull(riddle);
  }

  /**
   * Those of a command.
   *
   * @return empty if it is no line for a shell
   */
  public static Optional<ShellPrograms> of(List<String> words) {
    String program = words.get(0);
    boolean shell = SHELLS.contains(program.substring(program.lastIndexOf('/') + 1));
    int option = words.indexOf("-c");
    return shell && option > 0 && option + 1 < words.size()
        ? Optional.of(ofLine(words.get(option + 1)))
        : Optional.empty();
  }

  /** Those of a line. */
  static ShellPrograms ofLine(String line) {
    return new Reading(ShellWords.of(line)).result();
  }

  /** Goes from word to word. */
  private static final class Reading {
    private final ShellWords words;
    private final Set<String> programs = new LinkedHashSet<>();
    private Optional<String> riddle;

    /** Whether the next word is a command. */
    private boolean atCommand = true;

    Reading(ShellWords words) {
      this.words = words;
      riddle = words.riddle();
    }

    ShellPrograms result() {
      boolean target = false;
      for (ShellWords.Word word : words.words()) {
        if (word.kind() == ShellWords.Kind.SEPARATOR) {
          atCommand = true;
        } else if (word.kind() == ShellWords.Kind.REDIRECTION) {
          target = true;
          continue;
        } else if (!target) {
          take(word);
        }
        target = false;
      }
      return new ShellPrograms(
          new ArrayList<>(programs),
          riddle.map(
              what ->
                  "enable_script_security cannot tell which programs the line runs ("
                      + what
                      + "): put the line into a file and name that"));
    }

    private void take(ShellWords.Word word) {
      String text = word.text();
      if (!atCommand) {
        if (text.startsWith("/") && !word.isOpen()) {
          programs.add(text);
        }
        return;
      }
      int equals = text.indexOf('=');
      if (equals > 0 && text.substring(0, equals).matches("[A-Za-z_][A-Za-z_0-9]*")) {
        assign(text.substring(0, equals));
        return;
      }
      if (OPENING.contains(text)) {
        return;
      }
      atCommand = false;
      if (word.isOpen() || text.isEmpty()) {
        isRiddle("a program that is worked out as it runs");
      } else if (RIDDLES.contains(text)) {
        isRiddle(text);
      } else if (text.contains("/") && !text.startsWith("/")) {
        isRiddle(text + " depends on where it runs");
      } else if (!CLOSING.contains(text) && !OWN.contains(text)) {
        programs.add(text);
      }
    }

    /** These decide what runs. */
    private void assign(String name) {
      if (Set.of("PATH", "IFS", "ENV", "BASH_ENV").contains(name) || name.startsWith("LD_")) {
        isRiddle(name + " is set");
      }
    }

    private void isRiddle(String what) {
      riddle = riddle.or(() -> Optional.of(what));
    }
  }
}
