package org.jkeepalived.sim;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.kernel.HeldObjects;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.PlacedObject;
import org.jkeepalived.kernel.StaleObjects;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.vrrp.ReloadPlan;
import org.jkeepalived.vrrp.RunningRouter;
import org.jkeepalived.vrrp.VirtualRouter;
import org.jkeepalived.vrrp.VirtualRouters;
import org.jkeepalived.vrrp.VrrpContext;
import org.jkeepalived.vrrp.address.InstanceObjects;

/**
 * One run of the daemon: production's {@link VirtualRouters} in production's {@link EventLoop}, put
 * together as {@code host.vrrp.VrrpService} does it.
 */
final class SimulatedProcess {

  private final Sabotage sabotage;
  private final EventLoop loop;
  private final Links links = new Links();
  private final HeldObjects objects;
  private final WatchedAnnouncer announcer;
  private final VirtualRouters routers;
  private boolean staleObjectsGone;
  private boolean started;

  /** A run that does not know yet what is on the machine. */
  SimulatedProcess(Configuration configuration, SimulatedNode node, SimulatedListener listener) {
    sabotage = node.sabotage();
    loop = new EventLoop(new VirtualWait(node));
    objects = new HeldObjects(node.kernel(), links, node::say);
    announcer = new WatchedAnnouncer(node, node.world().scenario().routers().size(), loop.timers());
    routers =
        new VirtualRouters(
            configuration,
            new VrrpContext(
                loop.timers(),
                loop,
                node.links(),
                new SabotagedBook(node, objects),
                announcer,
                listener),
            links,
            node.links());
    links.addListener(new Reports());
    loop.atEndOfTurn(routers::settleRouting);
    loop.atEndOfTurn(objects::flush);
    loop.atEndOfTurn(announcer::step);
  }

  /** As production's service passes them on. */
  private final class Reports implements LinkEvents {
    @Override
    public void linkRemoved(LinkState link) {
      if (links.numbered(link.index()).isEmpty()) {
        objects.linkRemoved(link.index());
      }
    }

    @Override
    public void addressRemoved(LinkAddress address) {
      objects.removed(KernelAddress.key(address));
    }

    @Override
    public void resynchronised() {
      objects.resynchronised(KernelObject.Kind.ADDRESS, KernelAddress.presentKeys(links));
    }
  }

  /** Has what arrives read. */
  void listen(SimulatedLinks links) {
    try {
      loop.watch(VirtualWait.LINKS, links::read);
    } catch (SystemCallException e) {
      throw new AssertionError("there is no system to call", e);
    }
  }

  void turn() {
    try {
      loop.turn();
    } catch (SystemCallException e) {
      throw new AssertionError("there is no system to call", e);
    }
  }

  EventLoop loop() {
    return loop;
  }

  VirtualRouters routers() {
    return routers;
  }

  Optional<VirtualRouter> router(int index) {
    return routers.all().stream()
        .map(RunningRouter::router)
        .filter(it -> ScenarioDice.router(it.instance().name()) == index)
        .findFirst();
  }

  /** What it wants to hold for a virtual router. */
  Set<VirtualAddress> claimed(int router) {
    Set<VirtualAddress> claimed = new LinkedHashSet<>();
    for (KernelObject object : objects.all()) {
      if (object instanceof KernelAddress held && ScenarioDice.router(held.address()) == router) {
        claimed.add(held.address());
      }
    }
    return claimed;
  }

  /** Whether all addresses of a link that it has been told of are in its file, or the machine's. */
  boolean isOnlyOwn(String device, SimulatedLinks machine) {
    return routers
        .links()
        .named(device)
        .map(link -> links.addresses(link.index()))
        .orElse(List.of())
        .stream()
        .allMatch(address -> routers.isVirtual(address.local()) || machine.isOwn(address));
  }

  /** Whether it has asked the kernel for something and not heard of that yet. */
  boolean isKernelBusy() {
    return objects.isBusy();
  }

  /** Another thread of the process, or the kernel, has something for the loop. */
  void command(Runnable step) {
    loop.execute(
        () -> {
          step.run();
          startWhenPossible();
        });
  }

  private void startWhenPossible() {
    if (!started && staleObjectsGone && routers.portsAnswered()) {
      started = true;
      routers.start();
    }
  }

  /** As production's service does it. */
  void removeStaleObjects(Set<String> leftBehind) {
    List<KernelObject> configured = InstanceObjects.of(routers.configuration());
    Set<String> lines = new LinkedHashSet<>(leftBehind);
    configured.forEach(object -> lines.add(object.journalText()));
    List<PlacedObject> stale =
        new ArrayList<>(
            StaleObjects.written(lines, name -> links.named(name).map(LinkState::index)));
    stale.addAll(StaleObjects.among(KernelAddress.present(links), leftBehind, configured));
    objects.removeStale(stale, () -> staleObjectsGone = true);
  }

  /** As production's service does it. */
  void reload(Configuration next) {
    ReloadPlan plan = ReloadPlan.of(routers.configuration(), next);
    routers.reload(plan);
    if (sabotage != Sabotage.LEAVES_WHAT_IS_THERE) {
      objects.removeUnheld(
          StaleObjects.among(KernelAddress.present(links), Set.of(), plan.newObjects()));
    }
  }

  /** Whether it has been told that the machine has an address. */
  boolean knows(VirtualAddress address) {
    return links.has(address.address());
  }
}
