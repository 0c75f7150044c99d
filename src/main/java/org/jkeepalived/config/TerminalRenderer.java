package org.jkeepalived.config;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.SourceLine;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.text.Printable;

/**
 * Shows diagnostics to a person: keepalived's line, the line of the file, a caret under the word,
 * and what to do.
 *
 * <pre>
 * (k.conf: Line 9) Unknown keyword 'prioritty'
 *    9 |     prioritty 100
 *      |     ^^^^^^^^^ did you mean 'priority'?
 * </pre>
 */
public final class TerminalRenderer {

  private static final String RESET = "\u001b[0m";
  private static final String RED = "\u001b[1;31m";
  private static final String YELLOW = "\u001b[1;33m";
  private static final String BLUE = "\u001b[1;34m";

  private final boolean colour;

  /**
   * @param colour whether the terminal shows colours, and nobody set {@code NO_COLOR}
   */
  public TerminalRenderer(boolean colour) {
    this.colour = colour;
  }

  /** All diagnostics, each line ended by a line feed. */
  public String render(List<Diagnostic> diagnostics) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < diagnostics.size(); i++) {
      Diagnostic diagnostic = diagnostics.get(i);
      String message = printable(PlainRenderer.render(diagnostic));
      out.append(painted(colourOf(diagnostic.severity()), message)).append('\n');
      // two remarks about one word share its snippet
      boolean more = i + 1 < diagnostics.size() && sameWord(diagnostic, diagnostics.get(i + 1));
      if (!more) {
        snippets(diagnostic, out);
      }
    }
    return out.toString();
  }

  private static boolean sameWord(Diagnostic one, Diagnostic other) {
    return one.subject().isPresent()
        && one.subject().equals(other.subject())
        && one.remedy().isEmpty()
        && one.related().isEmpty();
  }

  private void snippets(Diagnostic diagnostic, StringBuilder out) {
    String colourCode = colourOf(diagnostic.severity());
    Optional<String> hint = diagnostic.remedy();
    if (diagnostic.subject().isPresent()) {
      snippet(diagnostic.subject().get(), colourCode, hint, out);
      hint = Optional.empty();
    }
    for (Token related : diagnostic.related()) {
      snippet(related, colourCode, hint, out);
      hint = Optional.empty();
    }
    hint.ifPresent(text -> out.append("  ").append(printable(text)).append('\n'));
  }

  private void snippet(Token word, String colourCode, Optional<String> hint, StringBuilder out) {
    SourceLine line = word.line();
    String number = String.format("%5d", line.number());
    String bar = painted(BLUE, " | ");
    out.append(painted(BLUE, number)).append(bar).append(printable(line.text())).append('\n');
    out.append("     ").append(bar).append(padding(line.text(), word.startColumn()));
    int width = Math.max(1, Math.min(word.endColumn(), line.text().length()) - word.startColumn());
    String caret = "^".repeat(width) + hint.map(text -> " " + printable(text)).orElse("");
    out.append(painted(colourCode, caret)).append('\n');
    word.place()
        .definition()
        .ifPresent(
            definition ->
                out.append("      from a parameter's line ")
                    .append(definition.number())
                    .append(": ")
                    .append(printable(definition.text().strip()))
                    .append('\n'));
    Optional<SourceLine> from = line.includedFrom();
    while (from.isPresent()) {
      out.append("      included from ").append(printable(from.get().file()));
      out.append(" line ").append(from.get().number()).append('\n');
      from = from.get().includedFrom();
    }
  }

  /** As many columns as the text has before the word: tabs stay tabs. */
  private static String padding(String text, int columns) {
    StringBuilder padding = new StringBuilder();
    for (int i = 0; i < Math.min(columns, text.length()); i++) {
      padding.append(text.charAt(i) == '\t' ? '\t' : ' ');
    }
    return padding.toString();
  }

  /**
   * A configuration must not be able to steer the terminal that shows it; each character keeps its
   * column.
   */
  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(Printable.is(c) || c == '\t' ? c : '\ufffd');
    }
    return out.toString();
  }

  private static String colourOf(Severity severity) {
    return switch (severity) {
      case NOTE -> BLUE;
      case WARNING -> YELLOW;
      case FATAL -> RED;
    };
  }

  private String painted(String colourCode, String text) {
    return colour ? colourCode + text + RESET : text;
  }
}
