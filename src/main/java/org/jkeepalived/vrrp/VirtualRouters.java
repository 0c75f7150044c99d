package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.track.LinkAddress;
import org.jkeepalived.track.LinkEvents;
import org.jkeepalived.track.LinkState;
import org.jkeepalived.track.Links;
import org.jkeepalived.vrrp.packet.ReceivedPacket;
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

  private final RunningRouter.Surroundings surroundings;
  private final LinkPorts ports;
  private final Links links = new Links(this);
  private final Map<String, RunningRouter> routers = new LinkedHashMap<>();
  private final Map<String, LinkRouters> byLink = new HashMap<>();
  private final Map<Integer, LinkRouters> byLinkIndex = new HashMap<>();
  private final Set<InetAddress> virtualAddresses = new HashSet<>();
  private final ReceivedPacket packet = new ReceivedPacket();
  private final long[] strays = new long[Stray.values().length];
  private final DiscardLog strayLog = new DiscardLog();

  private Configuration configuration;
  private boolean linksKnown;
  private boolean started;

  public VirtualRouters(
      Configuration configuration, RunningRouter.Surroundings surroundings, LinkPorts ports) {
    this.surroundings = surroundings;
    this.ports = ports;
    this.configuration = configuration;
    configuration.instances().forEach(this::add);
    collectVirtualAddresses();
  }

  /** Where the kernel's news of links and addresses go in. */
  public Links links() {
    return links;
  }

  public Collection<RunningRouter> all() {
    return List.copyOf(routers.values());
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
    for (RunningRouter router : routers.values()) {
      router.router().start(now());
    }
  }

  /** Whether every port that was asked for has been opened or has failed. */
  public boolean portsAnswered() {
    return linksKnown && byLink.values().stream().noneMatch(LinkRouters::isWaitingForPort);
  }

  /** Stops every virtual router. */
  public void stop(boolean releaseAddresses) {
    for (RunningRouter router : routers.values()) {
      router.router().stop(releaseAddresses, now());
    }
    started = false;
  }

  // ---- packets ----

  /**
   * A packet that came in on a link; anything may be in it.
   *
   * @param ipAt where its IP header starts in {@code bytes}
   * @param end one past its last byte
   */
  public void received(int linkIndex, byte[] bytes, int ipAt, int end) {
    switch (packet.read(bytes, ipAt, end)) {
      case OTHER -> {
        // the capture filter lets nothing else through, but for fragments and broken headers
      }
      case TRUNCATED -> stray(Stray.TRUNCATED);
      case VRRP -> {
        LinkRouters there = byLinkIndex.get(linkIndex);
        Optional<RunningRouter> router = there == null ? Optional.empty() : there.find(packet);
        if (router.isPresent()) {
          router.get().received(packet, now());
        } else {
          stray(Stray.UNKNOWN_VRID);
        }
      }
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
        LOG.info("IPv4 VRRP packet too short - {} bytes", packet.ipLength());
      } else {
        LOG.info(
            "Unknown VRID({}) received from {}",
            packet.virtualRouterId(),
            packet.source().getHostAddress());
      }
    }
  }

  // ---- links ----

  @Override
  public void linkChanged(LinkState link) {
    LinkRouters there = byLink.get(link.name());
    if (there == null) {
      return;
    }
    boolean usable = link.usable();
    if (there.usable() != usable && linksKnown) {
      LOG.info("Netlink reports {} {}", link.name(), usable ? "up" : "down");
    }
    there.index().filter(old -> old != link.index()).ifPresent(old -> detach(there, old));
    there.linkIs(link);
    byLinkIndex.put(link.index(), there);
    if (usable && link.type() == LinkState.ETHERNET) {
      if (!there.hasPort()) {
        there.askForPort();
      }
      ports.open(link, there.demand());
    }
    evaluate(there);
    if (usable && linksKnown) {
      routers.values().forEach(router -> router.router().surroundingsChanged());
    }
  }

  @Override
  public void linkRemoved(LinkState link) {
    LinkRouters there = byLinkIndex.get(link.index());
    if (there == null || !there.name().equals(link.name())) {
      return;
    }
    LOG.info("Netlink reports {} removed", link.name());
    detach(there, link.index());
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

  /** Asks again for every port that failed. */
  public void retryPorts() {
    for (LinkRouters there : byLink.values()) {
      if (there.portFailure().isPresent()) {
        there.index().flatMap(links::numbered).ifPresent(this::linkChanged);
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
    }
  }

  @Override
  public void resynchronised() {
    boolean first = !linksKnown;
    linksKnown = true;
    if (first) {
      byLink.values().forEach(this::evaluate);
    }
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
      if (there.index().isPresent() && source.isPresent()) {
        running.attach(there.index().get(), there.hardwareAddress(), source.get());
      }
      Map<Fault, Optional<String>> derived = new EnumMap<>(Fault.class);
      derived.put(Fault.INTERFACE_MISSING, there.missing());
      derived.put(Fault.LINK_UNUSABLE, there.unusable());
      derived.put(Fault.LINK_DOWN, there.down());
      derived.put(
          Fault.NO_SOURCE_ADDRESS,
          there.index().isPresent() && source.isEmpty()
              ? Optional.of("interface " + there.name() + " has no IPv4 address to send from")
              : Optional.empty());
      set(running.router(), derived);
    }
  }

  /** New faults before those that are gone, or one that takes another's place would end FAULT. */
  private void set(VirtualRouter router, Map<Fault, Optional<String>> derived) {
    derived.forEach((fault, reason) -> reason.ifPresent(text -> router.fault(fault, text, now())));
    derived.forEach(
        (fault, reason) -> {
          if (reason.isEmpty()) {
            router.faultGone(fault, now());
          }
        });
  }

  /** The first address of the link that is nobody's virtual address. */
  private Optional<InetAddress> primaryAddress(int linkIndex) {
    return links.addresses(linkIndex).stream()
        .map(LinkAddress::local)
        .filter(address -> address.getAddress().length == 4 && !isVirtual(address))
        .findFirst();
  }

  // ---- reload ----

  /** Takes a new configuration; what did not change is not touched. */
  public ReloadPlan reload(Configuration changed) {
    ReloadPlan plan = ReloadPlan.of(configuration, changed);
    configuration = changed;
    collectVirtualAddresses();
    for (VrrpInstance removed : plan.removed()) {
      remove(removed);
    }
    Map<String, RunningRouter> kept = new HashMap<>();
    for (ReloadPlan.Change change : plan.changed()) {
      RunningRouter running = routers.remove(change.before().name());
      running.reconfigure(change.after(), now());
      kept.put(change.after().name(), running);
    }
    Map<String, RunningRouter> before = new HashMap<>(routers);
    routers.clear();
    for (VrrpInstance instance : changed.instances()) {
      RunningRouter running = kept.getOrDefault(instance.name(), before.get(instance.name()));
      if (running != null) {
        routers.put(instance.name(), running);
      } else {
        add(instance);
      }
    }
    Set<String> used = new HashSet<>();
    changed.instances().forEach(instance -> linksOf(instance).forEach(used::add));
    used.forEach(name -> byLink.computeIfAbsent(name, LinkRouters::new));
    for (LinkRouters there : List.copyOf(byLink.values())) {
      if (!used.contains(there.name())) {
        there.index().ifPresent(index -> detach(there, index));
        byLink.remove(there.name());
      }
    }
    for (LinkRouters there : byLink.values()) {
      links.named(there.name()).ifPresent(this::linkChanged);
      evaluate(there);
    }
    if (started) {
      for (VrrpInstance added : plan.added()) {
        routers.get(added.name()).router().start(now());
      }
    }
    return plan;
  }

  private void add(VrrpInstance instance) {
    RunningRouter running = new RunningRouter(instance, surroundings);
    routers.put(instance.name(), running);
    byLink.computeIfAbsent(instance.key().interfaceName(), LinkRouters::new).add(running);
    // Addresses may live on other links than the one that VRRP is spoken on: they are announced
    // there.
    linksOf(instance).forEach(name -> byLink.computeIfAbsent(name, LinkRouters::new));
  }

  private static Stream<String> linksOf(VrrpInstance instance) {
    return Stream.concat(
        Stream.of(instance.key().interfaceName()),
        RunningRouter.all(instance).stream().map(VirtualAddress::device));
  }

  private void remove(VrrpInstance instance) {
    RunningRouter running = routers.remove(instance.name());
    running.router().stop(true, now());
    byLink.get(instance.key().interfaceName()).remove(running);
  }

  private void collectVirtualAddresses() {
    virtualAddresses.clear();
    for (VrrpInstance instance : configuration.instances()) {
      for (VirtualAddress address : RunningRouter.all(instance)) {
        virtualAddresses.add(address.address());
      }
    }
  }

  public boolean isStarted() {
    return started;
  }

  private long now() {
    return surroundings.clock().nowNanos();
  }
}
