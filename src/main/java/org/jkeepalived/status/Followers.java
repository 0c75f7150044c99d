package org.jkeepalived.status;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.Weight;

/** Which instances track a thing, in keepalived's order: their own lines first, then groups'. */
final class Followers {

  /** COMPAT: keepalived's weight of an instance's own link that it does not track. */
  private static final Weight NOT_TRACKED = new Weight(255, false);

  private final Map<TrackTarget, Map<String, Weight>> byThing = new LinkedHashMap<>();

  Followers(Configuration configuration) {
    Map<String, VrrpInstance> byName = new HashMap<>();
    for (VrrpInstance instance : configuration.instances()) {
      byName.put(instance.name(), instance);
      Weight own = instance.tracking().primaryLink() ? Weight.FAULT : NOT_TRACKED;
      put(link(instance), instance.name(), own);
      instance
          .tracking()
          .things()
          .forEach(each -> put(each.target(), instance.name(), each.weight()));
    }
    for (SyncGroup group : configuration.groups()) {
      for (Tracked each : group.things()) {
        group.members().stream()
            .filter(byName::containsKey)
            .forEach(member -> put(each.target(), member, each.weight()));
      }
    }
  }

  private static TrackTarget link(VrrpInstance instance) {
    return new TrackTarget(TrackKind.INTERFACE, instance.key().interfaceName());
  }

  /** COMPAT: of two lines the later one counts, the group's, unless the earlier one is a fault. */
  private void put(TrackTarget thing, String instance, Weight weight) {
    byThing
        .computeIfAbsent(thing, key -> new LinkedHashMap<>())
        .merge(instance, weight, (had, more) -> had.value() == 0 ? had : more);
  }

  boolean has(TrackKind kind, String name) {
    return byThing.containsKey(new TrackTarget(kind, name));
  }

  /** The links that somebody tracks. */
  Set<String> links() {
    Set<String> names = new LinkedHashSet<>();
    byThing.keySet().stream()
        .filter(thing -> thing.kind() == TrackKind.INTERFACE)
        .forEach(thing -> names.add(thing.name()));
    return names;
  }

  /** Nothing where nobody tracks it. */
  void write(String title, TrackKind kind, String name, Consumer<String> lines) {
    Map<String, Weight> weights = byThing.getOrDefault(new TrackTarget(kind, name), Map.of());
    if (!weights.isEmpty()) {
      lines.accept("   " + title + " :");
      weights.forEach(
          (instance, weight) ->
              lines.accept("     " + instance + ", weight " + TrackedText.weight(weight)));
    }
  }
}
