package org.jkeepalived.host.vrrp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.VirtualRouters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a killed daemon left in the kernel. */
final class StaleAddresses {

  private static final Logger LOG = LoggerFactory.getLogger(StaleAddresses.class);

  private final Set<String> recorded;

  /**
   * @param recorded the addresses that the last run wrote down, as {@link AddressJournal} writes
   *     them
   */
  StaleAddresses(Set<String> recorded) {
    this.recorded = Set.copyOf(recorded);
  }

  /** What this daemon's last run put into the kernel, and what the configuration names. */
  List<LinkAddress> find(VirtualRouters routers) {
    Set<String> wanted = new HashSet<>(recorded);
    for (VrrpInstance instance : routers.configuration().instances()) {
      LOG.debug("({}) removing VIPs.", instance.name());
      instance
          .addresses()
          .advertised()
          .forEach(address -> wanted.add(AddressJournal.line(address)));
      instance.addresses().excluded().forEach(address -> wanted.add(AddressJournal.line(address)));
    }
    List<LinkAddress> found = new ArrayList<>();
    for (LinkAddress address : routers.links().allAddresses()) {
      if (wanted.contains(line(address, routers.links()))) {
        found.add(address);
      }
    }
    return found;
  }

  /** The same as they are written down. */
  static Set<String> lines(List<LinkAddress> addresses, Links links) {
    return addresses.stream().map(address -> line(address, links)).collect(Collectors.toSet());
  }

  private static String line(LinkAddress address, Links links) {
    return AddressJournal.line(
        links.numbered(address.linkIndex()).map(LinkState::name).orElse("?"),
        address.local().getHostAddress(),
        address.prefixLength());
  }
}
