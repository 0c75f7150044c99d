package org.jkeepalived.model;

import java.util.Objects;
import java.util.Optional;

/**
 * What the daemon writes of itself when it is asked by a signal.
 *
 * @param jsonVersion {@code json_version}: 1 or 2
 * @param files where it goes
 * @param defaults what {@code global_defs} says, for dumps to tell
 */
public record Dumps(int jsonVersion, Files files, GlobalDefaults defaults) {

  private static final int MOST_VERSION = 2;

  /** Where nothing is said. */
  public static final Dumps STANDARD = new Dumps(1, Files.STANDARD, GlobalDefaults.STANDARD);

  public Dumps {
    Objects.requireNonNull(files);
    Objects.requireNonNull(defaults);
    if (jsonVersion < 1 || jsonVersion > MOST_VERSION) {
      throw new IllegalArgumentException("no version of the JSON: " + jsonVersion);
    }
  }

  /**
   * Where it goes. A path that ends in a slash is a directory in which files have the usual names;
   * each is empty for the usual place.
   *
   * @param state {@code state_dump_file}
   * @param statistics {@code stats_dump_file}
   * @param json {@code json_dump_file}
   * @param instanceNamed {@code data_use_instance}: names have the network namespace and the
   *     instance in them, as there are several daemons
   */
  public record Files(
      Optional<String> state,
      Optional<String> statistics,
      Optional<String> json,
      boolean instanceNamed) {
    public static final Files STANDARD =
        new Files(Optional.empty(), Optional.empty(), Optional.empty(), false);

    public Files {
      Objects.requireNonNull(state);
      Objects.requireNonNull(statistics);
      Objects.requireNonNull(json);
    }
  }
}
