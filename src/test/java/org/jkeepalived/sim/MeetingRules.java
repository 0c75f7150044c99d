package org.jkeepalived.sim;

import java.util.List;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.State;

/**
 * When two masters met, hosts may have either's hardware address in mind: the one that stays
 * announces its addresses after the other has let go of them.
 */
final class MeetingRules implements Watcher {

  private static final int ANSWERS_PER_INTERVAL = 2;

  private final Scenario scenario;
  private final VirtualTime time;
  private final List<SimulatedNode> nodes;
  private final List<Topology> topologies;
  private final Seats seats;
  private final long[] outOfActionNanos;

  MeetingRules(
      Scenario scenario,
      VirtualTime time,
      List<SimulatedNode> nodes,
      List<Topology> topologies,
      Seats seats) {
    this.scenario = scenario;
    this.time = time;
    this.nodes = nodes;
    this.topologies = topologies;
    this.seats = seats;
    outOfActionNanos = new long[scenario.nodes()];
  }

  @Override
  public void surroundingsChanged(SimulatedNode node, int segment) {
    outOfActionNanos[node.index()] = time.nowNanos();
  }

  @Override
  public void reloaded(SimulatedNode node) {
    outOfActionNanos[node.index()] = time.nowNanos();
  }

  @Override
  public void transition(SimulatedNode node, int router, State from, State to) {
    if (from != State.MASTER || node.observations().isReplacing(router)) {
      return;
    }
    if (to == State.BACKUP) {
      if (node.observations().hearingFrom() >= 0 && saysFarewell(node, router)) {
        expectAnnouncement(node, router, node.observations().hearingFrom());
      }
    } else {
      // It has resigned: every master that hears it learns that there were two.
      for (SimulatedNode other : nodes) {
        expectAnnouncement(node, router, other.index());
      }
    }
  }

  /**
   * Strict routers do not; nor do those whose shorter interval would mislead other backups. Those
   * that only step back with others of their sync group resign.
   */
  private boolean saysFarewell(SimulatedNode node, int router) {
    VrrpInstance own = node.instance(router);
    long heardNanos = node.observations().hearing().orElseThrow().intervalNanosV3();
    boolean misleads =
        own.protocol().version() == 3 && own.protocol().advertIntervalNanos() < heardNanos;
    return node.observations().hearingOf() != router || (!own.conduct().strict() && !misleads);
  }

  private void expectAnnouncement(SimulatedNode leaver, int router, int stayer) {
    long leftNanos = time.nowNanos();
    Topology topology = topologies.get(router);
    boolean heard =
        stayer != leaver.index()
            && seats.at(leaver.index(), router).lastWordSent()
            && topology.componentOf(leaver.index()).healthy()
            && topology.componentOf(leaver.index()).contains(stayer)
            && seats.at(stayer, router).isMaster()
            && leftNanos - outOfActionNanos[stayer] > scenario.limits().roundTripNanos();
    if (heard) {
      // after so many meetings that there is no room for one more answer, it waits for that
      long room =
          nodes.get(stayer).instance(router).protocol().advertIntervalNanos()
              / ANSWERS_PER_INTERVAL;
      time.after(
          scenario.limits().roundTripNanos()
              + scenario.limits().answerNanos()
              + Scenario.byAnyClock(room),
          () -> requireAnnouncement(router, stayer, leftNanos));
    }
  }

  private void requireAnnouncement(int router, int stayer, long leftNanos) {
    Seats.Seat seat = seats.at(stayer, router);
    boolean stayed =
        seat.isMaster() && seat.sinceNanos() <= leftNanos && outOfActionNanos[stayer] < leftNanos;
    if (stayed && seat.announcedNanos() < leftNanos) {
      throw new Violation(
          "node"
              + stayer
              + " "
              + ScenarioDice.name(router)
              + " outlasted another master and does not announce its addresses again");
    }
  }
}
