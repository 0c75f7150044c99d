package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkBeat;
import org.jkeepalived.link.LinkDebounce;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Tracking;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.notify.Event;
import org.jkeepalived.track.Condition;
import org.jkeepalived.track.Verdict;
import org.jkeepalived.vrrp.packet.AdvertisementView;
import org.jkeepalived.vrrp.packet.VrrpFormat;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All virtual routers of the daemon, and what connects them to the machine's links: which packets
 * are whose, who is in FAULT because of what, what a reload changes. Lives on one thread.
 */
public final class VirtualRouters implements LinkEvents {

  private static final Logger LOG = LoggerFactory.getLogger(VirtualRouters.class);

  /** What is counted for packets that belong to no virtual router. */
  public enum Stray {
    /** Protocol 112, but too short to be VRRP. */
    TRUNCATED,
    /** No virtual router of that group and VRID is configured on the link. */
    UNKNOWN_VRID
  }

  private final VrrpContext context;
  private final LinkPorts ports;
  private final Links links = new Links(this);
  private final Map<String, RunningRouter> routers = new LinkedHashMap<>();
  private final SyncGroups groups;

  private final TrackedThings things;
  private final LinkDebounce debounce;

  /**
   * What is to be started as soon as its link is open, and what it tracks has been looked at; with
   * it all that are in its sync group.
   */
  private final Set<RunningRouter> arriving = new LinkedHashSet<>();

  private final Map<String, LinkRouters> byLink = new HashMap<>();
  private final Map<Integer, LinkRouters> byLinkIndex = new HashMap<>();
  private Set<InetAddress> virtualAddresses;
  private final ReceivedDatagram datagram = new ReceivedDatagram();
  private final AdvertisementView packet = new AdvertisementView();
  private final long[] strays = new long[Stray.values().length];
  private final DiscardLog strayLog = new DiscardLog();

  private Configuration configuration;
  private boolean linksKnown;
  private boolean started;

  public VirtualRouters(Configuration configuration, VrrpContext context, LinkPorts ports) {
    this.context = context;
    this.ports = ports;
    this.configuration = configuration;
    this.virtualAddresses = ReloadPlan.Mentioned.by(configuration).addresses();
    groups = new SyncGroups(context.events());
    things = new TrackedThings(configuration);
    debounce = new LinkDebounce(configuration.links(), context.timers(), this::lookAtLink);
    configuration.instances().forEach(this::add);
    groups.form(configuration.groups(), routers, now());
  }

  /** Where the kernel's news of links and addresses go in. */
  public Links links() {
    return links;
  }

  public Collection<RunningRouter> all() {
    return List.copyOf(routers.values());
  }

  /** The sync groups, in the file's order. */
  public List<SyncGroupState> groups() {
    return groups.all();
  }

  public Configuration configuration() {
    return configuration;
  }

  public long get(Stray stray) {
    return strays[stray.ordinal()];
  }

  /** Whether some instance's configuration names {@code address}. */
  public boolean isVirtual(InetAddress address) {
    return virtualAddresses.contains(address);
  }

  /** Starts every virtual router, once the links are known and their ports have answered. */
  public void start() {
    started = true;
    arriving.addAll(routers.values());
    startArrived();
  }

  /** Whether every port that was asked for has been opened or has failed. */
  public boolean portsAnswered() {
    return linksKnown && byLink.values().stream().noneMatch(LinkRouters::isWaitingForPort);
  }

  /** Stops every virtual router. */
  public void stop(boolean releaseAddresses) {
    for (RunningRouter router : routers.values()) {
      router.stop(releaseAddresses, now());
      router.tell(Event.What.STOP);
    }
    groups.stopped();
    arriving.clear();
    started = false;
  }

  // ---- packets ----

  /**
   * An IPv4 packet that came in on a link; anything may be in it.
   *
   * @param ipAt where its IP header starts in {@code bytes}
   * @param end one past its last byte
   */
  public void received(int linkIndex, byte[] bytes, int ipAt, int end) {
    try {
      // what is let through otherwise: fragments and broken headers
      if (datagram.readIpv4(linkIndex, bytes, ipAt, end)
          && datagram.protocol() == VrrpFormat.PROTOCOL_NUMBER) {
        dispatch();
      }
    } catch (RuntimeException bug) {
      // nobody on the network may end this process, whatever our own code gets wrong
      strays[Stray.TRUNCATED.ordinal()]++;
      if (strayLog.due(Discard.TYPE, now()).isPresent()) {
        LOG.error("internal error while reading a packet, please report it", bug);
      }
    }
  }

  private void dispatch() {
    if (!packet.read(datagram.bytes(), datagram.payloadAt(), datagram.payloadLength())) {
      stray(Stray.TRUNCATED);
      return;
    }
    LinkRouters there = byLinkIndex.get(datagram.linkIndex());
    Optional<RunningRouter> router =
        there == null ? Optional.empty() : there.find(datagram, packet.virtualRouterId());
    if (router.isPresent()) {
      router.get().received(datagram, packet, now());
    } else {
      stray(Stray.UNKNOWN_VRID);
    }
  }

  private void stray(Stray stray) {
    strays[stray.ordinal()]++;
    if (stray == Stray.UNKNOWN_VRID && !configuration.globals().logUnknownVrids()) {
      return;
    }
    Discard like = stray == Stray.TRUNCATED ? Discard.TOO_SHORT : Discard.ADDRESS_LIST;
    OptionalLong suppressed = strayLog.due(like, now());
    if (suppressed.isPresent()) {
      if (stray == Stray.TRUNCATED) {
        LOG.info(
            "IPv4 VRRP packet too short - {} bytes",
            datagram.headerLength() + datagram.payloadLength());
      } else {
        LOG.info(
            "Unknown VRID({}) received from {}",
            packet.virtualRouterId(),
            datagram.source().getHostAddress());
      }
    }
  }

  // ---- links ----

  private void lookAtLink(String name) {
    links.named(name).ifPresent(this::linkChanged);
  }

  /** Which links count as up. */
  public LinkDebounce debounce() {
    return debounce;
  }

  /** Where the news of polled links go in. */
  public LinkBeat beats() {
    return debounce;
  }

  @Override
  public void linkChanged(LinkState told) {
    LinkState link = debounce.observe(told, now());
    LinkRouters there = byLink.get(link.name());
    LinkRouters before = byLinkIndex.get(link.index());
    if (before != null && before != there) {
      // It has another name now, which somebody else may have been waiting for.
      isGone(before, link.index());
    }
    Tracked.Thing thing = new Tracked.Thing(Tracked.Kind.INTERFACE, link.name());
    if (there == null && !things.isTracked(thing)) {
      return;
    }
    boolean usable = link.usable();
    if (wasUsable(there, thing) != usable && linksKnown) {
      LOG.info("Netlink reports {} {}", link.name(), usable ? "up" : "down");
    }
    if (there != null) {
      linkIs(there, link);
    }
    changed(thing, usable ? Condition.UP : Condition.DOWN);
    if (linksKnown) {
      routers.values().forEach(RunningRouter::surroundingsChanged);
    }
  }

  private boolean wasUsable(LinkRouters there, Tracked.Thing thing) {
    return there != null
        ? there.usable()
        : things.condition(thing).filter(Condition::up).isPresent();
  }

  private void linkIs(LinkRouters there, LinkState link) {
    there.index().filter(old -> old != link.index()).ifPresent(old -> detach(there, old));
    there.linkIs(link);
    byLinkIndex.put(link.index(), there);
    if (link.usable() && there.speaksEthernet()) {
      if (!there.hasPort()) {
        there.askForPort();
      }
      ports.open(link, there.demand());
    }
    evaluate(there);
  }

  @Override
  public void linkRemoved(LinkState link) {
    LinkRouters there = byLinkIndex.get(link.index());
    boolean spokenOn = there != null && there.name().equals(link.name());
    if (spokenOn) {
      isGone(there, link.index());
    }
    if (links.named(link.name()).isEmpty()) {
      debounce.gone(link.name());
      Tracked.Thing thing = new Tracked.Thing(Tracked.Kind.INTERFACE, link.name());
      if (!spokenOn && things.isTracked(thing)) {
        LOG.info("Netlink reports {} removed", link.name());
      }
      changed(thing, Condition.DOWN);
    }
  }

  private void isGone(LinkRouters there, int index) {
    LOG.info("Netlink reports {} removed", there.name());
    detach(there, index);
    evaluate(there);
  }

  private void detach(LinkRouters there, int index) {
    byLinkIndex.remove(index);
    ports.close(index);
    there.linkIsGone();
  }

  /** The port of a link can send and receive. */
  public void portOpened(int linkIndex) {
    portAnswered(linkIndex, Optional.empty());
  }

  /** The port of a link could not be opened, or broke. */
  public void portFailed(int linkIndex, String reason) {
    portAnswered(linkIndex, Optional.of(reason));
  }

  private void portAnswered(int linkIndex, Optional<String> failure) {
    LinkRouters there = byLinkIndex.get(linkIndex);
    if (there != null) {
      there.portAnswered(failure);
      evaluate(there);
    }
  }

  /** Asks again for every port that failed, and for what could not be added to an open one. */
  public void retryPorts() {
    for (LinkRouters there : byLink.values()) {
      Optional<LinkState> link = there.index().flatMap(links::numbered);
      if (there.portFailure().isPresent()) {
        link.ifPresent(this::linkChanged);
      } else if (there.hasPort() && there.usable()) {
        link.ifPresent(open -> ports.open(open, there.demand()));
      }
    }
  }

  @Override
  public void addressAdded(LinkAddress address) {
    if (!isVirtual(address.local())) {
      LinkRouters there = byLinkIndex.get(address.linkIndex());
      if (there != null) {
        LOG.debug(
            "Assigned address {} for interface {}", address.local().getHostAddress(), there.name());
        evaluate(there);
      }
      lookAtSource(address.local());
    }
  }

  @Override
  public void addressRemoved(LinkAddress address) {
    if (!isVirtual(address.local())) {
      LinkRouters there = byLinkIndex.get(address.linkIndex());
      if (there != null) {
        LOG.debug(
            "Deassigned address {} from interface {}",
            address.local().getHostAddress(),
            there.name());
        evaluate(there);
      }
      lookAtSource(address.local());
    }
  }

  /** A source address may be on any link ({@code track_src_ip}). */
  private void lookAtSource(InetAddress address) {
    byLink.values().stream().filter(there -> there.tracksSource(address)).forEach(this::evaluate);
  }

  @Override
  public void resynchronised() {
    boolean first = !linksKnown;
    linksKnown = true;
    if (first) {
      lookAtTrackedLinks();
      judgeAll();
      byLink.values().forEach(this::evaluate);
    }
  }

  // ---- tracking ----

  /** A tracked script, file or process is well, or not; or nobody knew before. */
  public void changed(Tracked.Thing thing, Condition condition) {
    for (String name : things.put(thing, condition)) {
      routers.get(name).tracked(things.judge(name), now());
    }
    startArrived();
  }

  /** What all that an instance and its sync group track does to it. */
  public Verdict verdict(VrrpInstance instance) {
    return things.judge(instance.name());
  }

  /** What is tracked, and how it is as far as that is known. */
  public Optional<Condition> condition(Tracked.Thing thing) {
    return things.condition(thing);
  }

  private void lookAtTrackedLinks() {
    for (String name : things.links()) {
      boolean up =
          links.named(name).filter(link -> debounce.observe(link, now()).usable()).isPresent();
      things.put(
          new Tracked.Thing(Tracked.Kind.INTERFACE, name), up ? Condition.UP : Condition.DOWN);
    }
  }

  private void judgeAll() {
    routers.forEach((name, running) -> running.tracked(things.judge(name), now()));
  }

  /** Derives faults and the source address of every virtual router on a link from what is known. */
  private void evaluate(LinkRouters there) {
    if (!linksKnown) {
      return;
    }
    Optional<InetAddress> primary = there.index().flatMap(this::primaryAddress);
    for (RunningRouter running : there.routers()) {
      Optional<InetAddress> source =
          running.router().instance().protocol().source().or(() -> primary);
      if (there.speaksEthernet() && source.isPresent()) {
        running.attach(there.index().get(), there.hardwareAddress(), source.get());
      }
      Tracking tracking = running.router().instance().tracking();
      Map<Fault, Optional<String>> derived = new EnumMap<>(Fault.class);
      derived.put(Fault.INTERFACE_MISSING, there.missing());
      derived.put(Fault.LINK_UNUSABLE, there.unusable());
      derived.put(Fault.LINK_DOWN, tracking.primaryLink() ? there.down() : Optional.empty());
      derived.put(
          Fault.NO_SOURCE_ADDRESS,
          there.index().isPresent() && source.isEmpty()
              ? Optional.of("interface " + there.name() + " has no IPv4 address to send from")
              : source
                  .filter(address -> tracking.sourceAddress() && !isOurs(address))
                  .map(address -> "source address " + address.getHostAddress() + " is missing"));
      running.faults(derived, now());
    }
    startArrived();
  }

  private boolean isOurs(InetAddress address) {
    return links.allAddresses().stream().anyMatch(one -> one.local().equals(address));
  }

  /**
   * A virtual router whose link is only being opened has a fault that is none: its sync group would
   * leave MASTER for it. COMPAT: nor does anything start before its scripts have run once.
   */
  private void startArrived() {
    if (arriving.isEmpty() || !started || !groups.areFormed()) {
      return;
    }
    List<RunningRouter> arrived =
        arriving.stream()
            .filter(
                running ->
                    groups.together(running).stream()
                        .filter(arriving::contains)
                        .allMatch(member -> canStart(member.router().instance())))
            .toList();
    arrived.forEach(arriving::remove);
    groups.start(arrived, now());
  }

  private boolean canStart(VrrpInstance instance) {
    return !byLink.get(instance.key().interfaceName()).isWaitingForPort()
        && !things.judge(instance.name()).undecided();
  }

  /** The first address of the link that is nobody's virtual address. */
  private Optional<InetAddress> primaryAddress(int linkIndex) {
    return links.addresses(linkIndex).stream()
        .map(LinkAddress::local)
        .filter(address -> address.getAddress().length == 4 && !isVirtual(address))
        .findFirst();
  }

  // ---- reload ----

  /**
   * Takes a new configuration; what did not change is not touched.
   *
   * @param plan the difference to {@link #configuration}
   */
  public void reload(ReloadPlan plan) {
    boolean sameGroups = configuration.groups().equals(plan.target().groups());
    configuration = plan.target();
    virtualAddresses = plan.mentioned().addresses();
    things.read(configuration);
    debounce.reconfigure(configuration.links());
    lookAtTrackedLinks();
    if (plan.changesNothing() && sameGroups) {
      judgeAll();
      return;
    }
    groups.dissolve();
    plan.removed().forEach(this::remove);
    for (ReloadPlan.Change change : plan.changed()) {
      String name = change.after().name();
      routers.get(name).reconfigure(change.after(), things.judge(name), now());
    }
    Map<String, RunningRouter> before = new HashMap<>(routers);
    routers.clear();
    for (VrrpInstance instance : configuration.instances()) {
      RunningRouter running = before.get(instance.name());
      if (running != null) {
        routers.put(instance.name(), running);
      } else {
        add(instance);
      }
    }
    judgeAll();
    Set<String> mentioned = plan.mentioned().links();
    for (LinkRouters there : List.copyOf(byLink.values())) {
      if (!mentioned.contains(there.name())) {
        there.index().ifPresent(index -> detach(there, index));
        byLink.remove(there.name());
      }
    }
    for (String name : plan.touchedLinks()) {
      LinkRouters there = byLink.computeIfAbsent(name, LinkRouters::new);
      links.named(name).ifPresent(this::linkChanged);
      evaluate(there);
    }
    groups.form(configuration.groups(), routers, now());
    plan.added().forEach(added -> arriving.add(routers.get(added.name())));
    startArrived();
  }

  private void add(VrrpInstance instance) {
    RunningRouter running = new RunningRouter(instance, context);
    routers.put(instance.name(), running);
    byLink.computeIfAbsent(instance.key().interfaceName(), LinkRouters::new).add(running);
    // Addresses may live on other links than the one that VRRP is spoken on: they are announced
    // there.
    ReloadPlan.linksOf(instance).forEach(name -> byLink.computeIfAbsent(name, LinkRouters::new));
  }

  private void remove(VrrpInstance instance) {
    RunningRouter running = routers.remove(instance.name());
    arriving.remove(running);
    running.stop(true, now());
    running.tell(Event.What.DELETED);
    byLink.get(instance.key().interfaceName()).remove(running);
  }

  private long now() {
    return context.clock().nowNanos();
  }
}
