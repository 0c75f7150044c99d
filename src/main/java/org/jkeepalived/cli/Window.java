package org.jkeepalived.cli;

import org.jkeepalived.linux.process.TerminalSize;

/**
 * What fits on a terminal at once. More would scroll, and what is shown again would not stand where
 * it stood.
 *
 * @param rows at least 1
 * @param columns at least 1
 */
record Window(int rows, int columns) {

  /** Everything fits. */
  static final Window ENDLESS = new Window(Integer.MAX_VALUE, Integer.MAX_VALUE);

  private static final char ESCAPE = '\033';
  private static final String UNPAINTED = "\033[0m";

  static Window of(TerminalSize size) {
    return new Window(size.rows(), size.columns());
  }

  /**
   * The text as far as it fits, and how much does not.
   *
   * @param text of whole lines, which may be painted
   */
  String cut(String text) {
    String[] lines = text.split("\n", -1);
    int all = lines.length - 1;
    // the cursor waits below the last line
    int shown = all < rows ? all : Math.max(0, rows - 2);
    StringBuilder kept = new StringBuilder(Math.min(text.length(), 1 << 16));
    for (int i = 0; i < shown; i++) {
      kept.append(cutLine(lines[i])).append('\n');
    }
    if (shown < all) {
      String more = all - shown + " more lines: for a taller window, or less by a NAME";
      kept.append(cutLine(more)).append('\n');
    }
    return kept.toString();
  }

  private String cutLine(String line) {
    int width = 0;
    int at = 0;
    while (at < line.length()) {
      if (line.charAt(at) == ESCAPE) {
        at = line.indexOf('m', at) + 1;
        continue;
      }
      if (++width > columns) {
        return line.substring(0, at) + (line.indexOf(ESCAPE) < 0 ? "" : UNPAINTED);
      }
      at++;
    }
    return line;
  }
}
