package org.jkeepalived.sim;

import static org.jkeepalived.sim.Scenario.byAnyClock;

import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.vrrp.State;

/** Priority 0 hurries: the next master needs no longer than the shortest skew time of all. */
final class ResignationRules implements Watcher {

  private final Scenario scenario;
  private final VirtualTime time;
  private final List<SimulatedNode> nodes;
  private final List<Topology> topologies;
  private final Seats seats;
  private final ClusterPromises promises;

  ResignationRules(
      Scenario scenario,
      VirtualTime time,
      List<SimulatedNode> nodes,
      List<Topology> topologies,
      Seats seats,
      ClusterPromises promises) {
    this.scenario = scenario;
    this.time = time;
    this.nodes = nodes;
    this.topologies = topologies;
    this.seats = seats;
    this.promises = promises;
  }

  @Override
  public void transition(SimulatedNode node, int router, State from, State to) {
    boolean resigns = from == State.MASTER && (to == State.FAULT || to == State.INIT);
    Topology topology = topologies.get(router);
    Topology.Component component = topology.componentOf(node.index());
    Seats.Seat leaver = seats.at(node.index(), router);
    // Priority 0 must not overtake the advertisement before it.
    boolean inOrder = time.nowNanos() - leaver.sentBeforeNanos() > scenario.limits().delayNanos();
    if (!resigns
        || !component.healthy()
        || !allHaveResigned(node.index(), router)
        || !inOrder
        || time.nowNanos() < topology.quietSinceNanos(component) + promises.settleNanos(router)) {
      return;
    }
    List<Integer> heirs = new ArrayList<>();
    long shortest = Long.MAX_VALUE;
    for (int other = 0; other < nodes.size(); other++) {
      if (component.contains(other) && seats.at(other, router).state() == State.BACKUP) {
        heirs.add(other);
        shortest = Math.min(shortest, skewNanos(nodes.get(other), router));
      }
    }
    if (!heirs.isEmpty()) {
      long resignedNanos = time.nowNanos();
      time.after(
          byAnyClock(shortest) + scenario.limits().roundTripNanos(),
          () -> requireHeir(router, heirs, resignedNanos));
    }
  }

  /** The last of a group to resign is the one that counts. */
  private boolean allHaveResigned(int node, int router) {
    return scenario.syncPeers(router).stream()
        .map(each -> seats.at(node, each))
        .allMatch(
            seat ->
                seat.lastWordSent()
                    && seat.sentPriority() == 0
                    && seat.sentNanos() == time.nowNanos());
  }

  private long skewNanos(SimulatedNode heir, int router) {
    return scenario.syncPeers(router).stream()
        .mapToLong(each -> TimerRules.skewNanos(heir, each, promises.longestIntervalNanos(each)))
        .max()
        .orElseThrow();
  }

  private void requireHeir(int router, List<Integer> heirs, long resignedNanos) {
    Topology topology = topologies.get(router);
    for (int heir : heirs) {
      Topology.Component component = topology.componentOf(heir);
      Seats.Seat seat = seats.at(heir, router);
      boolean disturbed =
          !component.healthy() || topology.quietSinceNanos(component) > resignedNanos;
      if (disturbed || seat.isMaster() || seat.leftMasterNanos() > resignedNanos) {
        return;
      }
    }
    throw new Violation(
        ScenarioDice.name(router) + ": the master resigned, and nobody of " + heirs + " hurries");
  }
}
