package org.jkeepalived.config.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Where words stand: what every diagnostic relies on. */
public final class Places {

  private Places() {}

  /** All that a tree, and what is said about it, points at. */
  public static void check(SyntaxTree tree) {
    tree.statements().forEach(Places::check);
    for (Diagnostic diagnostic : tree.diagnostics()) {
      diagnostic.subject().ifPresent(Places::check);
      diagnostic.related().forEach(Places::check);
    }
  }

  private static void check(Statement statement) {
    statement.words().forEach(Places::check);
    statement.escapedWords().words().forEach(Places::check);
    if (statement.block().isPresent()) {
      check(statement.block().get().open());
      statement.block().get().close().ifPresent(Places::check);
      statement.block().get().statements().forEach(Places::check);
    }
  }

  /** A place lies on its line, and a word that was not replaced stands there as it is. */
  public static void check(Token token) {
    String line = token.line().text();
    assertTrue(token.startColumn() <= token.endColumn());
    assertTrue(token.endColumn() <= line.length(), () -> token + " ends behind its line");
    String written = line.substring(token.startColumn(), token.endColumn());
    if (token.place().definition().isEmpty()
        && !token.quoted()
        && !written.contains("$")
        && !written.contains("\\")
        && !written.contains("\"")
        && !written.contains("'")) {
      assertEquals(written, token.text());
    }
  }
}
