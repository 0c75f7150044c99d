package org.jkeepalived.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jkeepalived.kernel.JournalLines;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.KernelQueue;
import org.jkeepalived.kernel.KernelRequest;
import org.jkeepalived.kernel.KernelResult;
import org.jkeepalived.kernel.KernelResult.Outcome;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.model.VirtualAddress;

/**
 * A machine's kernel, as far as virtual addresses go: it carries batches out in their order, later,
 * refuses what it is told to refuse, lets strangers remove addresses, and tells of what changes.
 * The journal is kept as {@code host.kernel.KernelThread} keeps it.
 */
final class SimulatedKernel implements KernelQueue {

  private static final KernelError DENIED = new KernelError(13, "Permission denied");
  private static final KernelError NO_DEVICE = new KernelError(19, "No such device");
  private static final KernelError NO_ADDRESS = new KernelError(99, "Cannot assign address");

  /** One address that is there. */
  private record Entry(VirtualAddress address, int linkIndex) {
    LinkAddress told() {
      return new LinkAddress(
          linkIndex,
          address.address(),
          address.prefixLength(),
          Optional.empty(),
          Optional.empty(),
          0,
          false,
          Optional.empty());
    }
  }

  private final SimulatedNode node;
  private final KernelNews news;
  private final SimulatedRouting routing;
  private final List<Map<KernelObject.Key, Entry>> held = new ArrayList<>();
  private final List<Set<KernelObject.Key>> stolen = new ArrayList<>();
  private final JournalLines journal = new JournalLines();

  /** What an operator put there, and no process has asked for or removed since. */
  private final Set<KernelObject.Key> byHand = new LinkedHashSet<>();

  private long busyUntilNanos;
  private final Queue<Runnable> onTheirWay = new ArrayDeque<>();
  private boolean refuses;

  SimulatedKernel(SimulatedNode node, int routers) {
    this.node = node;
    news = new KernelNews(node);
    routing = new SimulatedRouting(node);
    for (int router = 0; router < routers; router++) {
      held.add(new LinkedHashMap<>());
      stolen.add(new LinkedHashSet<>());
    }
  }

  /** What is there of a virtual router. */
  Set<VirtualAddress> held(int router) {
    Set<VirtualAddress> addresses = new LinkedHashSet<>();
    held.get(router).values().forEach(entry -> addresses.add(entry.address()));
    return addresses;
  }

  /** What an operator put there of it, and no process has asked for or removed since. */
  Set<VirtualAddress> byHand(int router) {
    Set<VirtualAddress> addresses = new LinkedHashSet<>();
    held.get(router)
        .forEach(
            (key, entry) -> {
              if (byHand.contains(key)) {
                addresses.add(entry.address());
              }
            });
    return addresses;
  }

  boolean hasAnythingByHand() {
    return !byHand.isEmpty();
  }

  boolean holds(VirtualAddress address) {
    return held.get(ScenarioDice.router(address)).values().stream()
        .anyMatch(entry -> entry.address().equals(address));
  }

  /** Whether somebody else removed an address that was not put back yet. */
  boolean isRobbed(int router) {
    return !stolen.get(router).isEmpty();
  }

  private List<LinkAddress> all() {
    List<LinkAddress> all = new ArrayList<>();
    held.forEach(of -> of.values().forEach(entry -> all.add(entry.told())));
    return all;
  }

  /** What the journal says of the last run. */
  JournalLines journal() {
    return journal;
  }

  /** Whether it refuses the first address of every virtual router. */
  boolean refuses() {
    return refuses;
  }

  void refuses(boolean doesIt) {
    refuses = doesIt;
  }

  boolean isBusy() {
    return !onTheirWay.isEmpty();
  }

  /** A new process: nobody waits for answers any more. */
  void processIsNew() {
    onTheirWay.clear();
    busyUntilNanos = node.now();
    news.processIsNew();
    stolen.forEach(Set::clear);
  }

  // ---- what the process asks for ----

  @Override
  public void submit(List<KernelRequest> requests, Consumer<List<KernelResult>> done) {
    Map<KernelObject.Key, KernelRequest> last = new LinkedHashMap<>();
    requests.forEach(request -> last.put(request.key(), request));
    last.values().stream()
        .filter(KernelRequest::isAddition)
        .filter(SimulatedKernel::isOfAddress)
        .forEach(request -> node.observations().asks(entry(request).address()));
    busyUntilNanos = Math.max(busyUntilNanos, node.now()) + node.answerDelayNanos();
    onTheirWay.add(
        () -> {
          List<KernelResult> results = carryOut(requests);
          node.command(() -> done.accept(results));
        });
    node.atWhileAlive(busyUntilNanos, this::carryOutNext);
  }

  private void carryOutNext() {
    if (!onTheirWay.isEmpty()) {
      onTheirWay.remove().run();
    }
  }

  /** Carries out whatever was asked for, at once. */
  void settle() {
    while (!onTheirWay.isEmpty()) {
      carryOutNext();
    }
  }

  private List<KernelResult> carryOut(List<KernelRequest> requests) {
    journal.adding(JournalLines.VRRP, requests);
    List<KernelResult> results = new ArrayList<>();
    for (KernelRequest request : requests) {
      if (isOfAddress(request)) {
        results.add(request.isAddition() ? add(request) : remove(request));
      } else {
        results.add(routing.carryOut(request));
      }
    }
    journal.removed(JournalLines.VRRP, results);
    everythingChanged();
    return results;
  }

  private static boolean isOfAddress(KernelRequest request) {
    return request.object().kind() == KernelObject.Kind.ADDRESS;
  }

  /** The routes that are there. */
  SimulatedRouting routing() {
    return routing;
  }

  private KernelResult add(KernelRequest request) {
    Entry entry = entry(request);
    Map<KernelObject.Key, Entry> there = held.get(ScenarioDice.router(entry.address()));
    if (!node.links().exists(entry.linkIndex())) {
      return KernelResult.refused(request, NO_DEVICE);
    }
    stolen.get(ScenarioDice.router(entry.address())).remove(request.key());
    byHand.remove(request.key());
    if (there.containsKey(request.key())) {
      return new KernelResult(request, Outcome.ALREADY_THERE, Optional.empty());
    }
    if (refuses && entry.address().address().getAddress()[3] == 1) {
      return KernelResult.refused(request, DENIED);
    }
    there.put(request.key(), entry);
    news.added(entry.told());
    return KernelResult.done(request);
  }

  private KernelResult remove(KernelRequest request) {
    VirtualAddress address = entry(request).address();
    int router = ScenarioDice.router(address);
    if (node.sabotage() == Sabotage.KEEPS_WHAT_A_RELOAD_DROPS
        && !node.reading().named(router).contains(address)) {
      return KernelResult.done(request);
    }
    byHand.remove(request.key());
    stolen.get(router).remove(request.key());
    Entry there = held.get(router).remove(request.key());
    if (there == null) {
      return new KernelResult(request, Outcome.NOT_THERE, Optional.of(NO_ADDRESS));
    }
    news.removed(there.told());
    return KernelResult.done(request);
  }

  private static Entry entry(KernelRequest request) {
    return new Entry(
        ((KernelAddress) request.object()).address(), request.target().linkIndices().get(0));
  }

  private void everythingChanged() {
    for (int router = 0; router < held.size(); router++) {
      node.observations().addressesChanged(router);
    }
  }

  // ---- what others do ----

  /** An operator adds an address, of which no file says a word yet. */
  void addByHand(VirtualAddress address) {
    int linkIndex = node.links().index(address.device());
    KernelObject.Key key = new KernelAddress(address).key(List.of(linkIndex));
    Map<KernelObject.Key, Entry> there = held.get(ScenarioDice.router(address));
    if (node.links().exists(linkIndex) && !there.containsKey(key)) {
      Entry entry = new Entry(address, linkIndex);
      there.put(key, entry);
      byHand.add(key);
      news.added(entry.told());
    }
  }

  /** An operator removes an address behind the daemon's back. */
  void steal(int router) {
    Map<KernelObject.Key, Entry> there = held.get(router);
    Optional<KernelObject.Key> found =
        there.keySet().stream().filter(each -> !byHand.contains(each)).findFirst();
    if (found.isEmpty()) {
      return;
    }
    KernelObject.Key key = found.get();
    Entry entry = there.remove(key);
    stolen.get(router).add(key);
    node.observations().addressesChanged(router);
    if (node.sabotage() != Sabotage.INDIFFERENT) {
      news.removed(entry.told());
    }
  }

  /** A deleted interface takes its addresses with it. */
  void linkDeleted(int linkIndex) {
    routing.linkDeleted(linkIndex);
    for (Map<KernelObject.Key, Entry> there : held) {
      for (Map.Entry<KernelObject.Key, Entry> each : List.copyOf(there.entrySet())) {
        if (each.getValue().linkIndex() == linkIndex) {
          there.remove(each.getKey());
          byHand.remove(each.getKey());
          news.removed(each.getValue().told());
        }
      }
    }
    everythingChanged();
  }

  /** Tells a new process of what is there. */
  void describe() {
    all().forEach(node.routers().links()::addressAdded);
  }

  /** Has the process hear of a link, after what it is told of addresses. */
  void tellOfLink(Runnable step) {
    news.tellAfterAll(step);
  }

  /** What it had to tell is lost, and everything is read anew a little later. */
  void losesNews() {
    news.lost(this::all);
  }
}
