package org.jkeepalived.model;

import java.util.Objects;
import java.util.Optional;

/**
 * What happens around the reading of a configuration.
 *
 * @param checked {@code reload_check_config}: a reload takes place only if nothing is wrong with
 *     the new configuration
 * @param checkLog its file, which then holds what is wrong
 * @param timeFile {@code reload_time_file}: holds the time of a reload
 * @param repeated {@code reload_repeat}: that file stays after the reload
 * @param mark {@code reload_file}
 * @param saveDirectory {@code config_save_dir}: where each configuration that was read is kept
 */
public record Reloading(
    boolean checked,
    Optional<String> checkLog,
    Optional<String> timeFile,
    boolean repeated,
    Optional<Mark> mark,
    Optional<String> saveDirectory) {

  /** What holds where nothing is said. */
  public static final Reloading STANDARD =
      new Reloading(
          false, Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());

  public Reloading {
    Objects.requireNonNull(checkLog);
    Objects.requireNonNull(timeFile);
    Objects.requireNonNull(mark);
    Objects.requireNonNull(saveDirectory);
  }

  /**
   * A file that is there, and empty, as long as the configuration is being read.
   *
   * @param path empty for {@code keepalived.reload} beside the pid file
   */
  public record Mark(Optional<String> path) {
    public Mark {
      Objects.requireNonNull(path);
    }
  }
}
