package org.jkeepalived.sim;

import static org.jkeepalived.sim.Scenario.byAnyClock;

import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.State;

/**
 * What VRRP promises for nodes that hear each other while nothing disturbs them. Each promise has a
 * deadline that follows from the configuration; the next one of each virtual router is kept, and
 * looked at again whenever something changes.
 */
final class ClusterPromises implements Watcher {

  private static final int OWNER = 255;

  private final Scenario scenario;
  private final VirtualTime time;
  private final List<SimulatedNode> nodes;
  private final List<Topology> topologies;
  private final Seats seats;
  private final HearingPromises hearing;
  private final HolderRules holders;
  private final long[] deadlineNanos;
  private final String[] promise;
  private final long[] longestIntervalNanos;
  private long nextDeadlineNanos = Long.MAX_VALUE;

  ClusterPromises(
      Scenario scenario,
      VirtualTime time,
      List<SimulatedNode> nodes,
      List<Topology> topologies,
      Seats seats,
      Audibility audibility) {
    this.scenario = scenario;
    this.time = time;
    this.nodes = nodes;
    this.topologies = topologies;
    this.seats = seats;
    holders = new HolderRules(scenario, time, nodes, topologies, seats);
    hearing =
        new HearingPromises(scenario, nodes, seats, audibility, new LongestTimes(), this::promise);
    int routers = scenario.routers().size();
    deadlineNanos = new long[routers];
    promise = new String[routers];
    longestIntervalNanos = new long[routers];
    for (int router = 0; router < routers; router++) {
      deadlineNanos[router] = Long.MAX_VALUE;
      for (VrrpInstance instance : scenario.routers().get(router).byNode()) {
        learn(router, instance);
      }
    }
  }

  /** A version 3 backup may still count with an interval that nobody has any more. */
  private void learn(int router, VrrpInstance instance) {
    longestIntervalNanos[router] =
        Math.max(longestIntervalNanos[router], instance.protocol().advertIntervalNanos());
  }

  private final class LongestTimes implements HearingPromises.Times {
    @Override
    public long downNanos(SimulatedNode node, int router) {
      return ClusterPromises.this.downNanos(node, router);
    }

    @Override
    public long longestIntervalNanos(int router) {
      return longestIntervalNanos[router];
    }
  }

  /** The longest interval that anybody may count with. */
  long longestIntervalNanos(int router) {
    return longestIntervalNanos[router];
  }

  /** Virtual time goes on to {@code untilNanos} with everything as it is. */
  void timePasses(long untilNanos) {
    if (untilNanos <= nextDeadlineNanos) {
      return;
    }
    for (int router = 0; router < deadlineNanos.length; router++) {
      if (untilNanos > deadlineNanos[router]) {
        throw new Violation(ScenarioDice.name(router) + ": " + promise[router]);
      }
    }
  }

  // ---- what changes ----

  @Override
  public void surroundingsChanged(SimulatedNode node, int segment) {
    disturbed(segment, 1 << node.index(), 0);
  }

  /** Whoever believes a stranger, or one that has just left the cluster, waits for it. */
  @Override
  public void hears(SimulatedNode node, Arrival arrival) {
    if (!node.believes(arrival)) {
      return;
    }
    Topology topology = topologies.get(arrival.router());
    boolean outside =
        arrival.from() == Arrival.STRANGER
            || !topology.componentOf(node.index()).contains(arrival.from());
    if (outside) {
      topology.changed(1 << node.index(), 0);
      scenario.syncPeers(arrival.router()).forEach(this::look);
    }
  }

  /** Cables were cut or mended, or the weather changed. */
  void disturbed(int segment, int touched, long echoNanos) {
    for (int router = 0; router < deadlineNanos.length; router++) {
      if (topologies.get(router).covers(segment)) {
        topologies.get(router).changed(touched, echoNanos);
        look(router);
      }
    }
  }

  @Override
  public void booted(SimulatedNode node) {
    reloaded(node);
  }

  @Override
  public void reloaded(SimulatedNode node) {
    for (int router = 0; router < deadlineNanos.length; router++) {
      learn(router, node.instance(router));
      disturbed(segment(router), 1 << node.index(), 0);
    }
  }

  @Override
  public void transition(SimulatedNode node, int router, State from, State to) {
    if (from == State.FAULT || to == State.FAULT || from == State.INIT || to == State.INIT) {
      topologies.get(router).changed(1 << node.index(), 0);
    } else {
      requireRest(node, router, to);
    }
    look(router);
  }

  @Override
  public void tracked(SimulatedNode node, int router, int priorityBefore) {
    disturbed(segment(router), 1 << node.index(), 0);
  }

  private int segment(int router) {
    return scenario.routers().get(router).segment();
  }

  // ---- the promises ----

  private void requireRest(SimulatedNode node, int router, State to) {
    Topology topology = topologies.get(router);
    Topology.Component component = topology.componentOf(node.index());
    int elections = electionsUntilRest(router, component);
    long since = topology.quietSinceNanos(component);
    if (elections > 0 && time.nowNanos() > since + elections * settleNanos(router)) {
      throw new Violation(
          "node"
              + node.index()
              + " "
              + ScenarioDice.name(router)
              + " becomes "
              + to
              + " although the election was over and nothing happened since");
    }
  }

  /** How many elections it takes until all rest; 0 where they may not. */
  private int electionsUntilRest(int router, Topology.Component component) {
    if (component.healthy()) {
      return 1;
    }
    return component.steady() && scenario.group(router).isEmpty()
        ? hearing.electionsUntilRest(router, component)
        : 0;
  }

  /** Nothing has happened for as long as {@link #restNanos} says, or longer. */
  void quietTimesEnd() {
    for (int router = 0; router < scenario.routers().size(); router++) {
      holders.require(router, settleNanos(router));
    }
  }

  /** How long to watch a cluster in which nothing happens. */
  long restNanos(int router) {
    Topology topology = topologies.get(router);
    int most = 1;
    for (int node = 0; node < scenario.nodes(); node++) {
      most = Math.max(most, electionsUntilRest(router, topology.componentOf(node)));
    }
    return most * settleNanos(router);
  }

  private void look(int router) {
    deadlineNanos[router] = Long.MAX_VALUE;
    Topology topology = topologies.get(router);
    int seen = 0;
    for (int node = 0; node < scenario.nodes(); node++) {
      Topology.Component component = topology.componentOf(node);
      if (component.steady() && (seen >> node & 1) == 0) {
        seen |= component.members();
        long since = topology.quietSinceNanos(component);
        if (component.complete()) {
          look(router, component, since);
        } else if (scenario.group(router).isEmpty()) {
          hearing.look(router, component, since);
        }
      }
    }
    nextDeadlineNanos = Long.MAX_VALUE;
    for (long deadline : deadlineNanos) {
      nextDeadlineNanos = Math.min(nextDeadlineNanos, deadline);
    }
  }

  private void look(int router, Topology.Component component, long quietSinceNanos) {
    List<Integer> able = new ArrayList<>();
    List<Integer> masters = new ArrayList<>();
    for (int node = 0; node < scenario.nodes(); node++) {
      State state = seats.at(node, router).state();
      if (component.contains(node) && (state == State.BACKUP || state == State.MASTER)) {
        able.add(node);
        if (state == State.MASTER) {
          masters.add(node);
        }
      }
    }
    if (able.isEmpty()) {
      return;
    }
    if (masters.isEmpty()) {
      promise(
          router, someMasterBy(router, able, quietSinceNanos), "nobody of " + able + " takes over");
    } else if (masters.size() > 1) {
      promiseOneMaster(router, masters, quietSinceNanos);
    } else {
      promiseTheBest(router, able, masters.get(0), quietSinceNanos);
    }
  }

  private void promise(int router, long deadline, String what) {
    if (deadline < deadlineNanos[router]) {
      deadlineNanos[router] = deadline;
      promise[router] = what;
    }
  }

  /**
   * Some master within the shortest master-down time of all; but where the others of its group are
   * masters, only there.
   */
  private long someMasterBy(int router, List<Integer> able, long quietSinceNanos) {
    long since = quietSinceNanos;
    long shortest = Long.MAX_VALUE;
    List<Integer> joining = able.stream().filter(node -> hasMasters(node, router)).toList();
    for (int node : joining.isEmpty() ? able : joining) {
      since = Math.max(since, seats.at(node, router).leftMasterNanos());
      shortest = Math.min(shortest, downNanos(nodes.get(node), router));
    }
    return since + byAnyClock(shortest) + scenario.limits().roundTripNanos();
  }

  private boolean hasMasters(int node, int router) {
    return scenario.syncPeers(router).stream().anyMatch(each -> seats.at(node, each).isMaster());
  }

  /** Of two masters one yields to the other's next advertisement. */
  private void promiseOneMaster(int router, List<Integer> masters, long quietSinceNanos) {
    int best = masters.get(0);
    for (int node : masters) {
      best = Elections.isBetter(scenario, nodes, router, node, best) ? node : best;
    }
    for (int node : masters) {
      if (node != best) {
        long since =
            Math.max(
                quietSinceNanos,
                Math.max(seats.at(node, router).sinceNanos(), seats.at(best, router).sinceNanos()));
        long interval = instance(best, router).protocol().advertIntervalNanos();
        promise(
            router,
            since + byAnyClock(interval) + scenario.limits().roundTripNanos(),
            "node" + node + " stays MASTER beside node" + best);
      }
    }
  }

  /**
   * In the end no backup that preempts has a higher priority than the master. Equal priorities are
   * decided by address only where two masters meet.
   */
  private void promiseTheBest(int router, List<Integer> able, int master, long quietSinceNanos) {
    for (int node : able) {
      VrrpInstance.Election election = instance(node, router).election();
      int priority = nodes.get(node).priority(router);
      boolean preempts = election.preempt() || priority == OWNER;
      if (preempts && priority > nodes.get(master).priority(router)) {
        promise(
            router,
            quietSinceNanos + settleNanos(router),
            "node" + node + " does not take over from node" + master);
      }
    }
  }

  private VrrpInstance instance(int node, int router) {
    return nodes.get(node).instance(router);
  }

  /**
   * How long until an election is over: somebody takes over at last, speaks, is heard by a better
   * one, which waits its delay and then for its timer, speaks, and is heard by all.
   */
  long settleNanos(int router) {
    long down = 0;
    long delay = 0;
    for (SimulatedNode node : nodes) {
      if (node.isAlive()) {
        down = Math.max(down, downNanos(node, router));
        for (int each : scenario.syncPeers(router)) {
          delay = Math.max(delay, node.instance(each).election().preemptDelayNanos());
        }
      }
    }
    long interval = 0;
    for (int each : scenario.syncPeers(router)) {
      interval = Math.max(interval, longestIntervalNanos[each]);
    }
    return byAnyClock(2 * down + delay + 2 * interval) + 2 * scenario.limits().roundTripNanos();
  }

  /** How long a node waits for a master at most: a group waits for the last of its members. */
  private long downNanos(SimulatedNode node, int router) {
    long longest = 0;
    for (int each : scenario.syncPeers(router)) {
      longest = Math.max(longest, TimerRules.downNanos(node, each, longestIntervalNanos[each]));
    }
    return longest;
  }
}
