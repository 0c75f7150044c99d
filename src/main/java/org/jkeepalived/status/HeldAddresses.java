package org.jkeepalived.status;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.vrrp.State;

/** Which addresses of a snapshot's machine are virtual ones that a master holds. */
final class HeldAddresses {

  private final Map<String, Integer> linkIndexes = new HashMap<>();
  private final Set<String> usableLinks = new HashSet<>();
  private final Set<LinkAddress.Key> present = new HashSet<>();
  private final Map<Integer, InetAddress> primaries = new HashMap<>();
  private final Map<Integer, InetAddress> linkLocals = new HashMap<>();

  HeldAddresses(VrrpSnapshot snapshot) {
    for (LinkState link : snapshot.machine().links()) {
      linkIndexes.put(link.name(), link.index());
      if (link.usable()) {
        usableLinks.add(link.name());
      }
    }
    Set<InetAddress> virtual = new HashSet<>();
    for (RouterSnapshot router : snapshot.routers()) {
      all(router).forEach(address -> virtual.add(address.address()));
    }
    for (LinkAddress address : snapshot.machine().addresses()) {
      present.add(address.key());
      if (!virtual.contains(address.local())) {
        if (AddressFamily.of(address.local()) == AddressFamily.IPV4) {
          primaries.putIfAbsent(address.linkIndex(), address.local());
        } else if (address.local().isLinkLocalAddress()) {
          linkLocals.putIfAbsent(address.linkIndex(), address.local());
        }
      }
    }
  }

  /** Whether a link of that name is there, and packets can flow. */
  boolean isUsable(String link) {
    return usableLinks.contains(link);
  }

  static Stream<VirtualAddress> all(RouterSnapshot router) {
    return Stream.concat(
        router.instance().addresses().advertised().stream(),
        router.instance().addresses().excluded().stream());
  }

  /** Whether {@code router} is master and the kernel has {@code address}. */
  boolean isHeld(RouterSnapshot router, VirtualAddress address) {
    return router.state() == State.MASTER && isThere(address);
  }

  /** Whether the kernel has {@code address}, whoever is master. */
  boolean isThere(VirtualAddress address) {
    return linkIndex(address.device()).filter(index -> isPresent(index, address)).isPresent();
  }

  /** The address in keepalived's words, with {@code set} when it is held. */
  String text(RouterSnapshot router, VirtualAddress address) {
    return AddressText.of(address, router.instance()) + (isHeld(router, address) ? " set" : "");
  }

  private boolean isPresent(int linkIndex, VirtualAddress address) {
    return present.contains(
        new LinkAddress.Key(
            linkIndex,
            address.address(),
            address.peer().map(VirtualAddress.Peer::prefixLength).orElse(address.prefixLength()),
            address.peer().map(VirtualAddress.Peer::address).orElse(address.address())));
  }

  Optional<Integer> linkIndex(String name) {
    return Optional.ofNullable(linkIndexes.get(name));
  }

  /** The link's first IPv6 link-local address that is nobody's virtual address. */
  Optional<InetAddress> linkLocal(int linkIndex) {
    return Optional.ofNullable(linkLocals.get(linkIndex));
  }

  /** The link's first IPv4 address that is nobody's virtual address. */
  Optional<InetAddress> primary(int linkIndex) {
    return Optional.ofNullable(primaries.get(linkIndex));
  }
}
