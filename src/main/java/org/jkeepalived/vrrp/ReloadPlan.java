package org.jkeepalived.vrrp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.VrrpInstance;

/**
 * The difference of two configurations, instance by instance. A virtual router is the same one
 * while its name, link, group, VRID and version are.
 *
 * @param removed what stops
 * @param added what starts
 * @param changed what goes on, otherwise
 * @param kept what does not notice
 */
public record ReloadPlan(
    List<VrrpInstance> removed,
    List<VrrpInstance> added,
    List<Change> changed,
    List<VrrpInstance> kept) {

  /** One virtual router before and after. */
  public record Change(VrrpInstance before, VrrpInstance after) {}

  public static ReloadPlan of(Configuration before, Configuration after) {
    Map<String, VrrpInstance> old = new HashMap<>();
    before.instances().forEach(instance -> old.put(instance.name(), instance));
    List<VrrpInstance> added = new ArrayList<>();
    List<Change> changed = new ArrayList<>();
    List<VrrpInstance> kept = new ArrayList<>();
    Set<String> goesOn = new HashSet<>();
    for (VrrpInstance instance : after.instances()) {
      VrrpInstance was = old.get(instance.name());
      if (was == null || !isSameRouter(was, instance)) {
        added.add(instance);
        continue;
      }
      goesOn.add(instance.name());
      if (was.equals(instance)) {
        kept.add(instance);
      } else {
        changed.add(new Change(was, instance));
      }
    }
    List<VrrpInstance> removed =
        before.instances().stream().filter(was -> !goesOn.contains(was.name())).toList();
    return new ReloadPlan(removed, List.copyOf(added), List.copyOf(changed), List.copyOf(kept));
  }

  private static boolean isSameRouter(VrrpInstance a, VrrpInstance b) {
    return a.key().equals(b.key()) && a.protocol().version() == b.protocol().version();
  }
}
