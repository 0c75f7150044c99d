package org.jkeepalived.lvs;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.VirtualService;
import org.jkeepalived.model.lvs.VirtualService.ByGroup;

/**
 * Which firewall mark each group has. COMPAT: one for each protocol that it is served by, in the
 * configuration's order from the first on; a group that stays keeps its own, and none is given
 * twice in a run.
 */
final class GroupNumbers {

  private static final long LAST = 0xFFFF_FFFFL;

  /** A group and what it is served by. */
  private record Group(String name, Protocol protocol) {}

  private Map<Group, Long> numbers = new LinkedHashMap<>();
  private long next = 1;

  /** Forgets all, and begins with this one. */
  void begin(long first) {
    numbers = new LinkedHashMap<>();
    next = first;
  }

  /**
   * Gives each group its number.
   *
   * @param taken those that the configuration has for something else
   */
  void assign(Collection<VirtualService> services, Set<Long> taken) {
    Map<Group, Long> before = numbers;
    numbers = new LinkedHashMap<>();
    for (VirtualService service : services) {
      if (service instanceof ByGroup one && isMarked(one)) {
        Group group = group(one);
        Long known = before.get(group);
        if (known == null || taken.contains(known)) {
          numbers.computeIfAbsent(group, fresh -> fresh(taken, before));
        } else {
          numbers.put(group, known);
        }
      }
    }
  }

  private long fresh(Set<Long> taken, Map<Group, Long> before) {
    while (taken.contains(next) || numbers.containsValue(next) || before.containsValue(next)) {
      step();
    }
    long number = next;
    step();
    return number;
  }

  private void step() {
    next = next == LAST ? 1 : next + 1;
  }

  /** COMPAT: a group with marks of its own stays as it is, each address a service of its own. */
  static boolean isMarked(ByGroup service) {
    return service.group().marks().isEmpty();
  }

  private static Group group(ByGroup service) {
    return new Group(service.group().name(), service.protocol());
  }

  /** The mark of a group's packets; empty for any other service. */
  OptionalLong of(VirtualService service) {
    Long number = service instanceof ByGroup one ? numbers.get(group(one)) : null;
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
