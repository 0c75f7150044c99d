package org.jkeepalived.model.routing;

import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.model.AddressFamily;

/**
 * Which packets a route is for, and what becomes of them.
 *
 * @param from {@code from}, of IPv6 only
 * @param tos {@code tos}: 0 to 255
 */
public record RouteTarget(Type type, Prefix destination, Optional<Prefix> from, int tos) {

  /** The kernel's RTN_*, in the order of its numbers, of which unicast is 1. */
  public enum Type {
    UNICAST,
    LOCAL,
    BROADCAST,
    ANYCAST,
    MULTICAST,
    BLACKHOLE,
    UNREACHABLE,
    PROHIBIT,
    THROW,
    NAT,
    XRESOLVE;

    public int number() {
      return ordinal() + 1;
    }
  }

  public RouteTarget {
    Objects.requireNonNull(type);
    Objects.requireNonNull(destination);
    Objects.requireNonNull(from);
  }

  public AddressFamily family() {
    return destination.family();
  }
}
