package org.jkeepalived.vrrp;

import java.util.List;
import java.util.stream.Stream;
import org.jkeepalived.model.routing.Prefix;
import org.jkeepalived.model.routing.Route;
import org.jkeepalived.model.routing.Routing;
import org.jkeepalived.model.routing.RoutingRule;

/** What a reload takes away of routes and rules, in keepalived's words. */
final class RoutingDifference {

  private RoutingDifference() {}

  /** A line for each route and rule that is not there any more, the rules first. */
  static List<String> lines(Routing before, Routing after) {
    if (before.equals(after)) {
      return List.of();
    }
    return Stream.concat(
            before.rules().stream()
                .filter(rule -> !after.rules().contains(rule))
                .map(RoutingDifference::removed),
            before.routes().stream()
                .filter(route -> !after.routes().contains(route))
                .map(RoutingDifference::removed))
        .toList();
  }

  static String removed(Route route) {
    return "Removing route " + route.target().destination().text();
  }

  static String removed(RoutingRule rule) {
    return "ip rule from " + rule.selector().from().map(Prefix::text).orElse("all") + " removed";
  }
}
