package org.jkeepalived.model.routing;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Where a route stands among others, by the kernel's numbers.
 *
 * @param table {@code table}; {@link #MAIN} unless it is said
 * @param scope {@code scope}, 0 (global) to 255 (nowhere)
 * @param metric {@code metric}; empty where it is not said
 * @param protocol {@code protocol}; empty where keepalived's own is left unsaid
 */
public record RoutePlace(long table, int scope, OptionalLong metric, OptionalInt protocol) {

  /** The table that packets are routed by. */
  public static final long MAIN = 254;

  /** The protocol of what keepalived puts into the kernel. */
  public static final int KEEPALIVED = 18;

  public RoutePlace {
    Objects.requireNonNull(metric);
    Objects.requireNonNull(protocol);
  }

  /** What the kernel is told. */
  public int kernelProtocol() {
    return protocol.orElse(KEEPALIVED);
  }
}
