package org.jkeepalived.model;

import java.util.Objects;
import java.util.Optional;

/**
 * What frames the daemon's life: {@code startup_script} and {@code shutdown_script}, which run
 * before all else and after, and who looks after it meanwhile.
 *
 * @param startup before anything is started
 * @param startupTimeoutNanos 1 to 1000 s
 * @param shutdown after everything has stopped
 * @param shutdownTimeoutNanos 1 to 1000 s
 * @param oversight what we have and keepalived has not
 */
public record LifeScripts(
    Optional<Command> startup,
    long startupTimeoutNanos,
    Optional<Command> shutdown,
    long shutdownTimeoutNanos,
    Oversight oversight) {
  private static final long TEN_SECONDS_NANOS = 10_000_000_000L;

  /** None. */
  public static final LifeScripts NONE =
      new LifeScripts(Optional.empty(), TEN_SECONDS_NANOS, Optional.empty(), TEN_SECONDS_NANOS);

  public LifeScripts {
    Objects.requireNonNull(startup);
    Objects.requireNonNull(shutdown);
    Objects.requireNonNull(oversight);
  }

  /** With nobody who looks after it. */
  public LifeScripts(
      Optional<Command> startup,
      long startupTimeoutNanos,
      Optional<Command> shutdown,
      long shutdownTimeoutNanos) {
    this(startup, startupTimeoutNanos, shutdown, shutdownTimeoutNanos, Oversight.NONE);
  }
}
