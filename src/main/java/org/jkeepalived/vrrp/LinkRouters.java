package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.VrrpInstance;

/** A link that virtual routers speak on or have addresses on: who speaks there, and its port. */
final class LinkRouters {

  private enum Port {
    NONE,
    ASKED,
    OPEN,
    FAILED
  }

  private final String name;
  private final List<RunningRouter> routers = new ArrayList<>();
  private final Set<RunningRouter> dependents = new LinkedHashSet<>();
  private final Set<RunningRouter> withoutSource = new LinkedHashSet<>();
  private Optional<LinkState> link = Optional.empty();
  private Port port = Port.NONE;
  private final Map<AddressFamily, InetAddress> primaryAddresses =
      new EnumMap<>(AddressFamily.class);
  private Optional<String> portFailure = Optional.empty();

  LinkRouters(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Adds one that speaks on the link. */
  void addSpeaker(RunningRouter router) {
    routers.add(router);
  }

  /** Adds one whose faults follow from the link: it speaks there, or has an address there. */
  void addDependent(RunningRouter router) {
    dependents.add(router);
  }

  /** Removes one that has no address on the link any more, unless it speaks there. */
  void removeDependent(RunningRouter router) {
    if (!routers.contains(router)) {
      dependents.remove(router);
    }
  }

  void remove(RunningRouter router) {
    routers.remove(router);
    dependents.remove(router);
    withoutSource.remove(router);
  }

  /** Those whose faults follow from the link. */
  Iterable<RunningRouter> dependents() {
    return dependents;
  }

  /** What the link's port must be able to do for these virtual routers. */
  LinkPorts.Demand demand() {
    Set<InetAddress> groups = new LinkedHashSet<>();
    List<VrrpInstance> heard = new ArrayList<>();
    int longest = 0;
    OptionalLong room = OptionalLong.empty();
    for (RunningRouter running : routers) {
      VrrpInstance instance = running.router().instance();
      if (instance.key().group().isPresent()) {
        heard.add(instance);
        groups.add(instance.key().group().get());
        longest = Math.max(longest, ArrivalRooms.packetBytes(instance));
        room = ArrivalRooms.sum(room, ArrivalRooms.of(instance, link));
      }
    }
    return new LinkPorts.Demand(groups, routers.size(), longest, Admission.of(heard), room);
  }

  // ---- the link ----

  void setLink(LinkState state) {
    link = Optional.of(state);
  }

  void clearLink() {
    link = Optional.empty();
    clearPort();
  }

  Optional<Integer> index() {
    return link.map(LinkState::index);
  }

  /** Whether the link is there, and frames as Ethernet does. */
  boolean speaksEthernet() {
    return link.isPresent() && link.get().isEthernet();
  }

  boolean isVrf() {
    return link.isPresent() && link.get().isVrf();
  }

  /** Whether somebody speaks here whose packets leave through other links. */
  boolean speaksElsewhere() {
    return !routers.isEmpty() && (name.isEmpty() || isVrf());
  }

  /** Whether something is to be heard or announced there that needs a port. */
  boolean needsPort() {
    return speaksEthernet()
        || link.isPresent()
            && routers.stream()
                .map(running -> running.router().instance().key())
                .anyMatch(key -> !key.isUnicast() && key.family() == AddressFamily.IPV4);
  }

  /** That of Ethernet; none on other links. */
  byte[] hardwareAddress() {
    return link.filter(there -> !there.isEthernet())
        .map(there -> new byte[0])
        .or(() -> link.map(LinkState::mac))
        .orElseGet(() -> new byte[6]);
  }

  boolean usable() {
    return link.isPresent() && link.get().usable();
  }

  /**
   * Whether some virtual router needs that source address on the machine: with track_src_ip, or
   * because the kernel sends from no other.
   */
  boolean tracksSource(InetAddress address) {
    return routers.stream()
        .map(running -> running.router().instance())
        .anyMatch(
            instance ->
                (instance.tracking().sourceAddress() || instance.key().isUnicast())
                    && instance.protocol().source().equals(Optional.of(address)));
  }

  /** Notes the link's address of a family that those speak from who name no other. */
  void setPrimaryAddress(AddressFamily family, Optional<InetAddress> address) {
    address.ifPresentOrElse(
        known -> primaryAddresses.put(family, known), () -> primaryAddresses.remove(family));
  }

  /** The same as it was noted last. */
  Optional<InetAddress> primaryAddress(AddressFamily family) {
    return Optional.ofNullable(primaryAddresses.get(family));
  }

  /** Notes whether one that speaks on the link has no address to send from. */
  void setWithoutSource(RunningRouter router, boolean without) {
    if (without) {
      withoutSource.add(router);
    } else {
      withoutSource.remove(router);
    }
  }

  /** Whether some virtual router has no address to send from. */
  boolean isSomebodyWithoutSource() {
    return !withoutSource.isEmpty();
  }

  // ---- the port ----

  boolean hasPort() {
    return port == Port.OPEN || port == Port.ASKED;
  }

  boolean isWaitingForPort() {
    return port == Port.ASKED;
  }

  void askForPort() {
    port = Port.ASKED;
  }

  /**
   * Takes the answer of the port that was asked for.
   *
   * @param failure empty when it is open
   */
  void setPort(Optional<String> failure) {
    if (port != Port.NONE) {
      port = failure.isEmpty() ? Port.OPEN : Port.FAILED;
      portFailure = failure;
    }
  }

  void clearPort() {
    port = Port.NONE;
    portFailure = Optional.empty();
  }

  Optional<String> portFailure() {
    return portFailure;
  }

  // ---- faults, in words ----

  Optional<String> missing() {
    return link.isPresent() || name.isEmpty()
        ? Optional.empty()
        : Optional.of("interface " + name + " does not exist, waiting for it");
  }

  /** Why the link counts as down: one that is up does until its port is open. */
  Optional<String> down() {
    if (link.isEmpty() || portFailure.isPresent()) {
      return Optional.empty();
    }
    return trouble()
        .or(() -> Optional.of("is being opened").filter(opened -> isWanting()))
        .map(what -> "interface " + name + " " + what);
  }

  /** Why packets cannot flow on the link, if it is there, in words. */
  Optional<String> troubleOfLink() {
    return link.isEmpty()
        ? Optional.empty()
        : trouble().map(what -> "interface " + name + " " + what);
  }

  /** Whether it needs a port, for groups or to announce addresses, that is not open. */
  private boolean isWanting() {
    return port != Port.OPEN && needsPort();
  }

  /** Why packets cannot flow on the link, as the end of a sentence; empty when they can. */
  Optional<String> trouble() {
    if (link.isEmpty()) {
      return Optional.of("does not exist");
    }
    if (!link.get().adminUp()) {
      return Optional.of("is down");
    }
    return link.get().running() ? Optional.empty() : Optional.of("has no carrier");
  }
}
