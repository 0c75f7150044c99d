package org.jkeepalived.config.syntax;

import java.util.List;
import org.jkeepalived.model.CNumber;

/** Makes a statement of a text in which nothing is left to replace. */
final class StatementReader {
  private final Pool pool;
  private final SyntaxReport report;
  private final Limits limits;
  private final TreeBuilder tree;
  private final Parameters parameters;

  StatementReader(
      Pool pool, SyntaxReport report, Limits limits, TreeBuilder tree, Parameters parameters) {
    this.pool = pool;
    this.report = report;
    this.limits = limits;
    this.tree = tree;
    this.parameters = parameters;
  }

  /**
   * Adds a statement to the tree; a text without words is none.
   *
   * @param whole the text without blanks at its ends
   * @param file the file that is being read
   * @return false when there is no room for it
   */
  boolean add(Text whole, OpenFile file) {
    Text text = withoutContinuation(whole);
    PlainWords plain = PlainWords.of(text, pool);
    if (plain.openQuote().isPresent() && !PlainWords.hasOddQuotes(text.line().text())) {
      report.warning(
          "unterminated-quote",
          "Unterminated quote '" + text.shown() + "'",
          text,
          "Close the quoted string on the line it starts on");
    }
    List<Token> words = plain.words();
    if (words.isEmpty()) {
      return true;
    }
    if (!limits.keep(words.size())) {
      return false;
    }
    if (tree.isDirectlyIn("global_defs")) {
      obey(words, file);
    }
    tree.statement(words, PlainWords.written(text));
    return true;
  }

  /** COMPAT: keepalived makes a backslash at the end of a line part of the last word. */
  private Text withoutContinuation(Text whole) {
    int end = whole.length();
    while (end > 0
        && whole.at(end - 1) == '\\'
        && (end == 1 || Blanks.isBlank(whole.at(end - 2)))) {
      end--;
      while (end > 0 && Blanks.isBlank(whole.at(end - 1))) {
        end--;
      }
    }
    if (end == whole.length()) {
      return whole;
    }
    report.warning(
        "stray-continuation",
        "'\\' at the end of a line that continues no definition",
        whole.from(whole.length() - 1),
        "Write the statement on one line");
    return whole.sub(0, end);
  }

  /** Says which references of a text should have been replaced. */
  void reportUnresolved(Text text, Scan scan) {
    for (Reference reference : scan.unresolved()) {
      Text at = text.sub(reference.start(), reference.end());
      boolean misplaced = parameters.isMultiline(reference);
      if (!misplaced && !reference.braced()) {
        // a dollar sign means nothing by itself: it may well belong to a password
        continue;
      }
      report.warning(
          "undefined-parameter",
          misplaced
              ? "Parameter '" + at.shown() + "' has several lines and can only end a line"
              : "Parameter '" + at.shown() + "' is not defined",
          at,
          misplaced
              ? "Write what follows it on a line of its own"
              : "Define it before this line, or quote the word if it is meant as it is written");
    }
  }

  /** The two keywords that concern the reading itself. */
  private void obey(List<Token> words, OpenFile file) {
    List<Token> arguments = words.subList(1, words.size());
    if (words.get(0).is("include_check")) {
      file.setChecks(IncludeCheck.change(file.checks(), arguments, report));
    } else if (words.get(0).is("random_seed") && !arguments.isEmpty()) {
      // what is wrong with the number is for the keyword's own grammar to say
      CNumber.decimal(arguments.get(0).text()).ifPresent(parameters::seed);
    }
  }
}
