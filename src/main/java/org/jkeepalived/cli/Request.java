package org.jkeepalived.cli;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.daemon.DaemonOptions;

/**
 * What a command line asks for.
 *
 * <p>COMPAT: keepalived acts on its options one by one: {@code --bogus -v} complains about the
 * first, prints the version and exits with 0. So a request comes with what was complained about on
 * the way to it.
 */
sealed interface Request {

  /** What to print on standard error first, a line each. */
  List<String> complaints();

  /** Run the daemon. */
  record Run(List<String> complaints, DaemonOptions options) implements Request {}

  /** {@code -t}, with the file to write to if there is one. */
  record Test(List<String> complaints, DaemonOptions options, Optional<String> file)
      implements Request {}

  /** {@code --release}. */
  record Release(List<String> complaints, DaemonOptions options) implements Request {}

  record Version(List<String> complaints) implements Request {}

  record Help(List<String> complaints) implements Request {}

  /** {@code --signum}: print this number. */
  record SignalNumber(List<String> complaints, int number) implements Request {}

  record Genhash(List<String> complaints) implements Request {}

  /** A command that does not come first: exit with 2. */
  record Misplaced(List<String> complaints) implements Request {}

  /** Nothing but complaints: exit with 1. */
  record Rejected(List<String> complaints) implements Request {}
}
