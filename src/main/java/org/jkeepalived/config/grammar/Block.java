package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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

  /** The names of the blocks around it and its own, separated by slashes. */
  String path() {
    return path;
  }

  /** The declared keywords, in the order of the tables. */
  List<Keyword<T>> keywords() {
    return List.copyOf(keywords.values());
  }

  /** Whether a keyword is declared here. */
  boolean knows(String keyword) {
    return keywords.containsKey(keyword);
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
      if (wellFormed(statement, keyword.arity(), () -> Optional.of(keyword.syntax()), report)) {
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
      unknown(statement, path, words, report);
    }
  }

  /**
   * Says that a keyword is unknown, once, whatever stands in its block.
   *
   * @param block where it stands, as the catalogue calls it
   * @param known the keywords of that block
   */
  static void unknown(Statement statement, String block, List<String> known, GrammarReport report) {
    Token word = statement.keyword();
    String message = "Unknown keyword '" + word.text() + "'";
    Optional<String> remedy = UnknownKeyword.remedy(word.text(), block, known);
    if (remedy.isPresent()) {
      report.at(word, Severity.WARNING, "unknown-keyword", message, remedy.get());
    } else {
      report.warn(word, "unknown-keyword", message);
    }
  }

  static boolean wellFormed(Statement statement, Keyword.Arity arity, GrammarReport report) {
    return wellFormed(statement, arity, Optional::empty, report);
  }

  /**
   * Whether a statement has what its keyword asks for; what is wrong is reported.
   *
   * @param syntax what is to be written, for the hint; empty where that is not known
   */
  private static boolean wellFormed(
      Statement statement,
      Keyword.Arity arity,
      Supplier<Optional<String>> syntax,
      GrammarReport report) {
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
      unexpectedBrace(statement, report);
    }
    boolean needsArgument = arity == Keyword.Arity.REQUIRED || arity == Keyword.Arity.NAMED_BLOCK;
    if (needsArgument && statement.arguments().isEmpty()) {
      String message =
          "*** Configuration line starting `"
              + word.text()
              + "` is missing a parameter after keyword `"
              + word.text()
              + "` at word position 2";
      String code = Grammar.MISSING_PARAMETER_CODE;
      if (syntax.get().isPresent()) {
        report.at(word, Severity.FATAL, code, message, "write: " + syntax.get().get());
      } else {
        report.at(word, Severity.FATAL, code, message);
      }
      return false;
    }
    return true;
  }

  private static void unexpectedBrace(Statement statement, GrammarReport report) {
    Token brace = statement.block().orElseThrow().open();
    String message = "Unexpected '{' - ignoring";
    if (statement.arguments().stream().anyMatch(word -> word.text().startsWith("//"))) {
      report.at(
          brace, Severity.WARNING, "unexpected-brace", message, UnknownKeyword.ABOUT_COMMENTS);
    } else {
      report.warn(brace, "unexpected-brace", message);
    }
  }
}
