package org.jkeepalived;

import java.util.List;
import org.jkeepalived.cli.CommandLine;
import org.jkeepalived.daemon.DaemonOptions;
import org.jkeepalived.daemon.ExitStatus;

/** The program's entry point: wires the command line to what it starts, exits with its code. */
public final class Main {

  private Main() {}

  /** Runs the command line. */
  public static void main(String[] arguments) {
    CommandLine commandLine =
        new CommandLine(
            System.out,
            System.err,
            System.getenv(),
            Main::runDaemon,
            (options, output) -> {
              output.stream().println("-t is not yet supported");
              return ExitStatus.CANNOT_INITIALISE.code();
            });
    System.exit(commandLine.run(List.of(arguments)));
  }

  private static int runDaemon(DaemonOptions options) {
    System.err.println("The daemon itself is not yet supported");
    return ExitStatus.CANNOT_INITIALISE.code();
  }
}
