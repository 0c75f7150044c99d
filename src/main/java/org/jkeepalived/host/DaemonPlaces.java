package org.jkeepalived.host;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jkeepalived.host.kernel.JournalPath;

/**
 * Where a daemon writes down what is to outlive it.
 *
 * @param journal what it has put into the kernel, until the machine's next start
 * @param state the folder of what outlives the machine's next start, too
 * @param configuration what it runs with, absolute: what is written down may be said of that alone
 */
public record DaemonPlaces(JournalPath journal, Path state, Path configuration) {

  private static final Path STATE = Path.of("/var/lib/jkeepalived");

  public DaemonPlaces {
    Objects.requireNonNull(journal);
    Objects.requireNonNull(state);
    Objects.requireNonNull(configuration);
  }

  /**
   * Those of the daemon that has a pid file.
   *
   * @param environment the process's: systemd names the folder in {@code STATE_DIRECTORY}
   */
  public static DaemonPlaces of(Path pidFile, Map<String, String> environment, Path configuration) {
    String named = environment.getOrDefault("STATE_DIRECTORY", "");
    return new DaemonPlaces(
        JournalPath.of(pidFile),
        named.startsWith("/") ? Path.of(named.split(":")[0]) : STATE,
        configuration);
  }

  /** What the operator wishes of real servers over a restart. */
  Path wishes() {
    return journal.lasting(state, ".servers");
  }

  /** What is to stay out over a restart. */
  Path maintenance() {
    return journal.lasting(state, ".maintenance");
  }
}
