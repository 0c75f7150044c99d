package org.jkeepalived.linux.netlink.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;

/**
 * The links and addresses as last heard. What comes in is the new state of one thing; what goes out
 * to {@link LinkEvents} is what differs.
 */
final class LinkTable {
  private final Map<Integer, LinkState> links = new TreeMap<>();
  private final Map<Integer, Map<LinkAddress.Key, LinkAddress>> addresses = new TreeMap<>();

  /** By index. */
  Collection<LinkState> links() {
    return links.values();
  }

  List<LinkAddress> addresses() {
    List<LinkAddress> all = new ArrayList<>();
    addresses.values().forEach(ofLink -> all.addAll(ofLink.values()));
    return all;
  }

  void apply(RouteChange change, LinkEvents listener) {
    if (change instanceof RouteChange.Link link) {
      applyLink(link.present(), link.link(), listener);
    } else if (change instanceof RouteChange.Address address) {
      applyAddress(address.present(), address.address(), listener);
    }
  }

  private void applyLink(boolean present, LinkState link, LinkEvents listener) {
    if (!present) {
      removeLink(link.index(), listener);
      return;
    }
    LinkState before = links.put(link.index(), link);
    if (!link.equals(before)) {
      listener.linkChanged(link);
    }
    if (before == null) {
      // addresses that were heard of before their link
      addressesOf(link.index()).values().forEach(listener::addressAdded);
    }
  }

  private void applyAddress(boolean present, LinkAddress address, LinkEvents listener) {
    Map<LinkAddress.Key, LinkAddress> ofLink =
        addresses.computeIfAbsent(address.linkIndex(), index -> new LinkedHashMap<>());
    LinkAddress before =
        present ? ofLink.put(address.key(), address) : ofLink.remove(address.key());
    if (!links.containsKey(address.linkIndex())) {
      return;
    }
    if (present && !address.equals(before)) {
      listener.addressAdded(address);
    } else if (!present && before != null) {
      listener.addressRemoved(before);
    }
  }

  private void removeLink(int index, LinkEvents listener) {
    Map<LinkAddress.Key, LinkAddress> orphans = addresses.remove(index);
    LinkState link = links.remove(index);
    if (link != null) {
      if (orphans != null) {
        orphans.values().forEach(listener::addressRemoved);
      }
      listener.linkRemoved(link);
    }
  }

  /** Becomes {@code next}, and tells what differs. */
  void become(LinkTable next, LinkEvents listener) {
    for (LinkAddress address : addresses()) {
      if (!next.addressesOf(address.linkIndex()).containsKey(address.key())) {
        applyAddress(false, address, listener);
      }
    }
    for (Integer index : List.copyOf(links.keySet())) {
      if (!next.links.containsKey(index)) {
        removeLink(index, listener);
      }
    }
    next.links.values().forEach(link -> applyLink(true, link, listener));
    next.addresses().forEach(address -> applyAddress(true, address, listener));
  }

  private Map<LinkAddress.Key, LinkAddress> addressesOf(int index) {
    return addresses.getOrDefault(index, Map.of());
  }
}
