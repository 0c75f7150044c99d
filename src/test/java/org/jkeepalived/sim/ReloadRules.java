package org.jkeepalived.sim;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jkeepalived.model.VirtualAddress;

/**
 * What a reload, or a start, leaves in the kernel: nothing that the file does not name any more,
 * and nothing that was there before the file named it, unless a master has taken that. What an
 * operator put there, and no file has named since, is his own.
 */
final class ReloadRules implements Watcher {

  private final Scenario scenario;
  private final VirtualTime time;
  private final Seats seats;

  /** How often each node has read its file. */
  private final long[] readings;

  /** What each process named before, by node and virtual router. */
  private final List<List<Set<VirtualAddress>>> named = new ArrayList<>();

  ReloadRules(Scenario scenario, VirtualTime time, Seats seats) {
    this.scenario = scenario;
    this.time = time;
    this.seats = seats;
    readings = new long[scenario.nodes()];
    for (int node = 0; node < scenario.nodes(); node++) {
      List<Set<VirtualAddress>> of = new ArrayList<>();
      scenario.routers().forEach(router -> of.add(Set.of()));
      named.add(of);
    }
  }

  @Override
  public void booted(SimulatedNode node) {
    begin(node);
    // what is there is told before the process looks at it
    awaitGone(node, present(node));
  }

  @Override
  public void reloaded(SimulatedNode node) {
    List<List<VirtualAddress>> gains = gains(node);
    begin(node);
    Set<VirtualAddress> known = present(node);
    known.removeIf(
        address ->
            !node.process().knows(address)
                || gains.stream().noneMatch(gained -> gained.contains(address)));
    awaitGone(node, known);
    for (int router = 0; router < scenario.routers().size(); router++) {
      Seats.Seat seat = seats.at(node.index(), router);
      if (seat.isMaster() && !gains.get(router).isEmpty()) {
        awaitAnnouncement(node, router, time.nowNanos());
      }
    }
  }

  private void begin(SimulatedNode node) {
    readings[node.index()]++;
    for (int router = 0; router < scenario.routers().size(); router++) {
      Set<VirtualAddress> now = new LinkedHashSet<>(node.reading().named(router));
      named.get(node.index()).set(router, now);
    }
  }

  /** What the file names now and did not before. */
  private List<List<VirtualAddress>> gains(SimulatedNode node) {
    List<List<VirtualAddress>> gains = new ArrayList<>();
    for (int router = 0; router < scenario.routers().size(); router++) {
      Set<VirtualAddress> before = named.get(node.index()).get(router);
      gains.add(
          node.reading().named(router).stream()
              .filter(address -> !before.contains(address))
              .toList());
    }
    return gains;
  }

  /** What an operator put there, and the file names now. */
  private Set<VirtualAddress> present(SimulatedNode node) {
    Set<VirtualAddress> present = new LinkedHashSet<>();
    for (int router = 0; router < scenario.routers().size(); router++) {
      List<VirtualAddress> now = node.reading().named(router);
      node.kernel().byHand(router).stream().filter(now::contains).forEach(present::add);
    }
    return present;
  }

  private void awaitGone(SimulatedNode node, Set<VirtualAddress> present) {
    later(node, () -> requireGone(node, present));
  }

  private void later(SimulatedNode node, Runnable check) {
    long number = readings[node.index()];
    time.after(
        scenario.limits().answerNanos() + 4 * scenario.limits().wakeNanos(),
        () -> {
          if (number != readings[node.index()] || !node.isAlive()) {
            return;
          }
          if (node.isPaused() || node.isKernelBusy()) {
            later(node, check);
          } else {
            check.run();
          }
        });
  }

  private void requireGone(SimulatedNode node, Set<VirtualAddress> present) {
    for (int router = 0; router < scenario.routers().size(); router++) {
      Set<VirtualAddress> byHand = node.kernel().byHand(router);
      for (VirtualAddress address : node.kernel().held(router)) {
        String what = address.address().getHostAddress() + "/" + address.prefixLength();
        if (!byHand.contains(address) && !node.reading().named(router).contains(address)) {
          throw violation(node, router, "holds " + what + ", which its file names no longer");
        }
        if (byHand.contains(address) && present.contains(address)) {
          throw violation(node, router, "leaves " + what + ", which was there before");
        }
      }
    }
  }

  private void awaitAnnouncement(SimulatedNode node, int router, long sinceNanos) {
    later(
        node,
        () -> {
          Seats.Seat seat = seats.at(node.index(), router);
          boolean stayed = seat.isMaster() && seat.sinceNanos() < sinceNanos;
          if (stayed && seat.announcedNanos() < sinceNanos) {
            throw violation(node, router, "does not announce what a reload gave it");
          }
        });
  }

  private static Violation violation(SimulatedNode node, int router, String what) {
    return new Violation("node" + node.index() + " " + ScenarioDice.name(router) + " " + what);
  }
}
