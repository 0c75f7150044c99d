package org.jkeepalived.cli;

import org.jkeepalived.daemon.DaemonOptions;

/** Runs the daemon: what the command line does if no option asks for anything else. */
@FunctionalInterface
public interface DaemonStarter {

  /** Runs until the daemon has stopped, and returns the process's exit code. */
  int run(DaemonOptions options);
}
