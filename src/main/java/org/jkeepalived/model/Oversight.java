package org.jkeepalived.model;

import java.util.Objects;
import java.util.Optional;

/**
 * How the daemon is looked after while it lives; keepalived has none of it.
 *
 * @param watchdogDevice {@code watchdog_device}: resets the machine unless the daemon feeds it
 * @param jsonLog {@code log_format json}: lines of the log are objects, but for the journal's
 */
public record Oversight(Optional<String> watchdogDevice, boolean jsonLog) {

  /** Nothing special. */
  public static final Oversight NONE = new Oversight(Optional.empty(), false);

  public Oversight {
    Objects.requireNonNull(watchdogDevice);
  }
}
