package org.jkeepalived.model.routing;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How packets travel on a route.
 *
 * @param source {@code src}: the address that they leave from
 * @param metrics one of a kind at most, in the order of {@link RouteMetric.Kind}
 * @param congestion {@code congctl}
 * @param preference {@code pref}, of IPv6: 0 medium, 1 high, 3 low
 * @param expirySeconds {@code expires}, of IPv6
 * @param ttlPropagation {@code ttl-propagate}: 1 or 0
 */
public record RouteTuning(
    Optional<InetAddress> source,
    List<RouteMetric> metrics,
    Optional<Congestion> congestion,
    OptionalInt preference,
    OptionalLong expirySeconds,
    OptionalInt ttlPropagation) {

  /** The algorithm against congestion; {@code lock} keeps programs from another one. */
  public record Congestion(String name, boolean locked) {
    public Congestion {
      Objects.requireNonNull(name);
    }
  }

  /** As the kernel likes. */
  public static final RouteTuning NONE =
      new RouteTuning(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalLong.empty(),
          OptionalInt.empty());

  public RouteTuning {
    Objects.requireNonNull(source);
    metrics = List.copyOf(metrics);
    Objects.requireNonNull(congestion);
    Objects.requireNonNull(preference);
    Objects.requireNonNull(expirySeconds);
    Objects.requireNonNull(ttlPropagation);
  }
}
