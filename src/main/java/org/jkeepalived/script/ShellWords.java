package org.jkeepalived.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A line for a shell, taken apart as POSIX has it (Shell Command Language, 2.3 Token Recognition).
 *
 * @param words in their order, without quotes
 * @param riddle what makes more of the line than is written there, such as {@code $(}; empty if
 *     nothing does
 */
record ShellWords(List<Word> words, Optional<String> riddle) {

  /** What a word is. */
  enum Kind {
    WORD,
    /** A new command begins behind it. */
    SEPARATOR,
    /** The next word is a file. */
    REDIRECTION
  }

  /**
   * A word.
   *
   * @param isOpen the shell works out what it is: a parameter, or a pattern
   */
  record Word(Kind kind, String text, boolean isOpen) {}

  ShellWords {
    words = List.copyOf(words);
    Objects.requireNonNull(riddle);
  }

  static ShellWords of(String line) {
    return new Cutting(line).result();
  }

  /** Goes from character to character. */
  private static final class Cutting {
    private final String line;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Optional<String> riddle = Optional.empty();
    private int at;
    private boolean inWord;
    private boolean open;

    Cutting(String line) {
      this.line = line;
    }

    ShellWords result() {
      while (at < line.length()) {
        step(line.charAt(at));
        at++;
      }
      end();
      return new ShellWords(words, riddle);
    }

    private void step(char c) {
      switch (c) {
        case '\'' -> single();
        case '"' -> twice();
        case '\\' -> escaped();
        case ' ', '\t' -> end();
        case '\n', ';', '|' -> separate();
        case '&' -> ampersand();
        case '(', ')' -> parenthesis(c);
        case '<', '>' -> redirect(c);
        case '#' -> comment();
        default -> plain(c);
      }
    }

    private void plain(char c) {
      if (c == '$' || c == '`') {
        expansion(c);
      }
      open |= c == '*' || c == '?' || c == '[' && inWord || c == '~' && !inWord;
      put(c);
    }

    private void put(char c) {
      text.append(c);
      inWord = true;
    }

    private void single() {
      int end = line.indexOf('\'', at + 1);
      if (end < 0) {
        isRiddle("a quote without an end");
        end = line.length();
      }
      text.append(line, at + 1, Math.min(end, line.length()));
      inWord = true;
      at = end;
    }

    private void twice() {
      inWord = true;
      for (at++; at < line.length() && line.charAt(at) != '"'; at++) {
        char c = line.charAt(at);
        if (c == '\\') {
          escaped();
        } else {
          if (c == '$' || c == '`') {
            expansion(c);
          }
          text.append(c);
        }
      }
      if (at >= line.length()) {
        isRiddle("a quote without an end");
      }
    }

    private void escaped() {
      at++;
      if (at < line.length()) {
        put(line.charAt(at));
      }
    }

    private void expansion(char c) {
      open = true;
      if (c == '`' || line.startsWith("$(", at)) {
        isRiddle("a command within a command");
      }
    }

    private void separate() {
      end();
      words.add(new Word(Kind.SEPARATOR, "", false));
    }

    /** {@code 2>&1} has one that separates nothing, and {@code &>} is a redirection of bash's. */
    private void ampersand() {
      if (line.startsWith("&>", at)) {
        isRiddle("&>");
      }
      separate();
    }

    private void parenthesis(char c) {
      if (c == '(' && inWord) {
        isRiddle("a function");
      }
      separate();
    }

    private void redirect(char c) {
      if (inWord && !text.toString().matches("[0-9]+")) {
        end();
      }
      text.setLength(0);
      inWord = false;
      if (line.startsWith("<<", at) || line.startsWith("<(", at) || line.startsWith(">(", at)) {
        isRiddle(line.substring(at, at + 2));
      }
      while (at + 1 < line.length() && "<>&|".indexOf(line.charAt(at + 1)) >= 0) {
        at++;
      }
      words.add(new Word(Kind.REDIRECTION, String.valueOf(c), false));
    }

    private void comment() {
      if (inWord) {
        put('#');
      } else {
        int end = line.indexOf('\n', at);
        at = end < 0 ? line.length() : end - 1;
      }
    }

    private void end() {
      if (inWord) {
        words.add(new Word(Kind.WORD, text.toString(), open));
      }
      text.setLength(0);
      inWord = false;
      open = false;
    }

    private void isRiddle(String what) {
      riddle = riddle.or(() -> Optional.of(what));
    }
  }
}
