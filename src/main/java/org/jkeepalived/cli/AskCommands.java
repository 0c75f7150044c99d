package org.jkeepalived.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jkeepalived.control.WantedFile;
import org.jkeepalived.log.LogTopics;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/** The subcommands that ask the running daemon: each sends a line, and prints the answer. */
final class AskCommands {

  private final PrintStream err;
  private final Map<String, String> environment;
  private final DaemonFinder finder;
  private final AskedDaemon asked;

  AskCommands(
      PrintStream out, PrintStream err, Map<String, String> environment, DaemonFinder finder) {
    this.err = err;
    asked = new AskedDaemon(out, err);
    this.environment = environment;
    this.finder = finder;
  }

  /** Adds all of them. */
  void addTo(picocli.CommandLine commands) {
    commands.addSubcommand(status());
    commands.addSubcommand(reload());
    commands.addSubcommand(plan());
    commands.addSubcommand(
        plain(
            "log-level",
            "Has the daemon log more or less of a topic from now on, or says how much it logs.",
            List.of(word("TOPIC", "0", topics()), word("LEVEL", "1", levels()))));
    commands.addSubcommand(maintenance());
    commands.addSubcommand(server());
  }

  private static String topics() {
    return LogTopics.meanings().entrySet().stream()
        .map(topic -> topic.getKey() + " (" + topic.getValue() + ")")
        .collect(Collectors.joining(", "));
  }

  private static String levels() {
    return String.join(", ", LogTopics.levels())
        + ": each has more than the one before; standard is as it was at the start";
  }

  private CommandSpec maintenance() {
    PositionalParamSpec what = word("on|off", "0", "hand over and stay out, or take part again");
    PositionalParamSpec name =
        word("NAME", "1..*", "an instance or a sync group, which goes as a whole; all without");
    OptionSpec span =
        OptionSpec.builder("--for")
            .type(String.class)
            .paramLabel("TIME")
            .description("ends by itself: 90s, 30m, 2h, 1d")
            .build();
    OptionSpec keep =
        flag(
            "stays out over a restart of the daemon or the machine, as does what was already kept",
            "--keep");
    Daemon daemon = new Daemon();
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(
            (Callable<Integer>)
                () -> {
                  List<String> words = new ArrayList<>(List.of("maintenance"));
                  words.addAll(strings(what));
                  String time = span.getValue();
                  if (time != null) {
                    words.add("--for=" + time);
                  }
                  if (keep.<Boolean>getValue()) {
                    words.add("--keep");
                  }
                  words.addAll(strings(name));
                  return ask(daemon, String.join(" ", words));
                });
    spec.name("maintenance")
        .addOption(span)
        .addOption(keep)
        .addPositional(what)
        .addPositional(name);
    spec.usageMessage()
        .description("Has another machine take over what this one holds, until told otherwise.");
    return daemon.addTo(spec);
  }

  private CommandSpec server() {
    PositionalParamSpec service = word("VS", "0", "the virtual server, such as 10.0.0.1:80");
    PositionalParamSpec real = word("RS", "1", "the real server, such as 10.0.0.11:80");
    PositionalParamSpec what =
        word("drain|enable|weight N", "2..*", "no new connections, what its checks say, a weight");
    OptionSpec save =
        flag(
            "holds over a restart of the daemon or the machine; without, what was saved before"
                + " holds then, until enable",
            "--save");
    Daemon daemon = new Daemon();
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(
            (Callable<Integer>)
                () -> {
                  List<String> words = new ArrayList<>(List.of("server"));
                  List.of(service, real, what).forEach(word -> words.addAll(strings(word)));
                  if (save.<Boolean>getValue()) {
                    words.add("--save");
                  }
                  return ask(daemon, String.join(" ", words));
                });
    spec.name("server")
        .addOption(save)
        .addPositional(service)
        .addPositional(real)
        .addPositional(what);
    spec.usageMessage().description("Says how much a real server is to serve.");
    return daemon.addTo(spec);
  }

  private CommandSpec status() {
    OptionSpec json = flag("the same for programs", "--json");
    OptionSpec metrics = flag("what is measured, as Prometheus reads it", "--metrics");
    OptionSpec watch = flag("shows it again every second, until Ctrl-C", "-w", "--watch");
    PositionalParamSpec name =
        word("NAME", "0..*", "an instance, a sync group or a virtual server; all without");
    Daemon daemon = new Daemon();
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(
            (Callable<Integer>)
                () -> {
                  if (metrics.<Boolean>getValue()) {
                    return ask(daemon, AskedDaemon.METRICS);
                  }
                  boolean asJson = json.getValue();
                  Terminal terminal = Terminal.of(Terminal.STANDARD_OUTPUT, environment);
                  List<String> words = new ArrayList<>();
                  words.add(
                      asJson
                          ? AskedDaemon.JSON
                          : terminal.coloured() ? AskedDaemon.COLOUR : "status");
                  words.addAll(strings(name));
                  String line = String.join(" ", words);
                  return watch.<Boolean>getValue()
                      ? asked.watch(
                          daemon.client(), line, daemon.meant(line), terminal.there() && !asJson)
                      : ask(daemon, line);
                });
    spec.name("status").addOption(json).addOption(metrics).addOption(watch).addPositional(name);
    spec.usageMessage().description("Shows what the running daemon does, and why.");
    return daemon.addTo(spec);
  }

  private CommandSpec reload() {
    CommandSpec spec =
        plain(
            "reload",
            "Has the daemon read its configuration again, and says what has changed.",
            List.of());
    spec.usageMessage()
        .exitCodeListHeading("%nExit status:%n")
        .exitCodeList(
            new TreeMap<>(
                Map.of(
                    "0",
                    "it is done",
                    "1",
                    "it was refused, or could not be done: the old configuration stays in force",
                    "5",
                    "it is done, although there are mistakes in the file")));
    return spec;
  }

  private CommandSpec plan() {
    Daemon daemon = new Daemon(false, "says it of this file");
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(
            (Callable<Integer>)
                () -> {
                  String line = daemon.file().map(file -> "plan " + file).orElse("plan");
                  return asked.ask(daemon.client(), line, line);
                });
    spec.name("plan");
    spec.usageMessage()
        .description("Says what a reload would change, and changes nothing.")
        .exitCodeListHeading("%nExit status:%n")
        .exitCodeList(
            new TreeMap<>(
                Map.of(
                    "0",
                    "a reload would do that",
                    "5",
                    "it would, although there are mistakes in the file",
                    "6",
                    "it would be refused")));
    return daemon.addTo(spec);
  }

  private CommandSpec plain(String command, String purpose, List<PositionalParamSpec> words) {
    Daemon daemon = new Daemon();
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(
            (Callable<Integer>)
                () -> {
                  List<String> line = new ArrayList<>(List.of(command));
                  words.forEach(word -> line.addAll(strings(word)));
                  return ask(daemon, String.join(" ", line));
                });
    spec.name(command);
    words.forEach(spec::addPositional);
    spec.usageMessage().description(purpose);
    return daemon.addTo(spec);
  }

  private static List<String> strings(PositionalParamSpec word) {
    List<String> given = word.getValue();
    return given == null ? List.of() : given;
  }

  private static PositionalParamSpec word(String label, String index, String description) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .index(index)
        .arity("0..1")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .converters(AskCommands::wholeWord)
        .description(description)
        .build();
  }

  /**
   * Words are told to the daemon in one line. An empty one, of a variable that is not set perhaps,
   * would be none there, and mean everything.
   */
  private static String wholeWord(String word) {
    if (word.isBlank() || word.startsWith("-") || word.chars().anyMatch(Character::isISOControl)) {
      throw new TypeConversionException("'" + word + "' is no name");
    }
    return word;
  }

  private static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length))
        .type(boolean.class)
        .defaultValue("false")
        .description(description)
        .build();
  }

  /** Which daemon is asked. */
  private final class Daemon {
    private final OptionSpec pidFile =
        text("PIDFILE", "asks the daemon that has this pid file", "-p", "--pid");
    private final OptionSpec namespace =
        text("NAMESPACE", "asks that of this network namespace", "-s", "--namespace");
    private final OptionSpec file;

    /** Whether that file is the daemon's. */
    private final boolean choosesByFile;

    Daemon() {
      this(true, "asks only a daemon that runs with this configuration");
    }

    /**
     * @param purpose what a configuration is named for
     */
    Daemon(boolean choosesByFile, String purpose) {
      this.choosesByFile = choosesByFile;
      file = text("FILE", purpose, "-f", "--use-file");
    }

    /** The configuration that is named, absolute. */
    Optional<Path> file() {
      String named = file.getValue();
      return Optional.ofNullable(named).map(name -> Path.of(name).toAbsolutePath());
    }

    private static OptionSpec text(String label, String description, String... names) {
      return OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length))
          .type(String.class)
          .paramLabel(label)
          .description(description)
          .build();
    }

    CommandSpec addTo(CommandSpec spec) {
      return spec.addOption(pidFile)
          .addOption(namespace)
          .addOption(file)
          .addOption(Subcommands.help())
          .exitCodeOnInvalidInput(2);
    }

    /** A line that another daemon refuses, where a configuration is named. */
    String meant(String line) {
      return file().map(name -> WantedFile.before(line, name)).orElse(line);
    }

    ControlClient client() {
      List<String> options = new ArrayList<>();
      for (OptionSpec each : List.of(pidFile, namespace, file)) {
        String value = each.getValue();
        if (value != null) {
          options.add(each.longestName() + "=" + value);
        }
      }
      Request request = OptionReader.read(options);
      request.complaints().forEach(err::println);
      return new ControlClient(
          finder.find(((Request.Run) request).options()), choosesByFile && file().isPresent());
    }
  }

  private int ask(Daemon daemon, String line) {
    return asked.ask(daemon.client(), line, daemon.meant(line));
  }
}
