package org.jkeepalived.config.syntax;

import java.util.List;

/**
 * What reading a configuration gave: the statements that could be understood, and what there is to
 * say about the rest. Both are always there: a partial tree comes back with its diagnostics.
 */
public record SyntaxTree(List<Statement> statements, List<Diagnostic> diagnostics) {
  public SyntaxTree {
    statements = List.copyOf(statements);
    diagnostics = List.copyOf(diagnostics);
  }
}
