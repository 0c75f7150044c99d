package org.jkeepalived.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jkeepalived.config.ExitStatus;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What the program does besides being the daemon, by the command line's first word: {@code
 * jkeepalived genhash}.
 *
 * <p>picocli's, declared without annotations; see the package for why the daemon's options are not.
 */
final class Subcommands {

  static final String GENHASH = "genhash";
  static final String EXPLAIN = "explain";

  private final picocli.CommandLine commands =
      new picocli.CommandLine(CommandSpec.create().name("jkeepalived"));
  private final PrintStream out;
  private final PrintStream err;

  Subcommands(PrintStream out, PrintStream err, PageAsker asker, AskCommands daemon) {
    this.out = out;
    this.err = err;
    daemon.addTo(commands);
    addExplain(out);
    addGenhash(new GenhashCommand(out, err, asker));
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
  }

  /** All of them as they are declared, by name; for the manual page and completion. */
  static Map<String, picocli.CommandLine> declared() {
    PageAsker nobody =
        (check, verbose, out, err) -> {
          throw new IllegalStateException("only declared");
        };
    AskCommands asking =
        new AskCommands(
            System.out,
            System.err,
            Map.of(),
            options -> {
              throw new IllegalStateException("nobody is asked");
            });
    Subcommands all = new Subcommands(System.out, System.err, nobody, asking);
    all.addConfig((options, lines) -> {});
    return new TreeMap<>(all.commands.getSubcommands());
  }

  /**
   * Whether it is worth asking {@link #run}, and loading picocli: the first word is no option, nor
   * what is left of a variable that a script has put in quotes.
   */
  static boolean mayBeNamedIn(List<String> arguments) {
    return !arguments.isEmpty() && !arguments.get(0).isEmpty() && !arguments.get(0).startsWith("-");
  }

  /**
   * Runs the subcommand that the first word names.
   *
   * @return its exit code; empty if there is none of that name
   */
  OptionalInt run(List<String> arguments) {
    return commands.getSubcommands().containsKey(arguments.get(0))
        ? OptionalInt.of(commands.execute(arguments.toArray(String[]::new)))
        : OptionalInt.empty();
  }

  private void addGenhash(GenhashCommand genhash) {
    picocli.CommandLine command = new picocli.CommandLine(genhash.spec().name(GENHASH));
    command.setAbbreviatedOptionsAllowed(true);
    command.setOverwrittenOptionsAllowed(true);
    commands.addSubcommand(command);
    picocli.CommandLine.IParameterExceptionHandler others = commands.getParameterExceptionHandler();
    commands.setParameterExceptionHandler(
        (wrong, arguments) ->
            wrong.getCommandLine() == command
                ? genhash.refuse(wrong.getMessage())
                : others.handleParseException(wrong, arguments));
  }

  /** {@code config show}, for which no daemon need run. */
  void addConfig(ConfigurationShower shower) {
    OptionSpec file =
        OptionSpec.builder("-f", "--use-file")
            .type(String.class)
            .paramLabel("FILE")
            .description("shows this file, and what it includes")
            .build();
    Callable<Integer> show =
        () -> {
          String named = file.getValue();
          Request.Run request =
              (Request.Run)
                  OptionReader.read(named == null ? List.of() : List.of("--use-file=" + named));
          boolean[] any = {false};
          shower.show(
              request.options(),
              line -> {
                any[0] = true;
                out.print(ShownText.plain(line + "\n"));
              });
          if (any[0]) {
            return ExitStatus.OK.code();
          }
          err.println(request.options().configuration().file() + " is not there, or empty");
          return ExitStatus.FATAL.code();
        };
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(show).name("show").addOption(file).addOption(help());
    spec.usageMessage()
        .description(
            "Shows the configuration as it is understood: what is included and what parameters"
                + " stand for, with file and line, and the defaults of what is not written.");
    CommandSpec config = CommandSpec.create().name("config").addOption(help());
    config.usageMessage().description("What the configuration says.");
    picocli.CommandLine group = new picocli.CommandLine(config);
    group.addSubcommand(spec);
    commands.addSubcommand(group);
  }

  private void addExplain(PrintStream out) {
    PositionalParamSpec keywords =
        PositionalParamSpec.builder()
            .paramLabel("KEYWORD")
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("a keyword, or BLOCK/KEYWORD for that of one block")
            .build();
    Callable<Integer> explain =
        () -> new ExplainCommand(out, err).run(keywords.<List<String>>getValue());
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(explain)
            .name(EXPLAIN)
            .exitCodeOnInvalidInput(ExitStatus.USAGE.code())
            .addPositional(keywords)
            .addOption(help());
    spec.usageMessage()
        .description(
            "Explain keywords of keepalived.conf: what is to be written, range and default, and"
                + " the blocks it stands in.");
    commands.addSubcommand(spec);
  }

  /** For every subcommand. */
  static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Display this help message and exit.")
        .build();
  }
}
