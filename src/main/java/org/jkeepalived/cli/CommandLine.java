package org.jkeepalived.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jkeepalived.config.ExitStatus;
import org.jkeepalived.linux.file.FileError;

/** Does what the command line asks for. */
public final class CommandLine {

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final Tasks tasks;

  /**
   * A command line that prints to these streams.
   *
   * @param environment the process's, for {@code NO_COLOR} and {@code TERM}
   */
  public CommandLine(
      PrintStream out, PrintStream err, Map<String, String> environment, Tasks tasks) {
    this.out = Objects.requireNonNull(out);
    this.err = Objects.requireNonNull(err);
    this.environment = Map.copyOf(environment);
    this.tasks = Objects.requireNonNull(tasks);
  }

  /**
   * Runs to the end what is asked for.
   *
   * @param arguments what follows the program's name
   * @return the process's exit code
   */
  public int run(List<String> arguments) {
    if (Subcommands.mayBeNamedIn(arguments)) {
      OptionalInt exitCode = subcommands().run(arguments);
      if (exitCode.isEmpty()) {
        err.println(CommandNames.unknown(arguments.get(0)));
        return ExitStatus.FATAL.code();
      }
      return exitCode.getAsInt();
    }
    Request request = OptionReader.read(arguments);
    if (request instanceof Request.Genhash) {
      request.complaints().forEach(err::println);
      return genhash(arguments);
    }
    return obey(request);
  }

  private Subcommands subcommands() {
    Subcommands all =
        new Subcommands(
            out, err, tasks.pages(), new AskCommands(out, err, environment, tasks.finder()));
    all.addConfig(tasks.shower());
    return all;
  }

  /** What stands behind {@code -T} is genhash's. */
  private int genhash(List<String> arguments) {
    int at = 0;
    while (at < arguments.size() && !arguments.get(at).matches("-[^-]*T|--ge[a-z]*")) {
      at++;
    }
    List<String> words = new ArrayList<>(List.of(Subcommands.GENHASH));
    words.addAll(arguments.subList(Math.min(at + 1, arguments.size()), arguments.size()));
    return subcommands().run(words).getAsInt();
  }

  private int obey(Request request) {
    request.complaints().forEach(err::println);
    if (request instanceof Request.Run run) {
      return tasks.daemon().run(run.options());
    }
    if (request instanceof Request.Release asked) {
      return tasks.release().run(asked.options(), out, err);
    }
    if (request instanceof Request.Test asked) {
      return test(asked);
    }
    if (request instanceof Request.SignalNumber signal) {
      out.println(signal.number());
    } else if (request instanceof Request.Version) {
      err.print(VersionText.text(environment));
    } else if (request instanceof Request.Help) {
      err.print(HelpText.OPTIONS);
    } else {
      // a router is nothing that a slip may start
      return (request instanceof Request.Misplaced ? ExitStatus.FATAL : ExitStatus.USAGE).code();
    }
    return ExitStatus.OK.code();
  }

  private int test(Request.Test asked) {
    if (asked.file().isEmpty()) {
      Terminal terminal = Terminal.of(Terminal.STANDARD_ERROR, environment);
      return tasks
          .test()
          .run(
              asked.options(),
              new ConfigTestCommand.Output(err, terminal.there(), terminal.coloured()));
    }
    try (PrintStream file =
        new PrintStream(append(asked.file().get()), true, StandardCharsets.UTF_8)) {
      return tasks.test().run(asked.options(), new ConfigTestCommand.Output(file, false, false));
    } catch (IOException refused) {
      err.println("Cannot write " + FileError.text(refused, Path.of(asked.file().get())));
      return ExitStatus.FATAL.code();
    }
  }

  /** COMPAT: several tests write to one file one after the other, which only its owner can read. */
  private static OutputStream append(String file) throws IOException {
    Path path = Path.of(file);
    if (Files.notExists(path)) {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    return Files.newOutputStream(path, StandardOpenOption.APPEND);
  }
}
