package org.jkeepalived.sim;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.Counter;
import org.jkeepalived.vrrp.Fault;
import org.jkeepalived.vrrp.State;
import org.jkeepalived.vrrp.VirtualRouter;

/** The rules that one node keeps or breaks on its own, whatever the others do. */
final class NodeRules implements Watcher {

  private final Scenario scenario;
  private final VirtualTime time;
  private final Seats seats;
  private final boolean[][] masterThisTurn;
  private final boolean[][] spokeThisTurn;
  private final boolean[][] leftFaultThisTurn;
  private final int[][] newsThisTurn;
  private final long[][] obligation;

  /** How often a virtual router was refused its addresses since it last announced them. */
  private final int[][] refusalsInARow;

  NodeRules(Scenario scenario, VirtualTime time, Seats seats) {
    this.scenario = scenario;
    this.time = time;
    this.seats = seats;
    int nodes = scenario.nodes();
    int routers = scenario.routers().size();
    masterThisTurn = new boolean[nodes][routers];
    spokeThisTurn = new boolean[nodes][routers];
    leftFaultThisTurn = new boolean[nodes][routers];
    newsThisTurn = new int[nodes][scenario.segments()];
    obligation = new long[nodes][routers];
    refusalsInARow = new int[nodes][routers];
  }

  private Violation violation(SimulatedNode node, int router, String what) {
    return new Violation("node" + node.index() + " " + ScenarioDice.name(router) + " " + what);
  }

  // ---- transitions ----

  @Override
  public void transition(SimulatedNode node, int router, State from, State to) {
    boolean owner = node.written(router).election().priority() == 255 || isOwner(node, router);
    Optional<Arrival> hearing = node.observations().hearing();
    if (hearing.isPresent() && !node.believes(hearing.get())) {
      throw violation(node, router, "goes by what it should not believe");
    }
    boolean allowed =
        switch (to) {
          case INIT -> from != State.INIT;
          case FAULT -> from != State.FAULT;
          case BACKUP -> from != State.BACKUP;
          case MASTER -> from == State.BACKUP || (owner && from != State.MASTER);
        };
    if (!allowed) {
      throw violation(node, router, "went from " + from + " to " + to);
    }
    Map<Fault, String> faults = faults(node, router);
    if (faults.containsKey(Fault.INTERNAL)) {
      throw violation(node, router, "failed inside: " + faults.get(Fault.INTERNAL));
    }
    if (to == State.FAULT && faults.isEmpty()) {
      throw violation(node, router, "is in FAULT without a fault");
    }
    // Only where several things happened since the process last ran it may have to.
    boolean oneThing = newsThisTurn(node, router) <= 1;
    if (to == State.FAULT && leftFaultThisTurn[node.index()][router] && oneThing) {
      throw violation(node, router, "left FAULT only to enter it again");
    }
    if (to == State.FAULT && faults.containsKey(Fault.ADDRESS_REFUSED)) {
      refusalsInARow[node.index()][router]++;
    }
    leftFaultThisTurn[node.index()][router] |= from == State.FAULT && to != State.INIT;
    masterThisTurn[node.index()][router] |= from == State.MASTER || to == State.MASTER;
    if (from == State.MASTER && to != State.BACKUP) {
      requireResignation(node, router);
    }
    owe(node, router);
  }

  private int newsThisTurn(SimulatedNode node, int router) {
    return segments(router).mapToInt(segment -> newsThisTurn[node.index()][segment]).sum();
  }

  /** Where what happens concerns a virtual router: where its syncPeers are, too. */
  private Stream<Integer> segments(int router) {
    return scenario.syncPeers(router).stream()
        .flatMap(each -> scenario.concerns(each).stream())
        .distinct();
  }

  private static boolean isOwner(SimulatedNode node, int router) {
    return node.instance(router).election().priority() == 255;
  }

  private void requireResignation(SimulatedNode node, int router) {
    Seats.Seat seat = seats.at(node.index(), router);
    if (seat.sentPriority() != 0 || seat.sentNanos() != time.nowNanos()) {
      throw violation(node, router, "left MASTER without priority 0");
    }
  }

  // ---- advertisements and announcements ----

  @Override
  public void announced(SimulatedNode node, int router) {
    refusalsInARow[node.index()][router] = 0;
  }

  @Override
  public void sent(SimulatedNode node, int router, int priority, boolean taken) {
    spokeThisTurn[node.index()][router] = true;
    if (priority != 0 && priority != node.priority(router)) {
      throw violation(node, router, "advertises priority " + priority);
    }
  }

  // ---- the end of a turn ----

  @Override
  public void turnEnded(SimulatedNode node) {
    java.util.Arrays.fill(newsThisTurn[node.index()], 0);
    for (int router = 0; router < scenario.routers().size(); router++) {
      int at = node.index();
      Seats.Seat seat = seats.at(at, router);
      if (spokeThisTurn[at][router] && !masterThisTurn[at][router]) {
        throw violation(node, router, "advertises as " + seat.state());
      }
      masterThisTurn[at][router] = seat.isMaster();
      spokeThisTurn[at][router] = false;
      leftFaultThisTurn[at][router] = false;
      requireClaims(node, router, seat);
      requireFaultsToFit(node, router, seat);
    }
  }

  /** Beside a living master: what the kernel accepts has no business there. */
  @Override
  public void asked(SimulatedNode node, int router, VirtualAddress address) {
    boolean inFault = seats.at(node.index(), router).state() == State.FAULT;
    if (inFault && !node.observations().refused(router).contains(address)) {
      throw violation(
          node,
          router,
          "is in FAULT and asks for "
              + address.address().getHostAddress()
              + ", which was not refused");
    }
  }

  /** MASTER claims all addresses, all others none; but in FAULT a refused one is tried again. */
  private void requireClaims(SimulatedNode node, int router, Seats.Seat seat) {
    Set<VirtualAddress> claimed = node.process().claimed(router);
    if (seat.isMaster()) {
      if (!claimed.equals(all(node.instance(router)))) {
        throw violation(node, router, "is MASTER and claims " + claimed);
      }
    } else if (!isTrial(node, router, seat) && !claimed.isEmpty()
        || !node.observations().refused(router).containsAll(claimed)) {
      throw violation(node, router, "is " + seat.state() + " and claims " + claimed);
    }
  }

  private static boolean isTrial(SimulatedNode node, int router, Seats.Seat seat) {
    return seat.state() == State.FAULT && isRefused(node, router);
  }

  private static boolean isRefused(SimulatedNode node, int router) {
    return faults(node, router).containsKey(Fault.ADDRESS_REFUSED);
  }

  /** None where a reload has just removed the virtual router. */
  private static Map<Fault, String> faults(SimulatedNode node, int router) {
    return node.router(router).map(VirtualRouter::faults).orElse(Map.of());
  }

  static Set<VirtualAddress> all(VrrpInstance instance) {
    Set<VirtualAddress> all = new LinkedHashSet<>(instance.addresses().advertised());
    all.addAll(instance.addresses().excluded());
    return all;
  }

  /**
   * A process that has read all news is in FAULT while a link of it is down, and soon not after.
   */
  private void requireFaultsToFit(SimulatedNode node, int router, Seats.Seat seat) {
    boolean runs = seat.state() == State.BACKUP || seat.state() == State.MASTER;
    if (runs && !node.links().isUsable(scenario.routers().get(router).segment())) {
      throw violation(node, router, "is " + seat.state() + " on a link that is down");
    }
    if (runs && !scenario.segmentsOf(router).stream().allMatch(node.links()::isUsable)) {
      throw violation(
          node, router, "is " + seat.state() + " with an address where the link is down");
    }
    if (runs && !node.hasSource(router) && !node.mayBorrowSource(router)) {
      throw violation(node, router, "is " + seat.state() + " without the address it speaks from");
    }
    if (runs && node.maintenance().isOut(router)) {
      throw violation(node, router, "is " + seat.state() + " in maintenance");
    }
    if (runs && node.scripts().isFault(router)) {
      throw violation(node, router, "is " + seat.state() + " although what it tracks failed");
    }
  }

  // ---- what must be so a little later ----

  @Override
  public void booted(SimulatedNode node) {
    for (int router = 0; router < scenario.routers().size(); router++) {
      owe(node, router);
      masterThisTurn[node.index()][router] = false;
      spokeThisTurn[node.index()][router] = false;
      leftFaultThisTurn[node.index()][router] = false;
      refusalsInARow[node.index()][router] = 0;
    }
  }

  @Override
  public void surroundingsChanged(SimulatedNode node, int segment) {
    newsThisTurn[node.index()][segment]++;
    for (int router = 0; router < scenario.routers().size(); router++) {
      owe(node, router);
    }
  }

  @Override
  public void tracked(SimulatedNode node, int router, int priorityBefore) {
    newsThisTurn[node.index()][scenario.routers().get(router).segment()]++;
    owe(node, router);
  }

  @Override
  public void stopped(SimulatedNode node) {
    for (int router = 0; router < scenario.routers().size(); router++) {
      if (!heldByProcess(node, router).isEmpty()) {
        throw violation(
            node, router, "has stopped and leaves " + heldByProcess(node, router) + " behind");
      }
    }
  }

  @Override
  public void addressesChanged(SimulatedNode node, int router) {
    if (!node.isAlive()) {
      return;
    }
    boolean complete =
        node.kernel().held(router).equals(node.process().claimed(router))
            && !node.kernel().isRobbed(router);
    if (!complete) {
      owe(node, router);
    }
  }

  @Override
  public void reloaded(SimulatedNode node) {
    for (int segment = 0; segment < scenario.segments(); segment++) {
      newsThisTurn[node.index()][segment]++;
    }
    for (int router = 0; router < scenario.routers().size(); router++) {
      owe(node, router);
    }
  }

  /** From now on the kernel has a moment's time until it holds what the state says. */
  private void owe(SimulatedNode node, int router) {
    long number = ++obligation[node.index()][router];
    long grace = scenario.limits().answerNanos() + 4 * scenario.limits().wakeNanos();
    time.after(
        grace,
        () -> {
          if (number == obligation[node.index()][router]
              && node.isAlive()
              && !node.isPaused()
              && node.runs(router)) {
            requireKernelToFit(node, router);
          }
        });
  }

  private static Set<VirtualAddress> heldByProcess(SimulatedNode node, int router) {
    Set<VirtualAddress> held = node.kernel().held(router);
    held.removeAll(node.kernel().byHand(router));
    return held;
  }

  /** A route comes and goes with the addresses. */
  private void requireRouteToFit(SimulatedNode node, int router, Seats.Seat seat) {
    boolean holds = node.kernel().routing().holds(router);
    boolean wants = seat.isMaster() && router % 2 == 0;
    if (holds != wants && !node.isKernelBusy()) {
      throw violation(
          node,
          router,
          "is " + seat.state() + (holds ? " and claims" : " and lacks") + " its route");
    }
  }

  private void requireKernelToFit(SimulatedNode node, int router) {
    Seats.Seat seat = seats.at(node.index(), router);
    Set<VirtualAddress> held = heldByProcess(node, router);
    Set<VirtualAddress> wanted = seat.isMaster() ? all(node.instance(router)) : Set.of();
    requireRouteToFit(node, router, seat);
    boolean tryingAgain =
        isTrial(node, router, seat) && node.observations().refused(router).containsAll(held);
    if (!held.equals(wanted) && !tryingAgain) {
      if (node.isKernelBusy()) {
        // Something else was asked for meanwhile.
        owe(node, router);
        return;
      }
      throw violation(node, router, "is " + seat.state() + " and holds " + held);
    }
    if (seat.isMaster() && seat.announcedNanos() < seat.sinceNanos()) {
      throw violation(node, router, "became MASTER and did not announce it");
    }
    requireNoStaleFault(node, router, seat);
    requireCountersToFit(node, router, seat);
  }

  private void requireNoStaleFault(SimulatedNode node, int router, Seats.Seat seat) {
    boolean usable = scenario.syncPeers(router).stream().allMatch(each -> hasAll(node, each));
    boolean refused = isRefused(node, router);
    boolean somebodyRefused =
        scenario.syncPeers(router).stream().anyMatch(each -> isRefused(node, each));
    if (usable && seat.state() == State.FAULT && !somebodyRefused) {
      throw violation(node, router, "is in FAULT for no reason: " + faults(node, router));
    }
    if (usable && seat.state() == State.INIT) {
      throw violation(node, router, "does not start");
    }
    if (refused && seat.state() == State.FAULT && !node.kernel().refuses()) {
      requireToTryAgain(node, router);
    }
  }

  private boolean hasAll(SimulatedNode node, int router) {
    return node.hasSource(router)
        && scenario.segmentsOf(router).stream().allMatch(node.links()::isUsable)
        && !node.maintenance().isOut(router)
        && !node.scripts().isFault(router)
        && !node.scripts().isUndecided(router);
  }

  /**
   * The kernel accepts addresses again: half a minute later it has been asked, or after twice as
   * long for each time that it refused them once more.
   */
  private void requireToTryAgain(SimulatedNode node, int router) {
    long number = obligation[node.index()][router];
    int again = Math.max(0, Math.min(6, refusalsInARow[node.index()][router] - 1));
    time.after(
        Scenario.byAnyClock((30 * Scenario.SECONDS << again) + Scenario.SECONDS),
        () -> {
          if (number == obligation[node.index()][router]
              && node.isAlive()
              && !node.isPaused()
              && isRefused(node, router)) {
            throw violation(node, router, "does not ask again for its addresses");
          }
        });
  }

  private void requireCountersToFit(SimulatedNode node, int router, Seats.Seat seat) {
    VirtualRouter machine = node.router(router).orElseThrow();
    long terms =
        machine.statistics().get(Counter.BECAME_MASTER)
            - machine.statistics().get(Counter.RELEASED_MASTER);
    if (terms != (seat.isMaster() ? 1 : 0)) {
      throw violation(node, router, "counts " + terms + " terms as master that have not ended");
    }
  }
}
