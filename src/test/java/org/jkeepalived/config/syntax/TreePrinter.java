package org.jkeepalived.config.syntax;

import java.util.List;

/** Prints a tree so that reading it again gives an equal tree, and its diagnostics for people. */
final class TreePrinter {
  private TreePrinter() {}

  static String print(SyntaxTree tree) {
    StringBuilder out = new StringBuilder();
    print(tree.statements(), "", out);
    return out.toString();
  }

  static String printDiagnostics(SyntaxTree tree) {
    StringBuilder out = new StringBuilder();
    for (Diagnostic diagnostic : tree.diagnostics()) {
      out.append(diagnostic.severity()).append(' ').append(diagnostic.code()).append(' ');
      diagnostic.subject().ifPresent(token -> out.append(position(token)).append(' '));
      out.append(diagnostic.message());
      diagnostic.related().forEach(token -> out.append(" | ").append(position(token)));
      out.append('\n');
    }
    return out.toString();
  }

  static String position(Token token) {
    return token.line().file()
        + ':'
        + token.line().number()
        + ':'
        + token.startColumn()
        + '-'
        + token.endColumn()
        + token.place().definition().map(line -> "<" + line.number()).orElse("");
  }

  private static void print(List<Statement> statements, String indent, StringBuilder out) {
    for (Statement statement : statements) {
      out.append(indent);
      out.append(statement.written().orElseGet(() -> words(statement)));
      if (statement.block().isPresent()) {
        out.append(" {\n");
        print(statement.block().get().statements(), indent + "  ", out);
        out.append(indent).append("}");
      }
      out.append('\n');
    }
  }

  private static String words(Statement statement) {
    return String.join(" ", statement.words().stream().map(Token::text).toList());
  }
}
