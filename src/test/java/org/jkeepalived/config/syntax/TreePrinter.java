package org.jkeepalived.config.syntax;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints trees: as configurations that read the same again, and with all their places. */
final class TreePrinter {
  private TreePrinter() {}

  /** Text that gives an equal tree when it is read. */
  static String print(SyntaxTree tree) {
    StringBuilder out = new StringBuilder();
    print(tree.statements(), "", false, out);
    return out.toString();
  }

  /** One line a statement, with the line and the columns of each of its words. */
  static String printWithPlaces(SyntaxTree tree) {
    StringBuilder out = new StringBuilder();
    print(tree.statements(), "", true, out);
    return out.toString();
  }

  /** One line a diagnostic. */
  static String printDiagnostics(SyntaxTree tree) {
    StringBuilder out = new StringBuilder();
    for (Diagnostic diagnostic : tree.diagnostics()) {
      out.append(diagnostic.severity()).append(' ').append(diagnostic.code());
      diagnostic
          .subject()
          .ifPresent(
              token -> out.append(' ').append(line(token)).append(':').append(columns(token)));
      out.append(' ').append(diagnostic.message());
      diagnostic
          .related()
          .forEach(
              token -> out.append(" | ").append(line(token)).append(':').append(columns(token)));
      out.append('\n');
    }
    return out.toString();
  }

  /** The keywords in the order they stand in, of all levels. */
  static List<String> keywords(List<Statement> statements) {
    return statements.stream()
        .flatMap(
            statement ->
                Stream.concat(
                    Stream.of(statement.keyword().text()),
                    statement.block().stream()
                        .flatMap(block -> keywords(block.statements()).stream())))
        .toList();
  }

  private static void print(
      List<Statement> statements, String indent, boolean places, StringBuilder out) {
    for (Statement statement : statements) {
      out.append(indent);
      out.append(places ? bracketed(statement) : source(statement));
      if (statement.block().isPresent()) {
        Statement.Block block = statement.block().get();
        out.append(places ? " {@" + columns(block.open()) + '\n' : " {\n");
        print(block.statements(), indent + "  ", places, out);
        out.append(indent);
        out.append(places ? block.close().map(TreePrinter::placed).orElse("(open)") : "}");
      }
      out.append('\n');
    }
  }

  private static String source(Statement statement) {
    return statement
        .written()
        .orElseGet(
            () -> statement.words().stream().map(Token::text).collect(Collectors.joining(" ")));
  }

  private static String bracketed(Statement statement) {
    return line(statement.keyword())
        + ' '
        + statement.words().stream()
            .map(
                word ->
                    (word.quoted() ? '"' + word.text() + '"' : word.text()) + '@' + columns(word))
            .collect(Collectors.joining(" "));
  }

  private static String placed(Token brace) {
    return "}@" + brace.line().number() + ':' + columns(brace);
  }

  private static String line(Token token) {
    return token.line().file() + ':' + token.line().number();
  }

  private static String columns(Token token) {
    return token.startColumn()
        + "-"
        + token.endColumn()
        + token.place().definition().map(line -> "<" + line.number()).orElse("");
  }
}
