package org.jkeepalived.track;

import java.util.Optional;

/** Looks at one process. */
@FunctionalInterface
public interface ProcessLookup {
  /**
   * The process as it is now; empty if it is gone.
   *
   * @param commandLineBytes how much of its command line is wanted; 0 for nothing of it
   */
  Optional<ProcessFacts> look(int process, int commandLineBytes);
}
