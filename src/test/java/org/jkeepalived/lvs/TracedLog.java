package org.jkeepalived.lvs;

import java.util.function.Consumer;

/** Hands on every line, with what kind of line it is. */
record TracedLog(Consumer<String> lines) implements LvsLog {

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
