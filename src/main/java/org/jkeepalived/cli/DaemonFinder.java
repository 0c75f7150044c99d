package org.jkeepalived.cli;

import org.jkeepalived.daemon.ControlPlace;
import org.jkeepalived.daemon.DaemonOptions;

/** Where the daemon is to be asked that some options name. */
@FunctionalInterface
public interface DaemonFinder {
  ControlPlace find(DaemonOptions options);
}
