package org.jkeepalived.sim;

import static org.jkeepalived.sim.Scenario.MILLIS;
import static org.jkeepalived.sim.Scenario.SECONDS;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Unicast;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;

/** Draws what operators change in files. */
final class FileDice {

  private final Scenario scenario;
  private final SplittableRandom dice;

  FileDice(Scenario scenario, SplittableRandom dice) {
    this.scenario = scenario;
    this.dice = dice;
  }

  /** Something else about a virtual router; its key stays. */
  VrrpInstance changed(SimulatedNode node, int router) {
    VrrpInstance old = node.written(router);
    int segment = scenario.routers().get(router).segment();
    return old.name(oneIn(4) ? ScenarioDice.otherName(old.name()) : old.name())
        .protocol(changed(old.protocol(), node.index(), router))
        .election(changed(old.election()))
        .addresses(changed(old.addresses(), old.key().family(), router, segment));
  }

  /**
   * The same, speaking to a group from now on, or to its peers again: that is another virtual
   * router to the others. Empty for one that does not change.
   */
  Optional<VrrpInstance> otherKind(SimulatedNode node, int router) {
    Scenario.Router one = scenario.routers().get(router);
    VrrpInstance drawn = drawn(node.index(), router);
    boolean free =
        one.isUnicast()
            && drawn.protocol().source().isEmpty()
            && scenario.group(router).isEmpty()
            && !scenario.sharesIdentifier(router);
    if (!free) {
      return Optional.empty();
    }
    VrrpInstance old = node.written(router);
    if (!old.key().isUnicast()) {
      return mended(node, router);
    }
    VrrpInstance.Key key =
        ScenarioDice.groupKey(
            old.key().interfaceName(), old.key().family(), old.key().virtualRouterId());
    return Optional.of(old.key(key).protocol(old.protocol().unicast(Unicast.NONE)));
  }

  private VrrpInstance.Election changed(VrrpInstance.Election old) {
    return old.priority(oneIn(10) ? 255 : oneIn(3) ? old.priority() : dice.nextInt(1, 255))
        .preempt(oneIn(4) != old.preempt())
        .preemptDelayNanos(oneIn(4) ? dice.nextLong(15 * SECONDS) : 0);
  }

  private VrrpInstance.Protocol changed(VrrpInstance.Protocol old, int node, int router) {
    VrrpInstance.Protocol changed =
        old.version() == 3 && oneIn(3)
            ? old.advertIntervalNanos(dice.nextInt(1, 20) * 100 * MILLIS)
            : old;
    return !old.unicast().peers().isEmpty() && oneIn(3)
        ? changed.unicast(changed(old.unicast(), node, router))
        : changed;
  }

  // ---- peers ----

  /** One peer less, or all of them again; and whether others are believed. */
  private Unicast changed(Unicast old, int node, int router) {
    Unicast whole = drawn(node, router).protocol().unicast();
    InetAddress self = scenario.source(router, node);
    List<Unicast.Peer> others =
        old.peers().stream().filter(peer -> !peer.address().equals(self)).toList();
    Unicast changed = old.peers(whole.peers());
    if (old.peers().equals(whole.peers()) && others.size() > 1) {
      Unicast.Peer forgotten = others.get(dice.nextInt(others.size()));
      List<Unicast.Peer> fewer = new ArrayList<>(old.peers());
      fewer.remove(forgotten);
      changed = old.peers(fewer);
    }
    return oneIn(3) && !scenario.sharesIdentifier(router) && !isBounded(whole)
        ? changed.checkSource(!old.checkSource())
        : changed;
  }

  private static boolean isBounded(Unicast lists) {
    return lists.peers().stream().anyMatch(peer -> peer.minHopLimit() > 0);
  }

  /** A peer's address, if the file says how far away that may be; empty too by chance. */
  Optional<InetAddress> boundedPeer(SimulatedNode node, int router) {
    Unicast lists = drawn(node.index(), router).protocol().unicast();
    return isBounded(lists) && oneIn(2)
        ? Optional.of(lists.peers().get(dice.nextInt(lists.peers().size())).address())
        : Optional.empty();
  }

  /**
   * Somebody has noticed that a list is not complete, or is not there; empty where there is nothing
   * to mend.
   */
  Optional<VrrpInstance> mended(SimulatedNode node, int router) {
    VrrpInstance old = node.written(router);
    VrrpInstance drawn = drawn(node.index(), router);
    Unicast whole = drawn.protocol().unicast();
    Unicast unicast = old.key().isUnicast() ? old.protocol().unicast().peers(whole.peers()) : whole;
    return Optional.of(old.key(drawn.key()).protocol(old.protocol().unicast(unicast)))
        .filter(mended -> !mended.equals(old));
  }

  private VrrpInstance drawn(int node, int router) {
    return scenario.routers().get(router).byNode().get(node);
  }

  // ---- addresses ----

  private VrrpInstance.Addresses changed(
      VrrpInstance.Addresses old, AddressFamily family, int router, int segment) {
    VrrpInstance.Addresses changed = old;
    if (oneIn(3)) {
      changed =
          changed.excluded(
              oneIn(3) ? List.of() : ScenarioDice.excluded(family, router, segment, oneIn(2)));
    }
    if (oneIn(3)) {
      List<VirtualAddress> advertised =
          new ArrayList<>(
              old.advertised().stream().filter(each -> !ScenarioDice.isFurther(each)).toList());
      if (!oneIn(3)) {
        List<VirtualAddress> further = further(family, router, segment);
        advertised.addAll(further.subList(0, oneIn(2) ? 1 : further.size()));
      }
      changed = changed.advertised(advertised);
    }
    return changed.advertised(withoutTwice(changed));
  }

  /** An address stands in one of the two lists. */
  private static List<VirtualAddress> withoutTwice(VrrpInstance.Addresses addresses) {
    return addresses.advertised().stream()
        .filter(each -> !names(addresses.excluded(), each))
        .toList();
  }

  private static boolean names(List<VirtualAddress> list, VirtualAddress address) {
    return list.stream().anyMatch(each -> each.address().equals(address.address()));
  }

  private List<VirtualAddress> further(AddressFamily family, int router, int segment) {
    return ScenarioDice.further(family, router, segment, oneIn(3));
  }

  /** An address of which neither the file nor the process says a word; empty if there is none. */
  Optional<VirtualAddress> unnamed(SimulatedNode node, int router) {
    int segment = scenario.routers().get(router).segment();
    AddressFamily family = node.written(router).key().family();
    List<VirtualAddress> free = new ArrayList<>(further(family, router, segment));
    free.addAll(ScenarioDice.excluded(family, router, segment, true));
    free.removeAll(node.written(router).addresses().all());
    free.removeAll(node.reading().named(router));
    return free.isEmpty() ? Optional.empty() : Optional.of(free.get(dice.nextInt(free.size())));
  }

  /** The same file with one more excluded address, unless it names that already. */
  static VrrpInstance with(VrrpInstance old, VirtualAddress one) {
    List<VirtualAddress> excluded = new ArrayList<>(old.addresses().excluded());
    if (!names(old.addresses().all(), one)) {
      excluded.add(one);
    }
    return old.addresses(old.addresses().excluded(excluded));
  }

  private boolean oneIn(int times) {
    return dice.nextInt(times) == 0;
  }
}
