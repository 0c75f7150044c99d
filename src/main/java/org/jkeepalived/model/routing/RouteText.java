package org.jkeepalived.model.routing;

import java.util.List;
import java.util.Locale;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.NumericAddress;

/** A route in keepalived's words and order, as its dump and its log have them. */
final class RouteText {

  private static final long LOWER = 0xFFFF;

  private final StringBuilder text = new StringBuilder();

  private RouteText() {}

  static String of(Route route) {
    RouteText words = new RouteText();
    words.target(route);
    words.hop(route.hop());
    words.place(route);
    words.tuning(route.tuning());
    words.hops(route.hops());
    if (route.handling().tracking() != RouteTracking.YES) {
      words.add("no_track");
    }
    return words.text.toString();
  }

  private void add(String word) {
    text.append(text.isEmpty() ? "" : " ").append(word);
  }

  private void target(Route route) {
    RouteTarget target = route.target();
    add(lower(route.handling().insertion()));
    if (target.type() != RouteTarget.Type.UNICAST) {
      add(lower(target.type()));
    }
    add(target.destination().text());
    target.from().ifPresent(from -> add("from " + from.text()));
    route.tuning().source().ifPresent(source -> add("src " + NumericAddress.of(source)));
    if (target.tos() != 0) {
      add("tos " + target.tos());
    }
  }

  private void hop(NextHop hop) {
    hop.encapsulation().ifPresent(encapsulation -> add(encapsulation.text()));
    way(hop);
  }

  private void way(NextHop hop) {
    hop.gateway()
        .ifPresent(
            gateway ->
                add(
                    (AddressFamily.of(gateway) == AddressFamily.IPV4 ? "via inet " : "via inet6 ")
                        + NumericAddress.of(gateway)));
    if (!hop.device().isEmpty()) {
      add("dev " + hop.device());
    }
  }

  private void place(Route route) {
    RoutePlace place = route.place();
    if (place.table() != RoutePlace.MAIN) {
      add("table " + place.table());
    }
    place.protocol().ifPresent(protocol -> add("proto " + protocol));
    if (place.scope() != 0) {
      add("scope " + place.scope());
    }
    place.metric().ifPresent(metric -> add("metric " + metric));
    if (route.hop().onlink()) {
      add("onlink");
    }
    route.hop().realms().ifPresent(this::realms);
  }

  private void realms(long realms) {
    boolean both = realms > LOWER;
    add(both ? "realms " + (realms >> 16) + "/" + (realms & LOWER) : "realm " + realms);
  }

  private void tuning(RouteTuning tuning) {
    tuning.metrics().forEach(metric -> add(metric.text()));
    // COMPAT: the blank is on the wrong side of the word there
    tuning
        .congestion()
        .ifPresent(control -> add("congctl " + control.name() + (control.locked() ? "lock " : "")));
    tuning
        .ttlPropagation()
        .ifPresent(on -> add("ttl-propagate " + (on == 1 ? "enabled" : "disabled")));
    tuning.expirySeconds().ifPresent(seconds -> add("expires " + seconds + "sec"));
    tuning.preference().ifPresent(preference -> add("pref " + preference(preference)));
  }

  private static String preference(int number) {
    return switch (number) {
      case 1 -> "high";
      case 3 -> "low";
      default -> "medium";
    };
  }

  private void hops(List<NextHop> hops) {
    for (NextHop hop : hops) {
      add("nexthop");
      way(hop);
      hop.encapsulation().ifPresent(encapsulation -> add(encapsulation.text()));
      if (hop.weight() != 0) {
        add("weight " + hop.weight());
      }
      if (hop.onlink()) {
        add("onlink");
      }
      hop.realms().ifPresent(this::realms);
    }
  }

  private static String lower(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}
