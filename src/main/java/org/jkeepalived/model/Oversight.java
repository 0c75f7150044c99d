package org.jkeepalived.model;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * How the daemon is looked after while it lives; keepalived has none of it.
 *
 * @param watchdogDevice {@code watchdog_device}: resets the machine unless the daemon feeds it
 * @param jsonLog {@code log_format json}: lines of the log are objects, but for the journal's
 * @param http {@code http_address}: where pages show how everything is
 */
public record Oversight(
    Optional<String> watchdogDevice, boolean jsonLog, Optional<InetSocketAddress> http) {

  /** Nothing special. */
  public static final Oversight NONE = new Oversight(Optional.empty(), false, Optional.empty());

  public Oversight {
    Objects.requireNonNull(watchdogDevice);
    Objects.requireNonNull(http);
  }
}
