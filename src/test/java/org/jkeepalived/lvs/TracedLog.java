package org.jkeepalived.lvs;

import java.util.function.Consumer;

/** Hands on every line, with what kind of line it is. */
public record TracedLog(Consumer<String> lines) implements LvsLog {

  /** The same without the kind. */
  public static LvsLog plain(Consumer<String> lines) {
    return new TracedLog(line -> lines.accept(line.substring(line.indexOf(' ') + 1)));
  }

  @Override
  public void info(String line) {
    lines.accept("info: " + line);
  }

  @Override
  public void warning(String line) {
    lines.accept("warning: " + line);
  }

  @Override
  public void error(String line) {
    lines.accept("error: " + line);
  }
}
