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
      retired(word, report);
    } else {
      report.at(word, Severity.NOTE, CODE + "-keyword", message(word, draft));
    }
    checkInside(statement, entry, report);
  }

  /** keepalived calls it unknown, which is an error of the file there as here. */
  private static void retired(Token word, GrammarReport report) {
    report.at(
        word,
        Severity.WARNING,
        "retired-keyword",
        "keyword '" + word.text() + "' is no longer known to keepalived and has no effect",
        "take the line out");
  }

  private static String message(Token word, Draft draft) {
    return draft instanceof RealServerDraft server && word.text().endsWith("_CHECK")
        ? "keyword '"
            + word.text()
            + "' is not yet supported by jkeepalived: real server "
            + server.address.addressText()
            + " is taken to be well unless another check fails"
        : message(word);
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
                  retired(inner.keyword(), report);
                }
                checkInside(inner, known, report);
              },
              () -> Block.unknown(inner, entry.path(), names, report));
    }
  }
}
