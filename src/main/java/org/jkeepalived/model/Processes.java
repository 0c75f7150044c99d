package org.jkeepalived.model;

import java.util.Objects;

/**
 * How urgent the parts of the daemon are to the kernel.
 *
 * @param rising {@code max_auto_priority} and {@code min_auto_priority_delay}
 * @param checker that part which looks after virtual servers
 */
public record Processes(AutoPriority rising, ProcessSettings checker) {

  /** What holds where nothing is said. */
  public static final Processes STANDARD =
      new Processes(AutoPriority.NONE, ProcessSettings.STANDARD);

  public Processes {
    Objects.requireNonNull(rising);
    Objects.requireNonNull(checker);
  }
}
