package org.jkeepalived;

import java.util.List;
import java.util.Map;
import org.jkeepalived.cli.CommandLine;
import org.jkeepalived.daemon.DaemonOptions;
import org.jkeepalived.daemon.ExitStatus;
import org.jkeepalived.daemon.ProgramVersion;
import org.jkeepalived.linux.process.LaunchPipe;
import org.jkeepalived.log.Logging;
import org.jkeepalived.log.LoggingProvider;
import org.slf4j.LoggerFactory;

/** The program's entry point: wires the command line to what it starts, exits with its code. */
public final class Main {

  private Main() {}

  /** Runs the command line. */
  public static void main(String[] arguments) {
    LoggingProvider.choose();
    Map<String, String> environment = System.getenv();
    LaunchPipe launcher = LaunchPipe.of(environment);
    CommandLine commandLine =
        new CommandLine(
            System.out,
            System.err,
            environment,
            options -> runDaemon(options, environment),
            (options, output) -> {
              output.stream().println("-t is not yet supported");
              return ExitStatus.CANNOT_INITIALISE.code();
            });
    int exitCode = ExitStatus.CANNOT_INITIALISE.code();
    try {
      exitCode = commandLine.run(List.of(arguments));
    } finally {
      launcher.ended(exitCode);
    }
    System.exit(exitCode);
  }

  private static int runDaemon(DaemonOptions options, Map<String, String> environment) {
    boolean foreground = options.process().foreground();
    try (Logging logging = Logging.start(options.log(), foreground, environment)) {
      LoggerFactory.getLogger(Main.class).info("Starting {}", ProgramVersion.text());
      LoggerFactory.getLogger(Main.class).error("The daemon itself is not yet supported");
      logging.identifierSuffix(options.process().networkNamespace().map(n -> "_" + n).orElse(""));
    }
    return ExitStatus.CANNOT_INITIALISE.code();
  }
}
