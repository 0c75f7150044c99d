package org.jkeepalived.config;

import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.config.syntax.SourceLine;

/** Shows a diagnostic as keepalived does: {@code (FILE: Line N) message}. */
public final class PlainRenderer {

  private PlainRenderer() {}

  /**
   * The line, without a line feed.
   *
   * <p>COMPAT: keepalived's first pass leaves the file's name away while there is only one file; we
   * always name it. What shows only when all has been read has no line, there as here.
   */
  public static String render(Diagnostic diagnostic) {
    return diagnostic
        .subject()
        .map(word -> place(word.line()) + diagnostic.message())
        .orElse(diagnostic.message());
  }

  private static String place(SourceLine line) {
    return "(" + line.file() + ": Line " + line.number() + ") ";
  }
}
