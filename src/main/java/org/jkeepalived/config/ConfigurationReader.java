package org.jkeepalived.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jkeepalived.config.grammar.Grammar;
import org.jkeepalived.config.grammar.ShownConfiguration;
import org.jkeepalived.config.syntax.ConfigurationParser;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.config.syntax.ReadingBudget;
import org.jkeepalived.config.syntax.SourceLoader;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.SyntaxTree;

/**
 * Reads a configuration: the only door from text to the model. May be used again and again, from
 * one thread at a time.
 */
public final class ConfigurationReader {

  /** The name of the file beside keepalived.conf that holds our own settings. */
  private static final String OWN_FILE = "jkeepalived.conf";

  private final SourceLoader loader;
  private final ReadOptions options;
  private final ReadingBudget budget;

  /** Of a process that reads before anything runs. */
  public ConfigurationReader(SourceLoader loader, ReadOptions options) {
    this(loader, options, new ReadingBudget());
  }

  /**
   * @param budget of the process, for all its readings
   */
  public ConfigurationReader(SourceLoader loader, ReadOptions options, ReadingBudget budget) {
    this.budget = Objects.requireNonNull(budget);
    this.loader = Objects.requireNonNull(loader);
    this.options = Objects.requireNonNull(options);
  }

  /**
   * Reads a file, all that it includes, and {@code jkeepalived.conf} beside it if there is one.
   * Never throws on what it reads.
   *
   * @param path the main file, as the operator named it: messages quote it so
   */
  public LoadedConfiguration read(String path) {
    return read(path, path);
  }

  /**
   * The same of a file that is to take another one's place, beside which {@code jkeepalived.conf}
   * is.
   */
  public LoadedConfiguration read(String path, String settingsBeside) {
    RecordingLoader recording = new RecordingLoader(loader);
    ConfigurationParser parser =
        new ConfigurationParser(recording, options.parsing(), budget.next());
    SyntaxTree main = parser.parse(path);
    List<Statement> own = new ArrayList<>();
    List<Diagnostic> diagnostics = new ArrayList<>(main.diagnostics());
    ownFile(settingsBeside)
        .map(parser::parse)
        .ifPresent(
            tree -> {
              own.addAll(tree.statements());
              diagnostics.addAll(tree.diagnostics());
            });
    Grammar.Result result =
        Grammar.read(
            isTooLarge(main) ? List.of() : main.statements(),
            own,
            new Grammar.Machine(
                options.hostName(),
                options.links(),
                options.processors(),
                loader,
                options.linkMac(),
                options.vrfs()),
            options.scripts());
    diagnostics.addAll(result.diagnostics());
    boolean kept = result.configuration().globals().reloading().saveDirectory().isPresent();
    return new LoadedConfiguration(
        result.configuration(),
        result.notStarted(),
        DiagnosticOrder.of(path, diagnostics),
        kept ? recording.sources() : List.of(),
        main.statements().isEmpty());
  }

  /**
   * Reads the same, and hands out the lines of what was understood, each with its file and line,
   * and with the defaults of what is not written: for {@code config show}.
   *
   * @param path as in {@link #read}
   */
  public void show(String path, Consumer<String> lines) {
    ConfigurationParser parser = new ConfigurationParser(loader, options.parsing());
    ShownConfiguration.write(parser.parse(path).statements(), lines);
    ownFile(path)
        .map(parser::parse)
        .ifPresent(tree -> ShownConfiguration.write(tree.statements(), lines));
  }

  /** Whether it is about something that stands in the file of our own settings. */
  public static boolean isOfOwnFile(Diagnostic diagnostic) {
    return diagnostic
        .subject()
        .map(word -> word.line().file())
        .filter(file -> file.equals(OWN_FILE) || file.endsWith("/" + OWN_FILE))
        .isPresent();
  }

  /** Nobody runs half of it, and what is wrong with that half is not what is wrong. */
  private static boolean isTooLarge(SyntaxTree tree) {
    for (Diagnostic one : tree.diagnostics()) {
      if (one.code().equals(ConfigurationParser.TOO_LARGE_CODE)) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> ownFile(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.equals(OWN_FILE)) {
      return Optional.empty();
    }
    String directory = loader.directoryOf(path);
    List<String> files = loader.resolve(directory, OWN_FILE);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    String found = files.get(0);
    return Optional.of(found.startsWith("/") ? found : beside(directory, found));
  }

  private static String beside(String directory, String name) {
    return directory.endsWith("/") ? directory + name : directory + "/" + name;
  }
}
