package org.jkeepalived;

import java.util.List;
import java.util.Map;
import org.jkeepalived.cli.CommandLine;
import org.jkeepalived.cli.ConfigurationFiles;
import org.jkeepalived.cli.Tasks;
import org.jkeepalived.config.ExitStatus;
import org.jkeepalived.daemon.ControlPlace;
import org.jkeepalived.daemon.Daemon;
import org.jkeepalived.daemon.DaemonOptions;
import org.jkeepalived.daemon.Preparations;
import org.jkeepalived.daemon.Release;
import org.jkeepalived.host.lvs.check.PageHashRun;
import org.jkeepalived.linux.process.LaunchPipe;
import org.jkeepalived.log.Logging;
import org.jkeepalived.log.LoggingProvider;

/** The program's entry point: wires the command line to what it starts, exits with its code. */
public final class Main {

  private Main() {}

  /** Runs the command line. */
  public static void main(String[] arguments) {
    Preparations preparations = Preparations.begin();
    LoggingProvider.choose();
    Map<String, String> environment = System.getenv();
    LaunchPipe launcher = LaunchPipe.of(environment);
    ConfigurationFiles files = new ConfigurationFiles(environment);
    CommandLine commandLine =
        new CommandLine(
            System.out,
            System.err,
            environment,
            new Tasks(
                options -> runDaemon(options, files, environment, launcher, preparations),
                files,
                (options, out, err) -> new Release(options, out, err).run(files::read),
                PageHashRun::run,
                options -> ControlPlace.of(options, files::read),
                files::show));
    int exitCode = ExitStatus.FATAL.code();
    try {
      exitCode = commandLine.run(List.of(arguments));
      if (exitCode == ExitStatus.OK.code() && System.out.checkError()) {
        exitCode = ExitStatus.FATAL.code(); // whoever keeps what was printed has not got all of it
      }
    } catch (Throwable bug) {
      bug.printStackTrace();
    } finally {
      end(exitCode, launcher);
    }
  }

  /**
   * The process ends with this thread, whatever other threads there are, and whatever is lacking.
   */
  private static void end(int exitCode, LaunchPipe launcher) {
    try {
      launcher.ended(exitCode);
      System.exit(exitCode);
    } finally {
      // libraries have hooks that are threads, and at the limit of processes there is none
      Runtime.getRuntime().halt(exitCode);
    }
  }

  private static int runDaemon(
      DaemonOptions options,
      ConfigurationFiles files,
      Map<String, String> environment,
      LaunchPipe launcher,
      Preparations preparations) {
    boolean foreground = options.process().foreground();
    try (Logging logging = Logging.start(options.log(), foreground, environment)) {
      preparations.loggingIsUp(options.subsystems().vrrp());
      return Daemon.run(options, files::read, environment, logging, launcher);
    }
  }
}
