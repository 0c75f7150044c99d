package org.jkeepalived.daemon;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;

/**
 * What a new file has on links that are not there. An instance may wait for its link; but one that
 * runs, and whose link is there, would lose all that it holds to a slip in a name.
 */
final class AbsentLinks {

  private static final int MOST_LINES = 20;

  private final List<VrrpInstance> running;
  private final List<VrrpInstance> next;
  private final Set<String> existing;

  /**
   * @param running what runs
   * @param next what would run
   * @param existing the links that there are
   */
  AbsentLinks(List<VrrpInstance> running, List<VrrpInstance> next, Set<String> existing) {
    this.running = running;
    this.next = next;
    this.existing = existing;
  }

  /** Instances that would leave a link that is there for one that is not, a line each. */
  List<String> hindrances() {
    List<VrrpInstance> absent = next.stream().filter(one -> isAbsent(one)).toList();
    if (absent.isEmpty()) {
      return List.of();
    }
    List<VrrpInstance> leaving = leaving().stream().filter(one -> !isAbsent(one)).toList();
    List<String> lines = new ArrayList<>();
    for (VrrpInstance one : absent) {
      before(one, leaving)
          .ifPresent(
              was ->
                  lines.add(
                      "("
                          + one.name()
                          + "): would leave "
                          + link(was)
                          + " for "
                          + link(one)
                          + ", which does not exist; the old configuration stays in force"));
    }
    return bounded(lines);
  }

  /** What would wait for a link, a line each. */
  List<String> remarks() {
    List<String> lines = new ArrayList<>();
    for (VrrpInstance one : next) {
      if (isAbsent(one)) {
        lines.add(remark(one, link(one), "", true));
      }
      Set<String> named = new LinkedHashSet<>();
      for (VirtualAddress address : one.addressesOnOtherLinks()) {
        if (!existing.contains(address.device()) && named.add(address.device())) {
          lines.add(
              remark(
                  one,
                  address.device(),
                  " of " + NumericAddress.of(address.address()),
                  address.tracked()));
        }
      }
    }
    return bounded(lines);
  }

  /**
   * @param fault whether the link's absence is a fault in itself; otherwise the kernel's refusal of
   *     the address is, as soon as it is to be held
   */
  private static String remark(VrrpInstance one, String link, String whose, boolean fault) {
    return "("
        + one.name()
        + "): interface "
        + link
        + whose
        + " does not exist (yet): "
        + (fault ? "FAULT until it does" : "FAULT instead of MASTER until it does");
  }

  private boolean isAbsent(VrrpInstance one) {
    return !one.key().isAnywhere() && !existing.contains(link(one));
  }

  private static String link(VrrpInstance instance) {
    return instance.key().interfaceName();
  }

  /** What runs and would not go on where it is: under its name, or, renamed, by its key. */
  private List<VrrpInstance> leaving() {
    Map<VrrpInstance.Key, Integer> left = new HashMap<>();
    next.forEach(one -> left.merge(one.key(), 1, Integer::sum));
    running.forEach(one -> left.merge(one.key(), -1, Integer::sum));
    Map<String, VrrpInstance.Key> named =
        next.stream().collect(Collectors.toMap(VrrpInstance::name, VrrpInstance::key, (a, b) -> a));
    return running.stream()
        .filter(one -> left.get(one.key()) < 0 && !one.key().equals(named.get(one.name())))
        .toList();
  }

  private static Optional<VrrpInstance> before(VrrpInstance now, List<VrrpInstance> leaving) {
    return leaving.stream()
        .filter(was -> was.name().equals(now.name()))
        .findFirst()
        .or(() -> leaving.stream().filter(was -> same(was.key(), now.key())).findFirst());
  }

  /** Whether it would be the same one on another link. */
  private static boolean same(VrrpInstance.Key was, VrrpInstance.Key now) {
    return was.virtualRouterId() == now.virtualRouterId()
        && was.family() == now.family()
        && was.group().equals(now.group());
  }

  private static List<String> bounded(List<String> lines) {
    if (lines.size() <= MOST_LINES) {
      return lines;
    }
    List<String> some = new ArrayList<>(lines.subList(0, MOST_LINES));
    some.add("and " + (lines.size() - MOST_LINES) + " more");
    return some;
  }
}
