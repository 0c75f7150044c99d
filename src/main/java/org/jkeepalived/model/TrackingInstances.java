package org.jkeepalived.model;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who tracks what: the instances that track a target, by their own lines or by those of their sync
 * group, and what each of them tracks.
 *
 * <p>COMPAT: what an instance and its sync group track, both, counts once: with the group's weight,
 * but as a fault if the instance says so.
 */
public final class TrackingInstances {

  /** COMPAT: keepalived's weight of an instance's own link that it does not track. */
  private static final Weight NOT_TRACKED = new Weight(255, false);

  private final Map<TrackTarget, Map<String, Weight>> byTarget = new LinkedHashMap<>();
  private final Map<String, List<Tracked>> byInstance = new LinkedHashMap<>();

  private TrackingInstances(
      List<VrrpInstance> instances, List<SyncGroup> groups, boolean ownLinks) {
    // most instances track nothing: they cost nothing here
    Map<String, Map<TrackTarget, Weight>> lines = new LinkedHashMap<>();
    for (VrrpInstance instance : instances) {
      if (ownLinks && !instance.key().isAnywhere()) {
        put(ownLink(instance), instance.name(), lines);
      }
      instance.tracking().things().forEach(line -> put(line, instance.name(), lines));
    }
    Set<String> known = groups.isEmpty() ? Set.of() : names(instances);
    for (SyncGroup group : groups) {
      List<String> members = group.members().stream().filter(known::contains).toList();
      group.things().forEach(line -> members.forEach(member -> put(line, member, lines)));
    }
    lines.forEach((instance, weights) -> byInstance.put(instance, tracked(weights)));
  }

  /** What the lines of instances and groups say, and which links their routes and rules need. */
  public static TrackingInstances of(Configuration configuration) {
    TrackingInstances all = of(configuration.instances(), configuration.groups());
    all.addRouting(configuration);
    return all;
  }

  private void addRouting(Configuration configuration) {
    Map<String, Set<TrackTarget>> needed = RoutedLinks.of(configuration);
    Map<String, Map<TrackTarget, Weight>> lines = new LinkedHashMap<>();
    needed.forEach(
        (instance, links) -> {
          trackedBy(instance).forEach(line -> put(line, instance, lines));
          links.forEach(link -> put(new Tracked(link, Weight.FAULT), instance, lines));
        });
    lines.forEach((instance, weights) -> byInstance.put(instance, tracked(weights)));
  }

  /** The same, of a configuration that is not complete yet. */
  public static TrackingInstances of(List<VrrpInstance> instances, List<SyncGroup> groups) {
    return new TrackingInstances(instances, groups, false);
  }

  /**
   * The same, and of each instance its own link besides: as a fault, or with weight 255 where it
   * says {@code dont_track_primary}.
   */
  public static TrackingInstances withOwnLinks(
      List<VrrpInstance> instances, List<SyncGroup> groups) {
    return new TrackingInstances(instances, groups, true);
  }

  private static Set<String> names(List<VrrpInstance> instances) {
    return instances.stream().map(VrrpInstance::name).collect(Collectors.toSet());
  }

  private static Tracked ownLink(VrrpInstance instance) {
    return new Tracked(
        TrackTarget.link(instance.key().interfaceName()),
        instance.tracking().primaryLink() ? Weight.FAULT : NOT_TRACKED);
  }

  private void put(Tracked line, String instance, Map<String, Map<TrackTarget, Weight>> lines) {
    Weight counts =
        lines
            .computeIfAbsent(instance, any -> new LinkedHashMap<>())
            .merge(line.target(), line.weight(), TrackingInstances::theGroupsUnlessFault);
    byTarget.computeIfAbsent(line.target(), any -> new LinkedHashMap<>()).put(instance, counts);
  }

  private static List<Tracked> tracked(Map<TrackTarget, Weight> weights) {
    return weights.entrySet().stream()
        .map(line -> new Tracked(line.getKey(), line.getValue()))
        .toList();
  }

  private static Weight theGroupsUnlessFault(Weight own, Weight ofGroup) {
    return own.value() == 0 ? own : ofGroup;
  }

  public boolean isTracked(TrackTarget target) {
    return byTarget.containsKey(target);
  }

  /** All that is tracked, in the order of the lines: the instances' first, then the groups'. */
  public Set<TrackTarget> targets() {
    return byTarget.keySet();
  }

  /** The names of all targets of one kind, in the same order. */
  public Set<String> names(TrackKind kind) {
    Set<String> names = new LinkedHashSet<>();
    for (TrackTarget target : byTarget.keySet()) {
      if (target.kind() == kind) {
        names.add(target.name());
      }
    }
    return names;
  }

  /**
   * The instances that track a target, and the weight that counts: those whose own lines say so,
   * then those whose groups' do; in the file's order.
   */
  public Map<String, Weight> of(TrackTarget target) {
    return byTarget.getOrDefault(target, Map.of());
  }

  /** What an instance tracks: its own lines, then those of its group; each target once. */
  public List<Tracked> trackedBy(String instance) {
    return byInstance.getOrDefault(instance, List.of());
  }
}
