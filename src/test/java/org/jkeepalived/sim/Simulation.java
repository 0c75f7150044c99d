package org.jkeepalived.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One cluster's life, from one seed. The same seed is the same life, event by event. */
final class Simulation {

  private final Scenario scenario;
  private final VirtualTime time = new VirtualTime();
  private final Trace trace;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<Cable> cables = new ArrayList<>();
  private final Audibility audibility;
  private final Seats seats;
  private final ClusterPromises promises;

  /**
   * @param traceLines how many lines of its story to keep; 0 for none, which is much faster
   */
  Simulation(long seed, Sabotage sabotage, int traceLines) {
    scenario = Scenario.of(seed);
    trace = new Trace(time, traceLines);
    SplittableRandom random = new SplittableRandom(seed);
    for (int segment = 0; segment < scenario.segments(); segment++) {
      cables.add(
          new Cable(
              segment, scenario.nodes(), time, random.split(), scenario.calm(), this::arrived));
    }
    audibility = new Audibility(scenario, nodes, cables);
    List<Topology> topologies = new ArrayList<>();
    for (int router = 0; router < scenario.routers().size(); router++) {
      topologies.add(topology(router, topologies));
    }
    seats = new Seats(time, scenario.nodes(), scenario.routers().size());
    promises = new ClusterPromises(scenario, time, nodes, topologies, seats, audibility);
    Watchers watchers =
        new Watchers(
            List.of(
                seats,
                new NodeRules(scenario, time, seats),
                new GroupRules(scenario, time, seats),
                new TimerRules(scenario, time, seats),
                new YieldRules(scenario),
                new PeerRules(scenario),
                new ReloadRules(scenario, time, seats),
                new MeetingRules(scenario, time, nodes, topologies, seats),
                new ResignationRules(scenario, time, nodes, topologies, seats, promises),
                promises));
    World world = new World(scenario, time, cables, watchers, trace, sabotage);
    for (int node = 0; node < scenario.nodes(); node++) {
      nodes.add(new SimulatedNode(world, node, random.split()));
    }
    new Storm(scenario, time, nodes, cables, promises, trace, random.split()).begin();
  }

  /** One for each group, and one for all virtual routers of no group that need the same links. */
  private Topology topology(int router, List<Topology> others) {
    List<Integer> syncPeers = scenario.syncPeers(router);
    for (int other = 0; other < others.size(); other++) {
      boolean alone = syncPeers.size() == 1 && scenario.group(other).isEmpty();
      boolean same =
          !scenario.routers().get(other).isUnicast()
              && !scenario.routers().get(router).isUnicast()
              && scenario.routers().get(other).segment() == scenario.routers().get(router).segment()
              && scenario.segmentsOf(other).equals(scenario.segmentsOf(router));
      if (syncPeers.contains(other) || (alone && same)) {
        return others.get(other);
      }
    }
    return new Topology(syncPeers, scenario, time, nodes, cables, audibility);
  }

  private void arrived(int to, Arrival arrival) {
    nodes.get(to).arrived(arrival);
  }

  /**
   * Lets time pass.
   *
   * @throws Violation a promise was broken
   */
  void run(long nanos) {
    long end = time.nowNanos() + nanos;
    while (time.nextNanos() <= end) {
      promises.timePasses(time.nextNanos());
      time.runNext();
    }
  }

  Scenario scenario() {
    return scenario;
  }

  Trace trace() {
    return trace;
  }

  long events() {
    return time.happened();
  }

  /** A number that two runs share only when all went the same way. */
  long fingerprint() {
    long print = time.happened();
    for (int node = 0; node < scenario.nodes(); node++) {
      for (int router = 0; router < scenario.routers().size(); router++) {
        Seats.Seat seat = seats.at(node, router);
        print = print * 31 + seat.state().ordinal();
        print = print * 31 + seat.sinceNanos();
        print = print * 31 + seat.sentNanos();
      }
    }
    return print;
  }
}
