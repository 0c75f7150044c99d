package org.jkeepalived.sim;

import java.util.List;

/**
 * Who can talk with whom on one segment, and since when nothing has disturbed that.
 *
 * <p>Sets of nodes are bit masks.
 */
final class Topology {

  /**
   * Nodes that hear each other, directly or not.
   *
   * @param members the nodes
   * @param healthy every member hears every other, nothing is lost, no kernel refuses addresses
   */
  record Component(int members, boolean healthy) {
    boolean contains(int node) {
      return (members >> node & 1) == 1;
    }
  }

  private final int segment;
  private final Scenario scenario;
  private final VirtualTime time;
  private final List<SimulatedNode> nodes;
  private final Cable cable;
  private final Component[] componentOf;
  private final long[] disturbedNanos;

  Topology(
      int segment, Scenario scenario, VirtualTime time, List<SimulatedNode> nodes, Cable cable) {
    this.segment = segment;
    this.scenario = scenario;
    this.time = time;
    this.nodes = nodes;
    this.cable = cable;
    componentOf = new Component[scenario.nodes()];
    disturbedNanos = new long[scenario.nodes()];
    java.util.Arrays.fill(componentOf, new Component(0, false));
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
      present |= nodes.get(a).takesPart(segment) ? 1 << a : 0;
    }
    for (int a = 0; a < count; a++) {
      reach[a] = 1 << a;
      for (int b = 0; b < count; b++) {
        boolean joined = !cable.isCut(a, b) || !cable.isCut(b, a);
        if (joined && (present >> a & 1) == 1 && (present >> b & 1) == 1) {
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
      componentOf[a] = new Component(there ? reach[a] : 0, there && isHealthy(reach[a]));
    }
  }

  private boolean isHealthy(int members) {
    if (cable.weather().isRough(scenario.limits().delayNanos())) {
      return false;
    }
    for (int a = 0; a < componentOf.length; a++) {
      if ((members >> a & 1) == 1) {
        if (nodes.get(a).addresses().refuses()) {
          return false;
        }
        for (int b = 0; b < componentOf.length; b++) {
          if (a != b && (members >> b & 1) == 1 && cable.isCut(a, b)) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
