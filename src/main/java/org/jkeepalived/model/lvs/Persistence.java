package org.jkeepalived.model.lvs;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How clients are bound to their real server.
 *
 * @param timeoutSeconds 1 to 2678400
 * @param granularity which clients count as one: a mask of 32 bits for IPv4, a prefix length from 1
 *     to 128 for IPv6; empty for each by itself
 * @param engine {@code persistence_engine}
 */
public record Persistence(int timeoutSeconds, OptionalLong granularity, Optional<String> engine) {
  /** {@code persistence_timeout} where it names no time. */
  public static final int STANDARD_SECONDS = 360;

  public Persistence {
    Objects.requireNonNull(granularity);
    Objects.requireNonNull(engine);
  }
}
