package org.jkeepalived.cli;

import java.io.PrintStream;
import java.util.Objects;
import org.jkeepalived.daemon.DaemonOptions;

/** {@code -t}: reads the configuration, tells what is wrong with it, changes nothing. */
@FunctionalInterface
public interface ConfigTestCommand {

  /** Returns the exit code of {@code keepalived -t}, one of {@code config.ExitStatus}. */
  int run(DaemonOptions options, Output output);

  /**
   * Where diagnostics go.
   *
   * @param stream standard error, or the file of {@code -tFILE}
   * @param terminal a person is reading: show the line and a hint, too
   * @param colour the person's terminal is to be coloured: false if {@code NO_COLOR} is set
   */
  record Output(PrintStream stream, boolean terminal, boolean colour) {
    public Output {
      Objects.requireNonNull(stream);
      if (colour && !terminal) {
        throw new IllegalArgumentException("colour is for terminals");
      }
    }
  }
}
