package org.jkeepalived.config.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A parameter's definition while it is read: {@code $NAME=VALUE}, and the lines that follow as long
 * as they end with a backslash.
 *
 * <p>COMPAT: lines with nothing but a comment are left out, and the backslash may stand in a
 * comment. A blank line ends the definition, as in keepalived 2.2, except where a block is open in
 * it and the next line goes on as keepalived.conf(5), "Multiline definitions", shows it: keepalived
 * reads that example wrongly, and no file that it reads well looks like it.
 */
final class Definition {
  private final String name;
  private final Text start;
  private final boolean counts;
  private long bytes;
  private int openBlocks;
  private boolean paused;
  private final List<Parameter.Line> lines = new ArrayList<>();

  private Definition(String name, Text start, boolean counts) {
    this.name = name;
    this.start = start;
    this.counts = counts;
  }

  /**
   * The definition that a text starts.
   *
   * @param counts false under a condition that does not hold: it is read and forgotten
   */
  static Optional<Definition> of(Text text, boolean counts) {
    String chars = text.chars();
    int end = chars.startsWith("$") ? Blanks.nameEnd(chars, 1) : 1;
    if (end <= 1 || end == chars.length() || chars.charAt(end) != '=') {
      return Optional.empty();
    }
    Definition definition = new Definition(chars.substring(1, end), text, counts);
    definition.add(text.from(end + 1));
    return Optional.of(definition);
  }

  /** Whether the definition goes on behind this line. */
  static boolean continues(SourceLine line) {
    String text = line.text();
    int end = text.length();
    while (end > 0 && Blanks.isBlank(text.charAt(end - 1))) {
      end--;
    }
    return end > 0 && text.charAt(end - 1) == '\\';
  }

  /** A blank line: gives whether the definition may go on behind it. */
  boolean pause() {
    paused = true;
    return openBlocks > 0;
  }

  /** Whether a line that is not blank still belongs to the definition. */
  boolean takes(SourceLine line, Text text) {
    return !paused
        || text.chars().startsWith("}")
        || (continues(line) && of(text, false).isEmpty());
  }

  /** Adds a line of the value. */
  void add(Text text) {
    paused = false;
    Text value = text.trim();
    if (value.length() > 0 && value.at(value.length() - 1) == '\\') {
      value = value.sub(0, value.length() - 1).trim();
    }
    if (value.length() > 0) {
      bytes += MemoryRoom.textBytes(value.chars());
      openBlocks += balance(value.chars());
      lines.add(new Parameter.Line(value.chars(), Optional.of(value.line())));
    }
  }

  /** How many more blocks a line opens than it closes. */
  private static int balance(String line) {
    int balance = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '{') {
        balance++;
      } else if (!quoted && c == '}') {
        balance--;
      }
    }
    return balance;
  }

  /** The text that started it. */
  Text start() {
    return start;
  }

  /** How many bytes the characters of its value take. */
  long bytes() {
    return bytes;
  }

  boolean counts() {
    return counts;
  }

  String name() {
    return name;
  }

  Parameter parameter() {
    return switch (lines.size()) {
      case 0 -> Parameter.of("");
      case 1 -> Parameter.of(lines.get(0).text());
      default -> new Parameter(lines);
    };
  }
}
