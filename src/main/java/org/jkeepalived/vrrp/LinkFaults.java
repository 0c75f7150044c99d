package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.Tracking;
import org.jkeepalived.model.VrrpInstance;

/** Which faults of a virtual router follow from the links and addresses that the machine has. */
final class LinkFaults {

  private final Links links;
  private final Predicate<InetAddress> virtual;

  /**
   * @param virtual whether an address is somebody's virtual one: nothing is sent from those
   */
  LinkFaults(Links links, Predicate<InetAddress> virtual) {
    this.links = links;
    this.virtual = virtual;
  }

  /** The address that an instance sends from: the configured one, or the first of its link. */
  Optional<InetAddress> source(VrrpInstance instance, LinkRouters there) {
    return instance.protocol().source().or(() -> there.index().flatMap(this::primaryAddress));
  }

  /** The first address of a link that is nobody's virtual one. */
  private Optional<InetAddress> primaryAddress(int linkIndex) {
    return links.addresses(linkIndex).stream()
        .map(LinkAddress::local)
        .filter(address -> address.getAddress().length == 4 && !virtual.test(address))
        .findFirst();
  }

  /**
   * Every fault that a link can cause, with the reason in words; empty for one that is not there.
   *
   * @param there the link that the instance speaks on
   */
  Map<Fault, Optional<String>> of(VrrpInstance instance, LinkRouters there) {
    Tracking tracking = instance.tracking();
    Map<Fault, Optional<String>> faults = new EnumMap<>(Fault.class);
    faults.put(Fault.INTERFACE_MISSING, there.missing());
    faults.put(Fault.LINK_UNUSABLE, there.unusable());
    faults.put(Fault.LINK_DOWN, tracking.primaryLink() ? there.down() : Optional.empty());
    faults.put(Fault.NO_SOURCE_ADDRESS, withoutSource(instance, there));
    return faults;
  }

  private Optional<String> withoutSource(VrrpInstance instance, LinkRouters there) {
    Optional<InetAddress> source = source(instance, there);
    if (there.index().isPresent() && source.isEmpty()) {
      return Optional.of("interface " + there.name() + " has no IPv4 address to send from");
    }
    return source
        .filter(address -> instance.tracking().sourceAddress() && !isOurs(address))
        .map(address -> "source address " + address.getHostAddress() + " is missing");
  }

  private boolean isOurs(InetAddress address) {
    return links.allAddresses().stream().anyMatch(one -> one.local().equals(address));
  }
}
