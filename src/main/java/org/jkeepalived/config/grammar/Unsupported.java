package org.jkeepalived.config.grammar;

import java.util.List;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/** Answers, once for each use, what keepalived knows and we do not do yet. */
final class Unsupported {

  /** How the codes of diagnostics begin that are about us and not about the file. */
  static final String CODE = "unsupported";

  private Unsupported() {}

  /** Says that a known keyword has no effect, and checks what stands in its block. */
  static void read(Statement statement, Catalogue.Entry entry, Draft draft, GrammarReport report) {
    Token word = statement.keyword();
    Keyword.Arity arity =
        switch (entry.body()) {
          case LINE -> Keyword.Arity.FLAG;
          case BLOCK, NAMED_LIST -> Keyword.Arity.BLOCK;
          case LIST -> Keyword.Arity.LIST;
        };
    if (!Block.wellFormed(statement, arity, report)) {
      return;
    }
    if (entry.retired()) {
      report.at(
          word,
          Severity.NOTE,
          CODE + "-retired",
          "keyword '" + word.text() + "' is no longer known to keepalived and has no effect");
    } else {
      report.at(word, Severity.NOTE, CODE + "-keyword", message(word));
    }
    checkInside(statement, entry, report);
  }

  static String message(Token word) {
    return "keyword '" + word.text() + "' is not yet supported by jkeepalived and has no effect";
  }

  /** The block as a whole has been answered: inside, only what is unknown is worth a word. */
  static void checkInside(Statement statement, Catalogue.Entry entry, GrammarReport report) {
    if (entry.body() != Catalogue.Body.BLOCK || statement.block().isEmpty()) {
      return;
    }
    List<String> names = Catalogue.names(entry.path());
    for (Statement inner : statement.block().get().statements()) {
      Catalogue.find(entry.path(), inner.keyword().text())
          .ifPresentOrElse(
              known -> {
                if (known.retired()) {
                  report.at(
                      inner.keyword(),
                      Severity.NOTE,
                      CODE + "-retired",
                      "keyword '"
                          + inner.keyword().text()
                          + "' is no longer known to keepalived and has no effect");
                }
                checkInside(inner, known, report);
              },
              () -> Block.unknown(inner, names, report));
    }
  }
}
