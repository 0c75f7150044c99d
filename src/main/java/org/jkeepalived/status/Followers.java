package org.jkeepalived.status;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Tracked.Kind;
import org.jkeepalived.model.Tracked.Thing;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.Weight;

/** Which instances track a thing, in keepalived's order: their own lines first, then groups'. */
final class Followers {

  /** COMPAT: keepalived's weight of an instance's own link that it does not track. */
  private static final Weight NOT_TRACKED = new Weight(255, false);

  private final Map<Thing, Map<String, Weight>> byThing = new LinkedHashMap<>();

  Followers(Configuration configuration) {
    Map<String, VrrpInstance> byName = new HashMap<>();
    for (VrrpInstance instance : configuration.instances()) {
      byName.put(instance.name(), instance);
      Weight own = instance.tracking().primaryLink() ? Weight.FAULT : NOT_TRACKED;
      put(link(instance), instance.name(), own);
      instance
          .tracking()
          .things()
          .forEach(each -> put(each.thing(), instance.name(), each.weight()));
    }
    for (SyncGroup group : configuration.groups()) {
      for (Tracked each : group.things()) {
        group.members().stream()
            .filter(byName::containsKey)
            .forEach(member -> put(each.thing(), member, each.weight()));
      }
    }
  }

  private static Thing link(VrrpInstance instance) {
    return new Thing(Kind.INTERFACE, instance.key().interfaceName());
  }

  /** COMPAT: of two lines the later one counts, the group's, unless the earlier one is a fault. */
  private void put(Thing thing, String instance, Weight weight) {
    byThing
        .computeIfAbsent(thing, key -> new LinkedHashMap<>())
        .merge(instance, weight, (had, more) -> had.value() == 0 ? had : more);
  }

  boolean has(Kind kind, String name) {
    return byThing.containsKey(new Thing(kind, name));
  }

  /** The links that somebody tracks. */
  Set<String> links() {
    Set<String> names = new LinkedHashSet<>();
    byThing.keySet().stream()
        .filter(thing -> thing.kind() == Kind.INTERFACE)
        .forEach(thing -> names.add(thing.name()));
    return names;
  }

  /** Nothing where nobody tracks it. */
  void write(String title, Kind kind, String name, Consumer<String> lines) {
    Map<String, Weight> weights = byThing.getOrDefault(new Thing(kind, name), Map.of());
    if (!weights.isEmpty()) {
      lines.accept("   " + title + " :");
      weights.forEach(
          (instance, weight) ->
              lines.accept("     " + instance + ", weight " + TrackedText.weight(weight)));
    }
  }
}
