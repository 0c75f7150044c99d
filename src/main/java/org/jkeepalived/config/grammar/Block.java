package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/**
 * A block's table of keywords: those declared here are carried into a draft, those that only the
 * {@link Catalogue} knows are answered once, all others are unknown.
 */
final class Block<T extends Draft> {

  private final String path;
  private final Map<String, Keyword<T>> keywords = new LinkedHashMap<>();

  /**
   * @param path the names of the blocks around it and its own, separated by slashes; the
   *     catalogue's name for the block
   */
  @SafeVarargs
  Block(String path, List<Keyword<T>>... tables) {
    this.path = path;
    for (List<Keyword<T>> table : tables) {
      for (Keyword<T> keyword : table) {
        if (keywords.put(keyword.name(), keyword) != null) {
          throw new IllegalStateException(keyword.name() + " is declared twice in " + path);
        }
      }
    }
  }

  /** The declared keywords, in the order of the tables. */
  List<Keyword<T>> keywords() {
    return List.copyOf(keywords.values());
  }

  void read(List<Statement> statements, T draft, GrammarReport report) {
    for (Statement statement : statements) {
      read(statement, draft, report);
    }
  }

  void read(Statement statement, T draft, GrammarReport report) {
    Keyword<T> keyword = keywords.get(statement.keyword().text());
    if (keyword != null) {
      if (keyword.arity() == Keyword.Arity.REQUIRED && statement.arguments().isEmpty()) {
        draft.broken();
      }
      if (wellFormed(statement, keyword.arity(), report)) {
        draft.saw(statement.keyword());
        keyword.reader().read(statement, draft, report);
      }
      return;
    }
    Optional<Catalogue.Entry> known = Catalogue.find(path, statement.keyword().text());
    if (known.isPresent()) {
      Unsupported.read(statement, known.get(), draft, report);
    } else {
      List<String> words = new ArrayList<>(keywords.keySet());
      words.addAll(Catalogue.names(path));
      unknown(statement, words, report);
    }
  }

  /** Says that a keyword is unknown, once, whatever stands in its block. */
  static void unknown(Statement statement, List<String> known, GrammarReport report) {
    Token word = statement.keyword();
    String message = "Unknown keyword '" + word.text() + "'";
    Optional<String> nearest = NearestWord.of(word.text(), known);
    if (nearest.isPresent()) {
      String remedy = "did you mean '" + nearest.get() + "'?";
      report.at(word, Severity.WARNING, "unknown-keyword", message, remedy);
    } else {
      report.warn(word, "unknown-keyword", message);
    }
  }

  static boolean wellFormed(Statement statement, Keyword.Arity arity, GrammarReport report) {
    Token word = statement.keyword();
    boolean isBlock =
        arity == Keyword.Arity.BLOCK
            || arity == Keyword.Arity.NAMED_BLOCK
            || arity == Keyword.Arity.LIST;
    if (arity == Keyword.Arity.LIST && !statement.arguments().isEmpty()) {
      Token extra = statement.arguments().get(0);
      report.warn(
          extra,
          "extra-parameter",
          "Block " + word.text() + " has extra parameters " + extra.text() + " ...");
      return statement.block().isPresent();
    }
    if (isBlock && statement.block().isEmpty()) {
      report.warn(word, "missing-brace", "Missing '{' at beginning of configuration block");
      return false;
    }
    if (!isBlock && statement.block().isPresent()) {
      // keepalived reads the block's words as if they stood outside; that helps nobody
      report.warn(statement.block().get().open(), "unexpected-brace", "Unexpected '{' - ignoring");
    }
    boolean needsArgument = arity == Keyword.Arity.REQUIRED || arity == Keyword.Arity.NAMED_BLOCK;
    if (needsArgument && statement.arguments().isEmpty()) {
      report.at(
          word,
          Severity.FATAL,
          "missing-parameter",
          "*** Configuration line starting `"
              + word.text()
              + "` is missing a parameter after keyword `"
              + word.text()
              + "` at word position 2");
      return false;
    }
    return true;
  }
}
