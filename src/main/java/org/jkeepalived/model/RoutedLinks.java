package org.jkeepalived.model;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.model.routing.Route;
import org.jkeepalived.model.routing.RouteTracking;
import org.jkeepalived.model.routing.Routing;
import org.jkeepalived.model.routing.RoutingRule;
import org.jkeepalived.model.routing.StaticNetwork;

/**
 * Which links an instance needs for its routes and rules, and for the static objects that it goes
 * by, unless they say {@code no_track}: one that is down is a fault. Its own link is another
 * matter.
 */
final class RoutedLinks {

  private final Map<String, Set<TrackTarget>> byInstance = new LinkedHashMap<>();

  private RoutedLinks() {}

  /** By the names of the instances, of those that need any. */
  static Map<String, Set<TrackTarget>> of(Configuration configuration) {
    RoutedLinks links = new RoutedLinks();
    for (VrrpInstance instance : configuration.instances()) {
      Routing routing = instance.addresses().routing();
      if (!routing.isEmpty()) {
        links.add(instance, routing.routes().stream().flatMap(RoutedLinks::of));
        links.add(instance, routing.rules().stream().flatMap(RoutedLinks::of));
      }
    }
    if (!configuration.statics().groups().isEmpty()) {
      links.addStatic(configuration);
    }
    return links.byInstance;
  }

  private void addStatic(Configuration configuration) {
    StaticNetwork statics = configuration.statics();
    for (StaticNetwork.TrackGroup group : statics.groups()) {
      List<String> needed =
          Stream.of(
                  ofGroup(group, statics.addresses()).map(VirtualAddress::device),
                  ofGroup(group, statics.routes()).flatMap(RoutedLinks::of),
                  ofGroup(group, statics.rules()).flatMap(RoutedLinks::of))
              .flatMap(each -> each)
              .toList();
      configuration.instances().stream()
          .filter(instance -> group.instances().contains(instance.name()))
          .forEach(instance -> add(instance, needed.stream()));
    }
  }

  private static <T> Stream<T> ofGroup(
      StaticNetwork.TrackGroup group, List<StaticNetwork.Entry<T>> entries) {
    return entries.stream()
        .filter(entry -> entry.group().filter(group.name()::equals).isPresent())
        .map(StaticNetwork.Entry::object);
  }

  private static Stream<String> of(Route route) {
    return Stream.of(route.hop().device())
        .filter(device -> route.handling().tracking() == RouteTracking.YES);
  }

  private static Stream<String> of(RoutingRule rule) {
    return Stream.of(rule.selector().traffic().input())
        .filter(device -> rule.tracking() == RouteTracking.YES);
  }

  private void add(VrrpInstance instance, Stream<String> devices) {
    devices
        .filter(device -> !device.isEmpty() && !device.equals(instance.key().interfaceName()))
        .forEach(
            device ->
                byInstance
                    .computeIfAbsent(instance.name(), name -> new LinkedHashSet<>())
                    .add(TrackTarget.link(device)));
  }
}
