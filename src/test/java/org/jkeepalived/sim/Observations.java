package org.jkeepalived.sim;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.Refusal;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.vrrp.RunningRouter;
import org.jkeepalived.vrrp.State;

/**
 * What is seen of one machine's process, as its effects pass by: told to the {@link Watcher}s and
 * to the trace.
 */
final class Observations {

  private final SimulatedNode node;
  private final World world;
  private final List<Set<VirtualAddress>> refused = new ArrayList<>();
  private final List<Optional<PeerAdvertisement>> unfinished = new ArrayList<>();
  private Optional<Arrival> hearing = Optional.empty();

  /** What the process went by before it began to read the file again; empty when it has done so. */
  private Optional<ConfigurationReading> reloading = Optional.empty();

  Observations(SimulatedNode node) {
    this.node = node;
    world = node.world();
    world.scenario().routers().forEach(router -> refused.add(new LinkedHashSet<>()));
    world.scenario().routers().forEach(router -> unfinished.add(Optional.empty()));
  }

  private void say(int router, String what) {
    if (world.trace().isOn()) {
      world.trace().say("node" + node.index(), () -> ScenarioDice.name(router) + what);
    }
  }

  private Violation violation(int router, String what) {
    return new Violation("node" + node.index() + " " + ScenarioDice.name(router) + " " + what);
  }

  // ---- what it hears ----

  void hears(Arrival arrival) {
    hearing = Optional.of(arrival);
    world.watcher().hears(node, arrival);
  }

  void heardAll() {
    hearing = Optional.empty();
  }

  /** The frame that is being handled. */
  Optional<Arrival> hearing() {
    return hearing;
  }

  /** Which node's frame is being handled; -1 for none. */
  int hearingFrom() {
    return hearing.map(Arrival::from).orElse(-1);
  }

  /** Which virtual router's advertisement is being handled; -1 for none. */
  int hearingOf() {
    return hearing.map(Arrival::router).orElse(-1);
  }

  /** The process hears that objects could not be added. */
  void hearsRefusals(int router, List<Refusal> refusals) {
    refusals.stream()
        .filter(one -> one.object().kind() == KernelObject.Kind.ADDRESS)
        .forEach(one -> refused.get(router).add(((KernelAddress) one.object()).address()));
  }

  /** What could not be added since the virtual router last became master. */
  Set<VirtualAddress> refused(int router) {
    return refused.get(router);
  }

  // ---- what it does ----

  /** A packet was handed to the kernel; to peers one advertisement is several of them. */
  void sent(Arrival.Packet packet, boolean taken) {
    int router = packet.router();
    if (packet.isToPeer()) {
      if (!isFirstOfOne(packet)) {
        unfinished.get(router).get().add(packet);
        return;
      }
      finish(router);
      unfinished.set(router, Optional.of(new PeerAdvertisement(packet, node.now())));
    }
    say(router, " advertises " + packet.priority() + (taken ? "" : ", in vain"));
    world.watcher().sent(node, router, packet.priority(), taken);
  }

  /** Whether a packet to a peer begins an advertisement. */
  boolean isFirstOfOne(Arrival.Packet packet) {
    return unfinished
        .get(packet.router())
        .filter(advertisement -> advertisement.goesOnWith(packet, node.now()))
        .isEmpty();
  }

  private void finish(int router) {
    Optional<PeerAdvertisement> advertisement = unfinished.get(router);
    unfinished.set(router, Optional.empty());
    advertisement.ifPresent(
        it -> world.watcher().sentToPeers(node, router, it.source(), it.destinations()));
  }

  void turnEnded() {
    for (int router = 0; router < unfinished.size(); router++) {
      finish(router);
    }
    world.watcher().turnEnded(node);
  }

  /** A gratuitous ARP was sent. */
  void announced(int router, InetAddress address) {
    SimulatedKernel kernel = node.kernel();
    boolean held = kernel.held(router).stream().anyMatch(there -> there.address().equals(address));
    if (!held && !kernel.isRobbed(router)) {
      throw violation(
          router, "announces an address that it does not hold: " + address.getHostAddress());
    }
  }

  /** A gratuitous ARP was sent for each address that was to be announced. */
  void announcedAll(int router) {
    say(router, " announces");
    world.watcher().announced(node, router);
  }

  void asks(VirtualAddress address) {
    world.watcher().asked(node, ScenarioDice.router(address), address);
  }

  void addressesChanged(int router) {
    world.watcher().addressesChanged(node, router);
  }

  /**
   * The process begins to read the file again, or has done so.
   *
   * @param before what it went by; empty when it has done so
   */
  void reloads(Optional<ConfigurationReading> before) {
    reloading = before;
  }

  /** Whether the process is ending a virtual router to begin another one in its place. */
  boolean isReplacing(int router) {
    return reloading
        .filter(before -> before.has(router) && node.reading().has(router))
        .filter(before -> !before.instances().get(router).key().equals(node.instance(router).key()))
        .isPresent();
  }

  void transition(RunningRouter running, State from, State to) {
    int router = ScenarioDice.router(running.router().instance().name());
    if (to == State.MASTER) {
      refused.get(router).clear();
    }
    say(router, " " + from + " -> " + to);
    boolean kept = node.reading().has(router) && !isReplacing(router);
    if (to == State.INIT && reloading.isPresent() && kept) {
      throw violation(router, "is stopped by a reload that keeps it");
    }
    world.watcher().transition(node, router, from, to);
  }
}
