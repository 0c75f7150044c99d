package org.jkeepalived.config;

import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.config.grammar.Grammar;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.SyntaxTree;

/** Reads a configuration: the only door from text to the model. */
public final class ConfigurationReader {

  private ConfigurationReader() {}

  /**
   * Makes the model of statements.
   *
   * @param trees keepalived.conf, and our own file beside it, if there is one
   * @param options what the text does not tell
   */
  static LoadedConfiguration interpret(List<SyntaxTree> trees, ReadOptions options) {
    List<Statement> statements = new ArrayList<>();
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (SyntaxTree tree : trees) {
      statements.addAll(tree.statements());
      diagnostics.addAll(tree.diagnostics());
    }
    Grammar.Result result =
        Grammar.read(statements, options.hostName(), options.links(), options.scripts());
    diagnostics.addAll(result.diagnostics());
    return new LoadedConfiguration(result.configuration(), diagnostics);
  }
}
