package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkDebounce;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.BoundedDelays;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.track.Condition;
import org.jkeepalived.vrrp.Effects.Level;

/**
 * Watches the links that virtual routers speak on, have addresses on or track: asks for their
 * ports, attaches virtual routers to them, and derives the faults that follow from them.
 */
final class LinkSupervision implements LinkEvents {

  private static final long NANOS_PER_MICRO = 1_000;

  /** In place of a link's index: the kernel finds one. */
  private static final int ANY_LINK = 0;

  private static final List<AddressFamily> FAMILIES = List.of(AddressFamily.values());

  private final VrrpContext context;
  private final LinkPorts ports;
  private final TrackedThings things;
  private final RouterLookup lookup;
  private final Listener listener;
  private final Links links;
  private final LinkDebounce debounce;
  private final LinkFaults faults;
  private final RouterRegistry registry;

  private final Map<String, LinkRouters> byLink = new LinkedHashMap<>();
  private final Map<Integer, LinkRouters> byLinkIndex = new HashMap<>();
  private boolean linksKnown;

  /** Who goes by what is found out here. */
  interface Listener {
    /** A link that may be tracked is up, or is not. */
    void trackedLinkTold(TrackTarget link, Condition condition);

    /**
     * All links and addresses have been told of, and which tracked links are up is written down.
     */
    void linksKnown();

    /** A link, or an address of the machine, changed. */
    void machineChanged();

    /** The faults that follow from links have been derived anew. */
    void faultsDerived();
  }

  LinkSupervision(
      RouterRegistry registry,
      TrackedThings things,
      VrrpContext context,
      Links links,
      LinkPorts ports,
      Listener listener) {
    this.registry = registry;
    this.things = things;
    this.context = context;
    this.links = links;
    this.ports = ports;
    lookup = registry.lookup();
    this.listener = listener;
    debounce =
        new LinkDebounce(
            bounded(registry.configuration()), context.timers(), new DebounceListener());
    faults = new LinkFaults(links, this::isVirtual, this::link, context.datagrams());
  }

  LinkDebounce debounce() {
    return debounce;
  }

  private final class DebounceListener implements LinkDebounce.Listener {
    @Override
    public void changed(String name) {
      links.named(name).ifPresent(LinkSupervision.this::linkChanged);
    }

    @Override
    public void heldBack(String name, int from, int to, long delayNanos) {
      log(
          Level.INFO,
          String.format(
              Locale.ROOT,
              "%s: Adding flags change from 0x%x to 0x%x delay by %d",
              name,
              from,
              to,
              delayNanos / NANOS_PER_MICRO));
    }

    @Override
    public void undone(String name) {
      log(Level.INFO, "Delay timer for " + name + " cancelled");
    }
  }

  private static String word(boolean up) {
    return up ? "up" : "down";
  }

  private void logLink(String name, String what) {
    log(Level.INFO, "Netlink reports " + name + " " + what);
  }

  // ---- virtual routers ----

  void add(RunningRouter running) {
    VrrpInstance instance = running.router().instance();
    link(instance.key().interfaceName()).addSpeaker(running);
    addDependent(running, instance);
  }

  /**
   * Addresses may live on other links than the one that VRRP is spoken on: those links have ports
   * as well, to announce the addresses there, and cause faults.
   */
  private void addDependent(RunningRouter running, VrrpInstance instance) {
    ReloadPlan.linksOf(instance).forEach(name -> link(name).addDependent(running));
  }

  private LinkRouters link(String name) {
    return byLink.computeIfAbsent(name, LinkRouters::new);
  }

  void remove(RunningRouter running) {
    byLink.values().forEach(there -> there.remove(running));
  }

  /** A virtual router has taken another configuration: its addresses may be on other links. */
  void move(RunningRouter running, VrrpInstance before) {
    ReloadPlan.linksOf(before).forEach(name -> link(name).removeDependent(running));
    addDependent(running, running.router().instance());
  }

  /** Whether a port that an instance needs has been asked for and has not answered yet. */
  boolean isWaitingForPort(VrrpInstance instance) {
    return link(instance.key().interfaceName()).isWaitingForPort()
        || link(instance.device()).isWaitingForPort();
  }

  /** Whether every port that was asked for has been opened or has failed. */
  boolean portsAnswered() {
    return linksKnown && byLink.values().stream().noneMatch(LinkRouters::isWaitingForPort);
  }

  // ---- links ----

  @Override
  public void linkChanged(LinkState told) {
    LinkState link = debounce.update(told, context.nowNanos());
    LinkRouters there = byLink.get(link.name());
    LinkRouters before = byLinkIndex.get(link.index());
    if (before != null && before != there) {
      // The link has another name now, and somebody else may have been waiting for that.
      logLink(before.name(), "renamed to " + link.name());
      removeLink(before, link.index());
    }
    TrackTarget thing = new TrackTarget(TrackKind.INTERFACE, link.name());
    if (there == null && !things.isTracked(thing)) {
      return;
    }
    boolean usable = link.usable();
    if (wasUsable(there, thing) != usable && linksKnown) {
      logLink(link.name(), word(usable));
    }
    if (there != null) {
      attach(there, link);
    }
    listener.trackedLinkTold(thing, usable ? Condition.UP : Condition.DOWN);
    if (linksKnown) {
      listener.machineChanged();
    }
  }

  private boolean wasUsable(LinkRouters there, TrackTarget thing) {
    return there != null
        ? there.usable()
        : things.condition(thing).filter(Condition::up).isPresent();
  }

  private void attach(LinkRouters there, LinkState link) {
    there.index().filter(old -> old != link.index()).ifPresent(old -> detach(there, old));
    there.setLink(link);
    byLinkIndex.put(link.index(), there);
    lookup.attachLink(link.index(), link.name());
    if (link.usable() && there.needsPort()) {
      if (!there.hasPort()) {
        there.askForPort();
      }
      ports.open(link, there.demand());
    }
    derive(there);
  }

  @Override
  public void linkRemoved(LinkState link) {
    LinkRouters there = byLinkIndex.get(link.index());
    boolean spokenOn = there != null && there.name().equals(link.name());
    if (spokenOn) {
      logLink(link.name(), "removed");
      removeLink(there, link.index());
    }
    if (links.named(link.name()).isEmpty()) {
      debounce.remove(link.name());
      TrackTarget thing = new TrackTarget(TrackKind.INTERFACE, link.name());
      if (!byLink.containsKey(link.name()) && things.isTracked(thing)) {
        Optional<LinkState> renamed = links.numbered(link.index());
        logLink(link.name(), renamed.map(now -> "renamed to " + now.name()).orElse("removed"));
      }
      listener.trackedLinkTold(thing, Condition.DOWN);
    }
  }

  private void removeLink(LinkRouters there, int index) {
    detach(there, index);
    derive(there);
  }

  private void detach(LinkRouters there, int index) {
    byLinkIndex.remove(index);
    lookup.detachLink(index);
    ports.close(index);
    there.clearLink();
  }

  @Override
  public void resynchronised() {
    if (!linksKnown) {
      linksKnown = true;
      readTrackedLinks();
      listener.linksKnown();
      byLink.values().forEach(this::derive);
    }
  }

  private void readTrackedLinks() {
    for (String name : things.links()) {
      boolean up =
          links
              .named(name)
              .filter(link -> debounce.update(link, context.nowNanos()).usable())
              .isPresent();
      things.put(new TrackTarget(TrackKind.INTERFACE, name), up ? Condition.UP : Condition.DOWN);
    }
  }

  // ---- ports ----

  /** What ports will be asked for where links are there and up, by the name of the link. */
  Map<String, LinkPorts.Demand> portDemands() {
    Map<String, LinkPorts.Demand> demands = new LinkedHashMap<>();
    byLink.forEach((name, there) -> demands.put(name, there.demand()));
    return demands;
  }

  /**
   * The port of a link answered.
   *
   * @param failure why it could not be opened, or broke; empty when it can send and receive
   */
  void portAnswered(int linkIndex, Optional<String> failure) {
    LinkRouters there = byLinkIndex.get(linkIndex);
    if (there != null) {
      there.setPort(failure);
      derive(there);
    }
  }

  /** Asks again for every port that failed, and for what could not be added to an open one. */
  void retryPorts() {
    for (LinkRouters there : byLink.values()) {
      Optional<LinkState> link = there.index().flatMap(links::numbered);
      if (there.portFailure().isPresent()) {
        link.ifPresent(this::linkChanged);
      } else if (there.hasPort() && there.usable()) {
        link.ifPresent(open -> ports.open(open, there.demand()));
      }
    }
  }

  // ---- addresses ----

  @Override
  public void addressAdded(LinkAddress address) {
    addressChanged(address, "Assigned address ", " for interface ");
  }

  @Override
  public void addressRemoved(LinkAddress address) {
    addressChanged(address, "Deassigned address ", " from interface ");
  }

  private void addressChanged(LinkAddress address, String what, String where) {
    InetAddress local = address.local();
    LinkRouters there = byLinkIndex.get(address.linkIndex());
    if (isVirtual(address)) {
      if (there != null && there.isSomebodyWithoutSource()) {
        // nothing is sent from it, but it is named as the reason
        derive(there);
      }
      return;
    }
    if (there != null) {
      log(Level.DETAIL, what + NumericAddress.of(local) + where + there.name());
      // another one than the first concerns nobody: a machine may have thousands
      AddressFamily family = AddressFamily.of(local);
      if (!faults.primaryAddress(there, family).equals(there.primaryAddress(family))
          || there.isSomebodyWithoutSource()) {
        derive(there);
      }
    }
    // a source address may be on any link
    byLink.values().stream()
        .filter(link -> link.tracksSource(local) || link.speaksElsewhere())
        .forEach(this::derive);
  }

  /** The name of the link does not matter, but where an address means something on each link. */
  private boolean isVirtual(LinkAddress address) {
    return registry.isVirtual(
        address.local(), links.numbered(address.linkIndex()).map(LinkState::name));
  }

  // ---- faults ----

  /** Derives faults and source addresses of those that depend on a link from what is known. */
  private void derive(LinkRouters there) {
    if (!linksKnown) {
      return;
    }
    for (AddressFamily family : FAMILIES) {
      there.setPrimaryAddress(family, faults.primaryAddress(there, family));
    }
    for (RunningRouter running : there.dependents()) {
      VrrpInstance instance = running.router().instance();
      LinkRouters spokenOn = link(instance.key().interfaceName());
      Optional<InetAddress> source = faults.source(instance);
      LinkRouters sentOn = link(instance.transmittingLink());
      if (instance.key().isAnywhere() && source.isPresent()) {
        running.attach(ANY_LINK, spokenOn.hardwareAddress(), source.get());
      } else if (sentOn.index().isPresent() && source.isPresent()) {
        running.attach(sentOn.index().get(), sentOn.hardwareAddress(), source.get());
      }
      Map<Fault, Optional<String>> derived = faults.of(instance, source);
      spokenOn.setWithoutSource(running, derived.get(Fault.NO_SOURCE_ADDRESS).isPresent());
      running.setFaults(derived, context.nowNanos());
      running.setUntrackedTrouble(
          instance.tracking().primaryLink() ? Optional.empty() : spokenOn.troubleOfLink());
    }
    listener.faultsDerived();
  }

  // ---- reload ----

  /** Takes a configuration's way of watching links, and looks at those that are tracked now. */
  void reconfigure(Configuration configuration) {
    debounce.reconfigure(bounded(configuration));
    readTrackedLinks();
  }

  private LinkWatch bounded(Configuration configuration) {
    BoundedDelays delays = BoundedDelays.of(configuration);
    for (VrrpInstance instance : delays.exceeded()) {
      log(
          Level.INFO,
          instance.name()
              + ": interface "
              + instance.key().interfaceName()
              + " debounce timer(s) not less that 2 * advert_int - resetting");
    }
    return delays.links();
  }

  /**
   * Has ports opened on the links that a reload makes the virtual routers' own, before anybody
   * depends on them: a master that had to wait for one would not be master any more.
   *
   * @return whether there is an answer to wait for
   */
  boolean openAhead(ReloadPlan plan) {
    boolean asked = false;
    for (ReloadPlan.Change change : plan.changed()) {
      String device = change.after().device();
      if (!byLink.containsKey(device)) {
        LinkRouters there = link(device);
        links.named(device).ifPresent(this::linkChanged);
        asked |= there.isWaitingForPort();
      }
    }
    return asked;
  }

  /** Lets go of the links that a plan's target does not mention, and looks at those it touches. */
  void reload(ReloadPlan plan) {
    Set<String> mentioned = plan.mentioned().links();
    for (LinkRouters there : List.copyOf(byLink.values())) {
      if (!mentioned.contains(there.name())) {
        there.index().ifPresent(index -> detach(there, index));
        byLink.remove(there.name());
      }
    }
    for (String name : plan.touchedLinks()) {
      links.named(name).ifPresent(this::linkChanged);
      derive(link(name));
    }
  }

  private void log(Level level, String line) {
    context.listener().log(level, line);
  }
}
