package org.jkeepalived.vrrp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jkeepalived.model.Unicast;
import org.jkeepalived.model.VrrpInstance;

/**
 * Which virtual router of a new file goes on where one of the old file was.
 *
 * <p>A {@link VrrpInstance.Key} names one virtual router, unless several that speak to peers share
 * a VRID: those are told apart by their peers, which is how the network tells them apart, and then
 * by what they are called.
 */
final class Succession {

  private static final List<BiPredicate<VrrpInstance, VrrpInstance>> SAME =
      List.of(
          (old, now) -> peers(old).equals(peers(now)),
          (old, now) -> old.name().equals(now.name()),
          (old, now) -> old.protocol().unicast().overlaps(now.protocol().unicast()));

  private final Map<String, VrrpInstance> before = new HashMap<>();

  private Succession() {}

  /**
   * @param old all of the old file, each with a name of its own
   * @param now all of the new file, each with a name of its own
   */
  static Succession of(List<VrrpInstance> old, List<VrrpInstance> now) {
    Succession succession = new Succession();
    Map<VrrpInstance.Key, List<VrrpInstance>> oldOnes = byKey(old);
    byKey(now).forEach((key, ones) -> succession.match(oldOnes.getOrDefault(key, List.of()), ones));
    return succession;
  }

  private static Map<VrrpInstance.Key, List<VrrpInstance>> byKey(List<VrrpInstance> instances) {
    Map<VrrpInstance.Key, List<VrrpInstance>> byKey = new LinkedHashMap<>();
    for (VrrpInstance instance : instances) {
      byKey.computeIfAbsent(instance.key(), key -> new ArrayList<>(1)).add(instance);
    }
    return byKey;
  }

  private void match(List<VrrpInstance> old, List<VrrpInstance> now) {
    if (old.size() == 1 && now.size() == 1) {
      before.put(now.get(0).name(), old.get(0));
      return;
    }
    List<VrrpInstance> left = new ArrayList<>(old);
    for (BiPredicate<VrrpInstance, VrrpInstance> same : SAME) {
      for (VrrpInstance one : now) {
        if (!before.containsKey(one.name())) {
          left.stream()
              .filter(other -> same.test(other, one))
              .findFirst()
              .ifPresent(
                  found -> {
                    left.remove(found);
                    before.put(one.name(), found);
                  });
        }
      }
    }
  }

  private static Set<Unicast.Peer> peers(VrrpInstance instance) {
    return new HashSet<>(instance.protocol().unicast().peers());
  }

  /** Where an instance of the new file goes on; empty for one that is new. */
  Optional<VrrpInstance> before(VrrpInstance now) {
    return Optional.ofNullable(before.get(now.name()));
  }

  /** The names of those that go on, in the old file. */
  Set<String> survivors() {
    return before.values().stream().map(VrrpInstance::name).collect(Collectors.toSet());
  }
}
