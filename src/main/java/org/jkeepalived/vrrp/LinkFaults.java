package org.jkeepalived.vrrp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.Tracking;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;

/** Which faults of a virtual router follow from the links and addresses that the machine has. */
final class LinkFaults {

  private final Links links;
  private final Predicate<InetAddress> virtual;
  private final Function<String, LinkRouters> named;
  private final Supplier<Optional<String>> unicastProblem;

  /**
   * @param virtual whether an address is somebody's virtual one: nothing is sent from those
   * @param named the link of that name, of those that virtual routers speak or have addresses on
   * @param unicastProblem why nothing can be sent to peers; empty when it can
   */
  LinkFaults(
      Links links,
      Predicate<InetAddress> virtual,
      Function<String, LinkRouters> named,
      Supplier<Optional<String>> unicastProblem) {
    this.links = links;
    this.virtual = virtual;
    this.named = named;
    this.unicastProblem = unicastProblem;
  }

  /** The address that an instance sends from: the configured one, or the first of its link. */
  Optional<InetAddress> source(VrrpInstance instance) {
    LinkRouters there = spokenOn(instance);
    return instance.protocol().source().or(() -> there.index().flatMap(this::primaryAddress));
  }

  /** The first address of a link that is nobody's virtual one. */
  Optional<InetAddress> primaryAddress(int linkIndex) {
    return links.firstAddress(linkIndex, this::isOwn).map(LinkAddress::local);
  }

  private boolean isOwn(LinkAddress address) {
    return address.local() instanceof Inet4Address && !virtual.test(address.local());
  }

  private LinkRouters spokenOn(VrrpInstance instance) {
    return named.apply(instance.key().interfaceName());
  }

  /**
   * Every fault that a link can cause, with the reason in words; empty for one that is not there.
   *
   * @param source the address that the instance {@linkplain #source sends from}
   */
  Map<Fault, Optional<String>> of(VrrpInstance instance, Optional<InetAddress> source) {
    LinkRouters there = spokenOn(instance);
    Tracking tracking = instance.tracking();
    Map<Fault, Optional<String>> faults = new EnumMap<>(Fault.class);
    faults.put(Fault.INTERFACE_MISSING, there.missing());
    faults.put(Fault.NO_PEERS, withoutPeers(instance));
    faults.put(Fault.LINK_UNUSABLE, unusable(instance, there));
    faults.put(Fault.LINK_DOWN, tracking.primaryLink() ? there.down() : Optional.empty());
    faults.put(Fault.ADDRESS_LINK_DOWN, addressLinkDown(instance));
    faults.put(Fault.NO_SOURCE_ADDRESS, withoutSource(instance, there, source));
    return faults;
  }

  private static Optional<String> withoutPeers(VrrpInstance instance) {
    return Optional.of("Cannot use unicast without any peers - going to fault state")
        .filter(text -> instance.protocol().unicast().isFault());
  }

  /** The kernel carries what is for peers over any link, but groups are reached by Ethernet. */
  private Optional<String> unusable(VrrpInstance instance, LinkRouters there) {
    return instance.key().isUnicast()
        ? unicastProblem.get().or(there::portFailure)
        : there.unusable();
  }

  /**
   * The link of every virtual address is tracked, unless that says {@code no_track}; what the
   * instance itself speaks on is another fault, and {@code dont_track_primary} concerns that one.
   */
  private Optional<String> addressLinkDown(VrrpInstance instance) {
    for (VirtualAddress address : instance.addresses().all()) {
      if (address.tracked() && !address.device().equals(instance.key().interfaceName())) {
        Optional<String> trouble = named.apply(address.device()).trouble();
        if (trouble.isPresent()) {
          return trouble.map(
              what ->
                  "interface "
                      + address.device()
                      + " of "
                      + address.address().getHostAddress()
                      + " "
                      + what);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> withoutSource(
      VrrpInstance instance, LinkRouters there, Optional<InetAddress> source) {
    if (there.index().isPresent() && source.isEmpty()) {
      return Optional.of(
          "interface "
              + there.name()
              + " has no IPv4 address to send from"
              + onlyVirtual(there.index().get()));
    }
    if (instance.key().isUnicast()) {
      return source
          .filter(address -> !links.has(address))
          .map(
              address ->
                  "entering FAULT state (src address not configured): waiting for "
                      + address.getHostAddress());
    }
    return source
        .filter(address -> instance.tracking().sourceAddress() && !links.has(address))
        .map(address -> "source address " + address.getHostAddress() + " is missing");
  }

  /** Who looks at the link sees an address: says why that one does not count. */
  private String onlyVirtual(int linkIndex) {
    return links.addresses(linkIndex).stream()
        .map(LinkAddress::local)
        .filter(virtual)
        .findFirst()
        .map(address -> ": " + address.getHostAddress() + " is a virtual address")
        .orElse("");
  }
}
