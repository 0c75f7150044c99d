package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.vrrp.packet.AdvertisementPayload;
import org.jkeepalived.vrrp.transport.Ipv4Header;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;

/** The virtual routers on one link, and what is known of it. */
final class LinkRouters {

  private enum Port {
    NONE,
    ASKED,
    OPEN,
    FAILED
  }

  private final String name;
  private final List<RunningRouter> routers = new ArrayList<>();
  private final DispatchTable table = new DispatchTable();
  private Optional<LinkState> link = Optional.empty();
  private Port port = Port.NONE;
  private Optional<String> portFailure = Optional.empty();

  LinkRouters(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void add(RunningRouter router) {
    routers.add(router);
    table.add(router);
  }

  void remove(RunningRouter router) {
    routers.remove(router);
    table.remove(router);
  }

  List<RunningRouter> routers() {
    return routers;
  }

  /** What the link's port must be able to do for these virtual routers. */
  LinkPorts.Demand demand() {
    int longest =
        routers.stream()
            .map(running -> running.router().instance())
            .filter(instance -> !instance.key().isUnicast())
            .mapToInt(AdvertisementPayload::length)
            .max()
            .orElse(0);
    return new LinkPorts.Demand(table.groups(), routers.size(), Ipv4Header.BYTES + longest);
  }

  /** Whose packet that is. */
  Optional<RunningRouter> find(ReceivedDatagram datagram, int vrid) {
    return table.find(datagram, vrid);
  }

  void linkIs(LinkState state) {
    link = Optional.of(state);
  }

  void linkIsGone() {
    link = Optional.empty();
    portClosed();
  }

  Optional<Integer> index() {
    return link.map(LinkState::index);
  }

  /** Whether the link is there, and frames as Ethernet does. */
  boolean speaksEthernet() {
    return link.isPresent() && link.get().isEthernet();
  }

  byte[] hardwareAddress() {
    return link.map(LinkState::mac).orElseGet(() -> new byte[6]);
  }

  boolean usable() {
    return link.isPresent() && link.get().usable();
  }

  /** Whether some virtual router goes by an address being there that it sends from. */
  boolean tracksSource(InetAddress address) {
    return routers.stream()
        .map(running -> running.router().instance())
        .anyMatch(
            instance ->
                instance.tracking().sourceAddress()
                    && instance.protocol().source().equals(Optional.of(address)));
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

  void portAnswered(Optional<String> failure) {
    if (port != Port.NONE) {
      port = failure.isEmpty() ? Port.OPEN : Port.FAILED;
      portFailure = failure;
    }
  }

  void portClosed() {
    port = Port.NONE;
    portFailure = Optional.empty();
  }

  Optional<String> portFailure() {
    return portFailure;
  }

  // ---- faults, in words ----

  Optional<String> missing() {
    return link.isPresent()
        ? Optional.empty()
        : Optional.of("interface " + name + " does not exist, waiting for it");
  }

  Optional<String> unusable() {
    if (link.isPresent() && !link.get().isEthernet()) {
      return Optional.of("interface " + name + " is not Ethernet: VRRP on it is not yet supported");
    }
    return portFailure;
  }

  /** A link that is up counts as down until its port is open. */
  Optional<String> down() {
    if (link.isEmpty() || unusable().isPresent()) {
      return Optional.empty();
    }
    if (!link.get().adminUp()) {
      return Optional.of("interface " + name + " is down");
    }
    if (!link.get().running()) {
      return Optional.of("interface " + name + " has no carrier");
    }
    return port == Port.OPEN
        ? Optional.empty()
        : Optional.of("interface " + name + " is being opened");
  }
}
