package org.jkeepalived.model.routing;

import java.util.List;

/**
 * The routes and rules that go with a virtual router's addresses.
 *
 * @param routes {@code virtual_routes}, in the file's order
 * @param rules {@code virtual_rules}, in the file's order
 */
public record Routing(List<Route> routes, List<RoutingRule> rules) {

  public static final Routing NONE = new Routing(List.of(), List.of());

  public Routing {
    routes = List.copyOf(routes);
    rules = List.copyOf(rules);
  }

  public boolean isEmpty() {
    return routes.isEmpty() && rules.isEmpty();
  }
}
