package org.jkeepalived.sim;

import static org.jkeepalived.sim.Scenario.byAnyClock;

import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.State;

/**
 * What VRRP promises where not everybody hears everybody, by a cable that carries one way only or
 * by lists of peers that are not complete. Several masters are right there; but each node decides
 * by what it hears itself:
 *
 * <ul>
 *   <li>a master that hears a better one yields to it,
 *   <li>a backup that hears no master becomes one, in the time that it has for that,
 *   <li>and so does a backup that preempts and hears only masters of lower priority.
 * </ul>
 */
final class HearingPromises {

  /** Takes what has to be so by when. */
  interface Sink {
    void promise(int router, long deadlineNanos, String otherwise);
  }

  /** How long things take at most, where intervals may have been learnt. */
  interface Times {
    long downNanos(SimulatedNode node, int router);

    long longestIntervalNanos(int router);
  }

  private static final int OWNER = 255;

  private final Scenario scenario;
  private final List<SimulatedNode> nodes;
  private final Seats seats;
  private final Audibility audibility;
  private final Times times;
  private final Sink sink;

  HearingPromises(
      Scenario scenario,
      List<SimulatedNode> nodes,
      Seats seats,
      Audibility audibility,
      Times times,
      Sink sink) {
    this.scenario = scenario;
    this.nodes = nodes;
    this.seats = seats;
    this.audibility = audibility;
    this.times = times;
    this.sink = sink;
  }

  /**
   * What is promised as things are.
   *
   * @param quietSinceNanos since when nothing has happened to any of the component
   */
  void look(int router, Topology.Component component, long quietSinceNanos) {
    for (int node = 0; node < scenario.nodes(); node++) {
      if (component.contains(node)) {
        State state = seats.at(node, router).state();
        if (state == State.MASTER) {
          promiseToYield(router, node, heard(component, router, node), quietSinceNanos);
        } else if (state == State.BACKUP) {
          promiseToTakeOver(router, node, heard(component, router, node), quietSinceNanos);
        }
      }
    }
  }

  /** Those whose advertisements of the virtual router a node hears, if they send any. */
  private List<Integer> heard(Topology.Component component, int router, int listener) {
    List<Integer> heard = new ArrayList<>();
    for (int node = 0; node < scenario.nodes(); node++) {
      if (node != listener
          && component.contains(node)
          && audibility.hears(router, listener, node)) {
        heard.add(node);
      }
    }
    return heard;
  }

  private void promiseToYield(int router, int node, List<Integer> heard, long quietSinceNanos) {
    for (int other : heard) {
      Seats.Seat seat = seats.at(other, router);
      if (seat.isMaster() && Elections.isBetter(scenario, nodes, router, other, node)) {
        long since =
            Math.max(
                quietSinceNanos, Math.max(seat.sinceNanos(), seats.at(node, router).sinceNanos()));
        long interval = nodes.get(other).instance(router).protocol().advertIntervalNanos();
        sink.promise(
            router,
            since + byAnyClock(interval) + scenario.limits().roundTripNanos(),
            "node" + node + " stays MASTER although it hears node" + other);
      }
    }
  }

  private void promiseToTakeOver(int router, int node, List<Integer> heard, long quietSinceNanos) {
    long since = Math.max(quietSinceNanos, seats.at(node, router).sinceNanos());
    boolean hearsMaster = false;
    int best = 0;
    for (int other : heard) {
      Seats.Seat seat = seats.at(other, router);
      since = Math.max(since, seat.leftMasterNanos());
      if (seat.isMaster()) {
        hearsMaster = true;
        since = Math.max(since, seat.sinceNanos());
        best = Math.max(best, nodes.get(other).priority(router));
      }
    }
    SimulatedNode listener = nodes.get(node);
    VrrpInstance.Election election = listener.instance(router).election();
    long waitsNanos = times.downNanos(listener, router);
    if (!hearsMaster) {
      sink.promise(
          router,
          since + byAnyClock(waitsNanos) + scenario.limits().roundTripNanos(),
          "node" + node + " is BACKUP although it hears no MASTER");
      return;
    }
    boolean preempts = election.preempt() || listener.priority(router) == OWNER;
    if (preempts && listener.priority(router) > best) {
      waitsNanos += election.preemptDelayNanos() + 2 * times.longestIntervalNanos(router);
      sink.promise(
          router,
          since + byAnyClock(waitsNanos) + 2 * scenario.limits().roundTripNanos(),
          "node" + node + " is BACKUP although it hears only masters of lower priority");
    }
  }

  /**
   * How many elections it takes at most until all rest: the best comes to rest first, then those
   * who hear it, then the best of the others, and so on. Not where intervals differ, which a backup
   * learns from whoever spoke last: it may miss a slow master after it heard a fast one.
   *
   * @return 0 where they may never rest
   */
  int electionsUntilRest(int router, Topology.Component component) {
    long first = times.longestIntervalNanos(router);
    int able = 1;
    for (int node = 0; node < scenario.nodes(); node++) {
      if (component.contains(node)) {
        if (nodes.get(node).instance(router).protocol().advertIntervalNanos() != first) {
          return 0;
        }
        able++;
      }
    }
    return able;
  }
}
