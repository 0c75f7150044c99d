package org.jkeepalived.sim;

import java.util.BitSet;
import java.util.List;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;

/**
 * What a process has read, as the watchers know of it, and the configuration that it was given.
 *
 * @param instances one for each virtual router, also where the file does not have it
 * @param absent which of them the file does not have
 * @param groups the sync groups
 * @param checks what somebody tracks
 * @param configuration what the process goes by: another one than that if it is sabotaged
 */
record ConfigurationReading(
    List<VrrpInstance> instances,
    BitSet absent,
    List<SyncGroup> groups,
    List<Scenario.Check> checks,
    Configuration configuration) {

  boolean has(int router) {
    return !absent.get(router);
  }

  /** Whether all these are there, and are a group if they are several. */
  boolean isWhole(List<Integer> routers) {
    return routers.size() == 1
        || groups.stream()
            .map(group -> group.members().stream().map(ScenarioDice::router).toList())
            .anyMatch(routers::equals);
  }

  /** The addresses that it names for a virtual router. */
  List<VirtualAddress> named(int router) {
    return has(router) ? instances.get(router).addresses().all() : List.of();
  }

  List<String> names() {
    return instances.stream().map(VrrpInstance::name).toList();
  }
}
