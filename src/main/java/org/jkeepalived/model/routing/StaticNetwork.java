package org.jkeepalived.model.routing;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.model.VirtualAddress;

/**
 * What is there as long as the daemon runs, whoever is master.
 *
 * @param addresses {@code static_ipaddress}
 * @param routes {@code static_routes}
 * @param rules {@code static_rules}
 * @param groups {@code track_group}: who goes by what is missing of all that
 */
public record StaticNetwork(
    List<Entry<VirtualAddress>> addresses,
    List<Entry<Route>> routes,
    List<Entry<RoutingRule>> rules,
    List<TrackGroup> groups) {

  public static final StaticNetwork NONE =
      new StaticNetwork(List.of(), List.of(), List.of(), List.of());

  /**
   * One line.
   *
   * @param group the name of its {@code track_group}
   */
  public record Entry<T>(T object, Optional<String> group) {
    public Entry {
      Objects.requireNonNull(object);
      Objects.requireNonNull(group);
    }
  }

  /**
   * Instances that go by static objects.
   *
   * @param instances their names
   */
  public record TrackGroup(String name, List<String> instances) {
    public TrackGroup {
      Objects.requireNonNull(name);
      instances = List.copyOf(instances);
    }
  }

  public StaticNetwork {
    addresses = List.copyOf(addresses);
    routes = List.copyOf(routes);
    rules = List.copyOf(rules);
    groups = List.copyOf(groups);
  }

  public boolean isEmpty() {
    return addresses.isEmpty() && routes.isEmpty() && rules.isEmpty();
  }
}
