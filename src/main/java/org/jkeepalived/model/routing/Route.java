package org.jkeepalived.model.routing;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One line of {@code virtual_routes} or {@code static_routes}.
 *
 * @param hop where packets go, and with which realms
 * @param hops {@code nexthop}: where they go where there are several ways
 */
public record Route(
    RouteTarget target,
    RoutePlace place,
    NextHop hop,
    List<NextHop> hops,
    RouteTuning tuning,
    Handling handling) {

  /** How it stands to those that match the same packets. */
  public enum Insertion {
    PREPEND,
    ADD,
    APPEND
  }

  /** How it gets into the kernel and stays there. */
  public record Handling(Insertion insertion, RouteTracking tracking) {
    public Handling {
      Objects.requireNonNull(insertion);
      Objects.requireNonNull(tracking);
    }
  }

  public Route {
    Objects.requireNonNull(target);
    Objects.requireNonNull(place);
    Objects.requireNonNull(hop);
    hops = List.copyOf(hops);
    Objects.requireNonNull(tuning);
    Objects.requireNonNull(handling);
  }

  /** Every link that it names, each once. */
  public Set<String> devices() {
    Set<String> devices = new LinkedHashSet<>();
    devices.add(hop.device());
    hops.forEach(next -> devices.add(next.device()));
    devices.remove("");
    return devices;
  }

  /** What it is, without how it gets into the kernel: {@code 10.0.0.0/8 dev eth0 proto 18}. */
  public String description() {
    String text = text();
    return text.substring(text.indexOf(' ') + 1);
  }

  /** keepalived's words for it: {@code prepend 10.0.0.0/8 via inet 10.1.0.2 dev eth0 proto 18}. */
  public String text() {
    return RouteText.of(this);
  }
}
