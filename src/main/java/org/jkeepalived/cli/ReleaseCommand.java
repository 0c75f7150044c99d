package org.jkeepalived.cli;

import java.io.PrintStream;
import org.jkeepalived.daemon.DaemonOptions;

/** {@code --release}: removes what a daemon that was killed has left in the kernel. */
@FunctionalInterface
public interface ReleaseCommand {

  /**
   * Returns the process's exit code.
   *
   * @param out hears what was removed
   * @param err hears what could not be removed
   */
  int run(DaemonOptions options, PrintStream out, PrintStream err);
}
