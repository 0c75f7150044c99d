package org.jkeepalived.cli;

import java.io.PrintStream;
import java.util.List;
import org.jkeepalived.config.ExitStatus;
import org.jkeepalived.config.grammar.Explanation;

/** {@code jkeepalived explain KEYWORD…}. */
final class ExplainCommand {

  private final PrintStream out;
  private final PrintStream err;

  ExplainCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Explains each keyword, with an empty line between two.
   *
   * @return the exit code: 1 if there is a word that is no keyword
   */
  int run(List<String> keywords) {
    ExitStatus status = ExitStatus.OK;
    String separator = "";
    for (String keyword : keywords) {
      List<String> lines = Explanation.of(keyword);
      if (lines.isEmpty()) {
        status = ExitStatus.USAGE;
        err.println(
            "explain: '"
                + keyword
                + "' is no keyword"
                + Explanation.nearest(keyword)
                    .map(nearest -> "; did you mean '" + nearest + "'?")
                    .orElse(""));
      } else {
        out.print(separator);
        lines.forEach(out::println);
        separator = System.lineSeparator();
      }
    }
    return status.code();
  }
}
