package org.jkeepalived.model;

import java.util.Objects;
import java.util.Optional;

/**
 * How the kernel is to treat the daemon and its parts, where keepalived has a process for each.
 *
 * @param rising {@code max_auto_priority} and {@code min_auto_priority_delay}
 * @param name {@code process_name}: the daemon's, at most 15 bytes; empty for the name that it was
 *     started by
 * @param umask {@code umask}: the permissions that no new file gets, 0 to 0777
 * @param vrrp that part which speaks VRRP
 * @param checker that part which looks after virtual servers
 */
public record Processes(
    AutoPriority rising,
    Optional<String> name,
    int umask,
    ProcessSettings vrrp,
    ProcessSettings checker) {

  /** COMPAT: new files are their owner's alone, who may not execute them. */
  public static final int UMASK = 0177;

  private static final int MOST_UMASK = 0777;

  /** What holds where nothing is said. */
  public static final Processes STANDARD =
      new Processes(
          AutoPriority.NONE,
          Optional.empty(),
          UMASK,
          ProcessSettings.VRRP,
          ProcessSettings.STANDARD);

  public Processes {
    Objects.requireNonNull(rising);
    Objects.requireNonNull(name);
    Objects.requireNonNull(vrrp);
    Objects.requireNonNull(checker);
    if (umask < 0 || umask > MOST_UMASK) {
      throw new IllegalArgumentException("no umask: " + umask);
    }
  }
}
