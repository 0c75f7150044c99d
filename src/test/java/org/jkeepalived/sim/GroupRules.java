package org.jkeepalived.sim;

import static org.jkeepalived.sim.Scenario.byAnyClock;

import java.util.List;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.vrrp.State;

/**
 * On one node the members of a sync group are all MASTER or none, and all in FAULT or none,
 * whatever the others do. Only one that a reload has added may still listen while others are
 * MASTER.
 */
final class GroupRules implements Watcher {

  private final Scenario scenario;
  private final VirtualTime time;
  private final Seats seats;
  private final long[] mayListenUntilNanos;
  private final boolean[] pausedListening;

  GroupRules(Scenario scenario, VirtualTime time, Seats seats) {
    this.scenario = scenario;
    this.time = time;
    this.seats = seats;
    mayListenUntilNanos = new long[scenario.nodes()];
    pausedListening = new boolean[scenario.nodes()];
  }

  @Override
  public void reloaded(SimulatedNode node) {
    long longest = 0;
    for (int router = 0; router < scenario.routers().size(); router++) {
      // What it counts with may be another router's interval that it has learnt.
      long interval =
          Math.max(5 * Scenario.SECONDS, node.instance(router).protocol().advertIntervalNanos());
      longest = Math.max(longest, TimerRules.downNanos(node, router, interval));
    }
    mayListenUntilNanos[node.index()] =
        time.nowNanos() + byAnyClock(longest) + scenario.limits().roundTripNanos();
  }

  @Override
  public void surroundingsChanged(SimulatedNode node, int segment) {
    boolean mayListen = time.nowNanos() < mayListenUntilNanos[node.index()];
    if (node.isPaused()) {
      pausedListening[node.index()] |= mayListen;
    } else if (mayListen || pausedListening[node.index()]) {
      pausedListening[node.index()] = false;
      reloaded(node);
    }
  }

  @Override
  public void turnEnded(SimulatedNode node) {
    for (SyncGroup group : node.reading().groups()) {
      List<State> states =
          group.members().stream()
              .map(name -> seats.at(node.index(), ScenarioDice.router(name)).state())
              .filter(state -> state != State.INIT)
              .toList();
      require(node, group, states, State.FAULT);
      if (time.nowNanos() > mayListenUntilNanos[node.index()]) {
        require(node, group, states, State.MASTER);
      }
    }
  }

  private static void require(
      SimulatedNode node, SyncGroup group, List<State> states, State shared) {
    if (states.contains(shared) && states.stream().anyMatch(state -> state != shared)) {
      throw new Violation(
          "node"
              + node.index()
              + " has "
              + shared
              + " but not all of its sync group "
              + group.name()
              + ": "
              + states);
    }
  }
}
