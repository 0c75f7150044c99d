package org.jkeepalived.sim;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;

/**
 * A cluster, drawn from a seed.
 *
 * @param seed what it was drawn from
 * @param nodes how many machines, at least five
 * @param segments how many cables join them all, 1 or 2
 * @param routers the virtual routers; a router's index here is its index everywhere
 * @param groups the sync groups, the same on each node
 * @param checks what is tracked, the same on each node
 * @param machines one for each node
 * @param calm the weather of cables on good days
 * @param limits what the promises may count on
 */
record Scenario(
    long seed,
    int nodes,
    int segments,
    List<Router> routers,
    List<Group> groups,
    List<Check> checks,
    List<Machine> machines,
    Weather calm,
    Limits limits) {

  static final long MILLIS = 1_000_000L;
  static final long SECONDS = 1_000_000_000L;

  /**
   * One virtual router.
   *
   * @param segment the cable it speaks on
   * @param sourceSegment the cable at which a node has the address that it speaks from
   * @param hops how many routers forward what a peer gets
   * @param members the nodes that have it, as a bit mask
   * @param byNode its configuration on each node
   */
  record Router(int segment, int sourceSegment, int hops, int members, List<VrrpInstance> byNode) {

    /** One that all nodes have, and that speaks from the address that they have where it speaks. */
    Router(int segment, List<VrrpInstance> byNode) {
      this(segment, segment, 0, (1 << byNode.size()) - 1, byNode);
    }

    /** Whether it speaks to peers, at first: on all nodes, or on none. */
    boolean isUnicast() {
      return byNode.get(0).key().isUnicast();
    }

    /** The family that it speaks. */
    AddressFamily family() {
      return byNode.get(0).key().family();
    }

    boolean isOn(int node) {
      return (members >> node & 1) == 1;
    }

    Router byNode(List<VrrpInstance> others) {
      return new Router(segment, sourceSegment, hops, members, others);
    }
  }

  /**
   * One sync group.
   *
   * @param routers its members, in order
   * @param aligned on each node all members have the same say in elections: only then keepalived
   *     promises that they come to an end
   */
  record Group(List<Integer> routers, boolean aligned) {
    static String name(int group) {
      return "VG_" + group;
    }
  }

  /**
   * One script on each node.
   *
   * @param routers those that track it: one that is in no sync group, or all of a group
   */
  record Check(List<Integer> routers, Tracked tracked) {}

  /** The segment that a virtual router speaks on, and those that its addresses are on. */
  Set<Integer> segmentsOf(int router) {
    Set<Integer> needed = new TreeSet<>(Set.of(routers.get(router).segment()));
    for (VirtualAddress address : routers.get(router).byNode().get(0).addresses().advertised()) {
      needed.add(ScenarioDice.segment(address.device()));
    }
    return needed;
  }

  /** Where what happens concerns a virtual router: these, and where its source address is. */
  Set<Integer> concerns(int router) {
    Set<Integer> all = segmentsOf(router);
    all.add(routers.get(router).sourceSegment());
    return all;
  }

  /** The address that a node speaks from. */
  InetAddress source(int router, int node) {
    return ScenarioDice.nodeAddress(
        routers.get(router).family(), routers.get(router).sourceSegment(), node);
  }

  /** Whether some other virtual router has its link and VRID, and only their peers differ. */
  boolean sharesIdentifier(int router) {
    VrrpInstance.Key key = routers.get(router).byNode().get(0).key();
    return routers.stream().filter(each -> each.byNode().get(0).key().equals(key)).count() > 1;
  }

  /** The group that a virtual router is in. */
  Optional<Group> group(int router) {
    return groups.stream().filter(group -> group.routers().contains(router)).findFirst();
  }

  /** A virtual router and those that are master with it. */
  List<Integer> syncPeers(int router) {
    return group(router).map(Group::routers).orElseGet(() -> List.of(router));
  }

  /**
   * One machine.
   *
   * @param clockOriginNanos its clock's reading at time zero
   * @param clockDriftPpm how many microseconds a second its clock is too fast
   */
  record Machine(long clockOriginNanos, int clockDriftPpm) {}

  /**
   * How long things take at most on a good day.
   *
   * @param delayNanos a frame on its way
   * @param wakeNanos from an event until the process runs
   * @param answerNanos from an address wish until the kernel has answered, others before it
   *     included
   */
  record Limits(long delayNanos, long wakeNanos, long answerNanos) {

    /** Until a frame was sent, heard, answered, and the answer was heard. */
    long roundTripNanos() {
      return 2 * delayNanos + 4 * wakeNanos + MILLIS;
    }
  }

  /** How many microseconds a second a clock may be wrong. */
  static final int MAX_DRIFT_PPM = 1000;

  /** A time by somebody's clock as the slowest clock has it. */
  static long byAnyClock(long nanos) {
    return nanos + nanos / 1_000_000 * (MAX_DRIFT_PPM + MAX_DRIFT_PPM / 10) + MILLIS;
  }

  static Scenario of(long seed) {
    Scenario multicast = new ScenarioDice(seed, new SplittableRandom(seed)).throwThem();
    return new PeerDice(multicast, new SplittableRandom(~seed)).throwThem();
  }
}
