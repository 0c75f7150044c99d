package org.jkeepalived.kernel.firewall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.kernel.KernelObject;

/**
 * What iptables has of us, and for which objects: a reload that changes a chain's name keeps the
 * sets, one that changes a set's name the chains.
 */
public final class HeldParts {

  private final Map<IptablesPart, Set<KernelObject.Key>> holders = new LinkedHashMap<>();

  /** Holds all that an object needs; answers what was not there for another one. */
  public List<IptablesPart> take(KernelObject.Key key, KernelObject object) {
    List<IptablesPart> added = new ArrayList<>();
    for (IptablesPart part : IptablesRules.of(object)) {
      Set<KernelObject.Key> holding = holders.computeIfAbsent(part, each -> new LinkedHashSet<>());
      if (holding.isEmpty()) {
        added.add(part);
      }
      holding.add(key);
    }
    return added;
  }

  /** Holds nothing for an object any more; answers what is needed for no other one, last first. */
  public List<IptablesPart> letGo(KernelObject.Key key, KernelObject object) {
    List<IptablesPart> unneeded = new ArrayList<>();
    for (IptablesPart part : IptablesRules.of(object)) {
      Set<KernelObject.Key> holding = holders.getOrDefault(part, Set.of());
      if (!holding.isEmpty()) {
        holding.remove(key);
      }
      if (holding.isEmpty()) {
        holders.remove(part);
        unneeded.add(0, part);
      }
    }
    return unneeded;
  }

  /** All that is held, in the order in which it was first needed. */
  public List<IptablesPart> all() {
    return List.copyOf(holders.keySet());
  }

  /** Those of one kind. */
  public <T extends IptablesPart> List<T> all(Class<T> kind) {
    return holders.keySet().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public boolean isEmpty() {
    return holders.isEmpty();
  }
}
