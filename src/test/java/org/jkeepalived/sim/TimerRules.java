package org.jkeepalived.sim;

import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.State;

/**
 * A dumb twin of the two timers of VRRP, by each node's own clock: nobody takes over before the
 * master-down time is over, and no master is silent for longer than its interval.
 */
final class TimerRules implements Watcher {

  private static final int RESIGN = 0;
  private static final int OWNER = 255;

  private final Scenario scenario;
  private final VirtualTime time;
  private final Seats seats;
  private final Watch[][] watches;

  private static final class Watch {
    private long earliestTakeoverClockNanos;
    private boolean takeoverKnown;
    private long learnedIntervalNanos;
    private boolean believedSomebody;
    private long pausedOrReloadedNanos;
  }

  TimerRules(Scenario scenario, VirtualTime time, Seats seats) {
    this.scenario = scenario;
    this.time = time;
    this.seats = seats;
    watches = new Watch[scenario.nodes()][scenario.routers().size()];
    for (Watch[] row : watches) {
      for (int router = 0; router < row.length; router++) {
        row[router] = new Watch();
      }
    }
  }

  // ---- the formulas, written down once more from the RFCs ----

  /** RFC 9568 section 6.1: Skew_Time; RFC 3768 has seconds where it has intervals. */
  static long skewNanos(SimulatedNode node, int router, long learnedNanos) {
    return skewNanos(node.instance(router), node.priority(router), learnedNanos);
  }

  private static long skewNanos(VrrpInstance instance, int priority, long learnedNanos) {
    long unit = instance.protocol().version() == 2 ? Scenario.SECONDS : learnedNanos;
    return Math.floorDiv((256 - priority) * unit, 256L);
  }

  /** RFC 9568 section 6.1: Active_Down_Interval. */
  static long downNanos(SimulatedNode node, int router, long learnedNanos) {
    return node.instance(router).protocol().downTimerAdverts() * learnedNanos
        + skewNanos(node, router, learnedNanos);
  }

  // ---- taking over ----

  @Override
  public void hears(SimulatedNode node, Arrival arrival) {
    int router = arrival.router();
    if (!node.believes(arrival) || seats.at(node.index(), router).state() == State.FAULT) {
      return;
    }
    Watch watch = watches[node.index()][router];
    VrrpInstance instance = node.instance(router);
    int ours = node.priority(router);
    if (arrival.priority() == RESIGN) {
      wait(node, watch, skewNanos(node, router, watch.learnedIntervalNanos));
    } else if (arrival.priority() >= ours || (!instance.election().preempt() && ours != OWNER)) {
      if (instance.protocol().version() == 3) {
        watch.learnedIntervalNanos = arrival.intervalNanosV3();
        watch.believedSomebody = true;
      }
      wait(node, watch, downNanos(node, router, watch.learnedIntervalNanos));
    } else if (instance.election().preemptDelayNanos() > 0) {
      // Discarded, or, while the delay runs, believed: both are right.
      if (instance.protocol().version() == 3) {
        watch.learnedIntervalNanos =
            Math.min(watch.learnedIntervalNanos, arrival.intervalNanosV3());
      }
      long believed = node.clockNanos() + downNanos(node, router, watch.learnedIntervalNanos);
      if (believed - watch.earliestTakeoverClockNanos < 0) {
        watch.earliestTakeoverClockNanos = believed;
      }
    }
  }

  private static void wait(SimulatedNode node, Watch watch, long nanos) {
    watch.earliestTakeoverClockNanos = node.clockNanos() + nanos;
    watch.takeoverKnown = true;
  }

  @Override
  public void transition(SimulatedNode node, int router, State from, State to) {
    Watch watch = watches[node.index()][router];
    VrrpInstance instance = node.instance(router);
    if (to == State.BACKUP && (from != State.MASTER || node.observations().hearingOf() != router)) {
      watch.learnedIntervalNanos = instance.protocol().advertIntervalNanos();
      watch.believedSomebody = false;
      wait(node, watch, downNanos(node, router, watch.learnedIntervalNanos));
    } else if (from == State.BACKUP && to == State.MASTER) {
      requirePatience(node, router, watch);
      watch.believedSomebody = false;
      watch.learnedIntervalNanos = instance.protocol().advertIntervalNanos();
    }
  }

  private void requirePatience(SimulatedNode node, int router, Watch watch) {
    long early = watch.earliestTakeoverClockNanos - node.clockNanos();
    if (watch.takeoverKnown && early > 0) {
      throw violation(node, router, "takes over " + early / 1e9 + " s too early");
    }
    if (node.links().hasQueued()) {
      throw violation(node, router, "takes over before it has read what arrived");
    }
  }

  /** Who waits for the master waits as long as its new priority says. */
  @Override
  public void tracked(SimulatedNode node, int router, int priorityBefore) {
    Watch watch = watches[node.index()][router];
    VrrpInstance instance = node.instance(router);
    watch.earliestTakeoverClockNanos +=
        skewNanos(instance, node.priority(router), watch.learnedIntervalNanos)
            - skewNanos(instance, priorityBefore, watch.learnedIntervalNanos);
  }

  @Override
  public void reloaded(SimulatedNode node) {
    for (int router = 0; router < scenario.routers().size(); router++) {
      Watch watch = watches[node.index()][router];
      if (!watch.believedSomebody) {
        watch.learnedIntervalNanos =
            Math.min(
                watch.learnedIntervalNanos, node.instance(router).protocol().advertIntervalNanos());
      }
      watch.takeoverKnown = false;
      watch.pausedOrReloadedNanos = time.nowNanos();
    }
  }

  // ---- not being silent ----

  @Override
  public void surroundingsChanged(SimulatedNode node, int segment) {
    for (Watch watch : watches[node.index()]) {
      watch.pausedOrReloadedNanos = time.nowNanos();
    }
  }

  @Override
  public void turnEnded(SimulatedNode node) {
    for (int router = 0; router < scenario.routers().size(); router++) {
      Seats.Seat seat = seats.at(node.index(), router);
      if (seat.isMaster()) {
        long since =
            Math.max(
                Math.max(seat.sentNanos(), seat.sinceNanos()),
                watches[node.index()][router].pausedOrReloadedNanos);
        long silent = time.nowNanos() - since;
        long interval = node.instance(router).protocol().advertIntervalNanos();
        if (silent > Scenario.byAnyClock(interval) + 4 * scenario.limits().wakeNanos()) {
          throw violation(node, router, "is MASTER and silent for " + silent / 1e9 + " s");
        }
      }
    }
  }

  private static Violation violation(SimulatedNode node, int router, String what) {
    return new Violation("node" + node.index() + " " + ScenarioDice.name(router) + " " + what);
  }
}
