package org.jkeepalived.sim;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who can talk with whom on one segment, or on all segments of a sync group, and since when nothing
 * has disturbed that.
 *
 * <p>Sets of nodes are bit masks.
 */
final class Topology {

  /**
   * Nodes that hear each other, directly or not.
   *
   * @param members the nodes
   * @param steady what is sent is heard or not, but nothing is lost; no kernel refuses addresses
   * @param complete every member hears every other
   */
  record Component(int members, boolean steady, boolean complete) {
    /** Whether all that VRRP promises can be kept. */
    boolean healthy() {
      return steady && complete;
    }

    boolean contains(int node) {
      return (members >> node & 1) == 1;
    }
  }

  private final List<Integer> routers;

  /** The segments that they speak on. */
  private final List<Integer> segments;

  /** These, and the segments that their addresses are on. */
  private final Set<Integer> needed = new TreeSet<>();

  /** These, and the segments that their source addresses are at. */
  private final Set<Integer> concerned = new TreeSet<>();

  private final Scenario scenario;
  private final VirtualTime time;
  private final List<SimulatedNode> nodes;
  private final List<Cable> cables;
  private final Audibility audibility;
  private final Component[] componentOf;
  private final long[] disturbedNanos;

  /**
   * Of one virtual router, or of all in one group.
   *
   * @param cables one for each segment
   */
  Topology(
      List<Integer> routers,
      Scenario scenario,
      VirtualTime time,
      List<SimulatedNode> nodes,
      List<Cable> cables,
      Audibility audibility) {
    this.audibility = audibility;
    this.routers = routers;
    this.scenario = scenario;
    this.time = time;
    this.nodes = nodes;
    this.cables = cables;
    segments =
        routers.stream()
            .map(router -> scenario.routers().get(router).segment())
            .distinct()
            .toList();
    routers.forEach(router -> needed.addAll(scenario.segmentsOf(router)));
    routers.forEach(router -> concerned.addAll(scenario.concerns(router)));
    componentOf = new Component[scenario.nodes()];
    disturbedNanos = new long[scenario.nodes()];
    java.util.Arrays.fill(componentOf, new Component(0, false, false));
  }

  boolean covers(int segment) {
    return concerned.contains(segment);
  }

  Component componentOf(int node) {
    return componentOf[node];
  }

  /** Since when nothing has happened to any member that could unsettle an election. */
  long quietSinceNanos(Component component) {
    long since = 0;
    for (int node = 0; node < componentOf.length; node++) {
      if (component.contains(node)) {
        since = Math.max(since, disturbedNanos[node]);
      }
    }
    return since;
  }

  /**
   * Something happened.
   *
   * @param touched the nodes it happened to
   * @param echoNanos how long afterwards it may still be felt
   */
  void changed(int touched, long echoNanos) {
    Component[] before = componentOf.clone();
    compute();
    for (int node = 0; node < componentOf.length; node++) {
      int both = before[node].members() | componentOf[node].members() | 1 << node;
      if (!before[node].equals(componentOf[node]) || (both & touched) != 0) {
        disturbedNanos[node] = Math.max(disturbedNanos[node], time.nowNanos() + echoNanos);
      }
    }
  }

  private void compute() {
    int count = componentOf.length;
    int[] reach = new int[count];
    int present = 0;
    for (int a = 0; a < count; a++) {
      present |= takesPart(nodes.get(a)) ? 1 << a : 0;
    }
    for (int a = 0; a < count; a++) {
      reach[a] = 1 << a;
      for (int b = 0; b < count; b++) {
        boolean there = (present >> a & 1) == 1 && (present >> b & 1) == 1;
        if (there && a != b && isOneWayOpen(a, b)) {
          reach[a] |= 1 << b;
        }
      }
    }
    for (boolean grown = true; grown; ) {
      grown = false;
      for (int a = 0; a < count; a++) {
        int wider = reach[a];
        for (int b = 0; b < count; b++) {
          wider |= (wider >> b & 1) == 1 ? reach[b] : 0;
        }
        grown |= wider != reach[a];
        reach[a] = wider;
      }
    }
    for (int a = 0; a < count; a++) {
      boolean there = (present >> a & 1) == 1;
      componentOf[a] =
          there
              ? new Component(reach[a], isSteady(reach[a]), isComplete(reach[a]))
              : new Component(0, false, false);
    }
  }

  /** A node whose group is not whole takes part with what it has left of it. */
  private boolean takesPart(SimulatedNode node) {
    return node.reading().isWhole(routers)
        ? routers.stream().allMatch(router -> takesPart(node, router))
        : routers.stream().anyMatch(router -> takesPart(node, router));
  }

  private boolean takesPart(SimulatedNode node, int router) {
    return node.hasSource(router) && scenario.segmentsOf(router).stream().allMatch(node::takesPart);
  }

  private boolean isOneWayOpen(int a, int b) {
    for (int router : routers) {
      if (audibility.hears(router, a, b) || audibility.hears(router, b, a)) {
        return true;
      }
    }
    return false;
  }

  private boolean isSteady(int members) {
    long delayNanos = scenario.limits().delayNanos();
    if (segments.stream().anyMatch(each -> cables.get(each).weather().isRough(delayNanos))) {
      return false;
    }
    for (int a = 0; a < componentOf.length; a++) {
      if ((members >> a & 1) == 1
          && (nodes.get(a).kernel().refuses() || !nodes.get(a).reading().isWhole(routers))) {
        return false;
      }
    }
    return true;
  }

  private boolean isComplete(int members) {
    if (!scenario.group(routers.get(0)).map(Scenario.Group::aligned).orElse(true)) {
      return false;
    }
    for (int a = 0; a < componentOf.length; a++) {
      for (int b = 0; b < componentOf.length; b++) {
        boolean both = (members >> a & 1) == 1 && (members >> b & 1) == 1;
        if (both && a != b && !hearsAllOf(a, b)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean hearsAllOf(int listener, int speaker) {
    for (int router : routers) {
      if (!audibility.hears(router, listener, speaker)) {
        return false;
      }
    }
    return true;
  }
}
