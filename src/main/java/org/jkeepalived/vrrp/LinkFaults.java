package org.jkeepalived.vrrp;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkAddress.DuplicateCheck;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.AllowedSenders.Network;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.Tracking;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VirtualLink;
import org.jkeepalived.model.VirtualLink.Ipvlan;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.packet.SecurityAssociation;
import org.jkeepalived.vrrp.transport.DatagramSender;

/** Which faults of a virtual router follow from the links and addresses that the machine has. */
final class LinkFaults {

  private final Links links;
  private final Predicate<LinkAddress> virtual;
  private final Function<String, LinkRouters> named;
  private final DatagramSender datagrams;

  /**
   * @param virtual whether an address is somebody's virtual one: nothing is sent from those
   * @param named the link of that name, of those that virtual routers speak or have addresses on
   * @param datagrams says why nothing can be sent to peers, or heard of them
   */
  LinkFaults(
      Links links,
      Predicate<LinkAddress> virtual,
      Function<String, LinkRouters> named,
      DatagramSender datagrams) {
    this.links = links;
    this.virtual = virtual;
    this.named = named;
    this.datagrams = datagrams;
  }

  /** The address that an instance sends from: the configured one, or the first of its link. */
  Optional<InetAddress> source(VrrpInstance instance) {
    LinkRouters there = spokenOn(instance);
    AddressFamily family = instance.key().family();
    Optional<Ipvlan> ipvlan = ipvlan(instance);
    if (ipvlan.isPresent()) {
      return ipvlan.get().address().or(() -> primaryAddress(sentFrom(instance), family));
    }
    return instance
        .protocol()
        .source()
        .or(
            () ->
                instance.key().isAnywhere() || there.isVrf()
                    ? nearest(instance, there)
                    : primaryAddress(there, family));
  }

  /**
   * An address that is on the way to the first peer: one of its own network, or else the first one
   * that others may answer to. Which it really is, routes may say otherwise: {@code unicast_src_ip}
   * settles it.
   */
  private Optional<InetAddress> nearest(VrrpInstance instance, LinkRouters vrf) {
    InetAddress peer = instance.protocol().unicast().peers().get(0).address();
    List<LinkAddress> own =
        links.allAddresses().stream()
            .filter(address -> AddressFamily.of(address.local()) == instance.key().family())
            .filter(address -> !address.local().isLoopbackAddress())
            .filter(address -> !address.local().isLinkLocalAddress())
            .filter(address -> address.check() == DuplicateCheck.PASSED)
            .filter(address -> !virtual.test(address))
            .filter(address -> vrf.index().isEmpty() || isIn(vrf.index().get(), address))
            .toList();
    return own.stream()
        .filter(address -> new Network(address.local(), address.prefixLength()).has(peer))
        .findFirst()
        .or(() -> own.stream().findFirst())
        .map(LinkAddress::local);
  }

  private boolean isIn(int vrf, LinkAddress address) {
    return address.linkIndex() == vrf
        || links
            .numbered(address.linkIndex())
            .filter(link -> link.master().equals(OptionalInt.of(vrf)))
            .isPresent();
  }

  /**
   * The address of a link that those speak from who name no other: the first one that is nobody's
   * virtual one. Of IPv6 it is a link-local one (RFC 9568 section 5.1.2.1), and stays the same as
   * long as the link has it: another one would make another router of it.
   */
  Optional<InetAddress> primaryAddress(LinkRouters there, AddressFamily family) {
    if (there.index().isEmpty()) {
      return Optional.empty();
    }
    int index = there.index().get();
    if (family == AddressFamily.IPV4) {
      return links.firstAddress(index, this::isOwn).map(LinkAddress::local);
    }
    Optional<InetAddress> known = there.primaryAddress(family);
    return links
        .firstAddress(
            index, address -> isOwnLinkLocal(address) && known.equals(Optional.of(address.local())))
        .or(() -> links.firstAddress(index, this::isOwnLinkLocal))
        .map(LinkAddress::local);
  }

  private boolean isOwn(LinkAddress address) {
    return address.local() instanceof Inet4Address && !virtual.test(address);
  }

  private boolean isOwnLinkLocal(LinkAddress address) {
    return isIpv6LinkLocal(address)
        && address.check() == DuplicateCheck.PASSED
        && !virtual.test(address);
  }

  private static boolean isIpv6LinkLocal(LinkAddress address) {
    return address.local() instanceof Inet6Address && address.local().isLinkLocalAddress();
  }

  /** An ipvlan has addresses of its own, a VMAC shares its base's. */
  private static Optional<Ipvlan> ipvlan(VrrpInstance instance) {
    return instance
        .links()
        .speaking()
        .map(VirtualLink::nature)
        .filter(Ipvlan.class::isInstance)
        .map(Ipvlan.class::cast);
  }

  /** The link whose addresses an instance sends from that names none. */
  private LinkRouters sentFrom(VrrpInstance instance) {
    return ipvlan(instance).isPresent() ? named.apply(instance.device()) : spokenOn(instance);
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
    LinkRouters own = named.apply(instance.device());
    faults.put(
        Fault.INTERFACE_MISSING, there.missing().or(own::missing).or(() -> foreign(instance)));
    faults.put(Fault.NO_PEERS, withoutPeers(instance));
    faults.put(Fault.LINK_UNUSABLE, unusable(instance, there));
    faults.put(
        Fault.LINK_DOWN, tracking.primaryLink() ? there.down().or(own::down) : Optional.empty());
    faults.put(Fault.ADDRESS_LINK_DOWN, addressLinkDown(instance));
    faults.put(Fault.NO_SOURCE_ADDRESS, withoutSource(instance, source));
    return faults;
  }

  /** One of another kind or on another base has the name of one that was to be made. */
  private Optional<String> foreign(VrrpInstance instance) {
    return instance.links().isEmpty()
        ? Optional.empty()
        : instance
            .links()
            .all()
            .filter(own -> links.named(own.name()).filter(has -> !isFor(own, has)).isPresent())
            .findFirst()
            .map(
                own ->
                    "interface "
                        + own.name()
                        + " is another one than that which is to be made for it, waiting for its"
                        + " name");
  }

  private boolean isFor(VirtualLink own, LinkState present) {
    return present.kind().equals(Optional.of(own.nature().driver()))
        && links
            .named(own.base())
            .filter(base -> present.lower().equals(OptionalInt.of(base.index())))
            .isPresent();
  }

  private static Optional<String> withoutPeers(VrrpInstance instance) {
    return Optional.of("Cannot use unicast without any peers - going to fault state")
        .filter(text -> instance.protocol().unicast().isFault());
  }

  /** The kernel carries what is for peers, and to groups what is on no Ethernet. */
  private Optional<String> unusable(VrrpInstance instance, LinkRouters there) {
    boolean carried =
        instance.key().isUnicast() || there.index().isPresent() && !there.speaksEthernet();
    return Optional.of(instance.key().family())
        .filter(family -> carried)
        .flatMap(datagrams::unicastProblem)
        .or(() -> deaf(instance))
        .or(there::portFailure)
        .or(() -> named.apply(instance.device()).portFailure());
  }

  /** One that hears none of its peers must not become master beside them. */
  private Optional<String> deaf(VrrpInstance instance) {
    return instance.key().isUnicast() && SecurityAssociation.isOf(instance)
        ? datagrams.hearAuthenticated()
        : Optional.empty();
  }

  /**
   * The link of every virtual address is tracked, unless that says {@code no_track}; what the
   * instance itself speaks on is another fault, and {@code dont_track_primary} concerns that one.
   */
  private Optional<String> addressLinkDown(VrrpInstance instance) {
    for (VirtualAddress address : instance.addresses().all()) {
      if (address.tracked()
          && !address.device().equals(instance.device())
          && !address.device().equals(instance.key().interfaceName())) {
        Optional<String> trouble = named.apply(address.device()).trouble();
        if (trouble.isPresent()) {
          return trouble.map(
              what ->
                  "interface "
                      + address.device()
                      + " of "
                      + NumericAddress.of(address.address())
                      + " "
                      + what);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> withoutSource(VrrpInstance instance, Optional<InetAddress> source) {
    LinkRouters there = sentFrom(instance);
    if (there.index().isPresent() && source.isEmpty()) {
      return Optional.of(
          "interface "
              + there.name()
              + " has no "
              + (instance.key().family() == AddressFamily.IPV4 ? "IPv4" : "IPv6 link-local")
              + " address to send from"
              + whyNone(there.index().get(), instance.key().family()));
    }
    if (instance.key().isAnywhere() && source.isEmpty()) {
      return Optional.of("no address to send to the peers from, waiting for one");
    }
    if (instance.key().isUnicast()) {
      return source
          .flatMap(address -> notToBeHad(address, ""))
          .map(what -> "entering FAULT state (src address not configured): waiting for " + what);
    }
    return source
        .filter(address -> instance.tracking().sourceAddress())
        .flatMap(address -> notToBeHad(address, " is missing"))
        .map(what -> "source address " + what);
  }

  /**
   * An address that nothing can be sent from, and why; empty for others.
   *
   * @param absent what is said of one that the machine does not have
   */
  private Optional<String> notToBeHad(InetAddress address, String absent) {
    String name = NumericAddress.of(address);
    return links.has(address)
        ? links.unusable(address).map(found -> name + ", which " + whyNot(found))
        : Optional.of(name + absent);
  }

  /** Who looks at the link sees an address: says why that one does not count. */
  private String whyNone(int linkIndex, AddressFamily family) {
    return links
        .firstAddress(
            linkIndex,
            address ->
                family == AddressFamily.IPV4
                    ? address.local() instanceof Inet4Address && virtual.test(address)
                    : isIpv6LinkLocal(address))
        .map(address -> ": " + NumericAddress.of(address.local()) + " " + whyNot(address))
        .orElse("");
  }

  private String whyNot(LinkAddress address) {
    return virtual.test(address)
        ? "is a virtual address"
        : address.check() == DuplicateCheck.FAILED
            ? "is another machine's, too (duplicate address)"
            : "is still being looked for elsewhere (duplicate address detection)";
  }
}
