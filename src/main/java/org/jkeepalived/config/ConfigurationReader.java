package org.jkeepalived.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.config.grammar.Grammar;
import org.jkeepalived.config.syntax.ConfigurationParser;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.config.syntax.FileSystemLoader;
import org.jkeepalived.config.syntax.ParseOptions;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.SyntaxTree;

/** Reads a configuration: the only door from text to the model. */
public final class ConfigurationReader {

  private static final String OWN_FILE = "jkeepalived.conf";

  private ConfigurationReader() {}

  /**
   * Reads keepalived.conf, and our own jkeepalived.conf beside it if there is one.
   *
   * @param file the path as the operator named it
   * @param parse what the language depends on
   * @param options what the text does not tell
   */
  public static LoadedConfiguration read(String file, ParseOptions parse, ReadOptions options) {
    ConfigurationParser parser = new ConfigurationParser(new FileSystemLoader(), parse);
    List<SyntaxTree> trees = new ArrayList<>();
    trees.add(parser.parse(file));
    Path own = Path.of(file).resolveSibling(OWN_FILE);
    if (Files.isRegularFile(own) && !own.equals(Path.of(file))) {
      trees.add(parser.parse(own.toString()));
    }
    return interpret(trees, options);
  }

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
