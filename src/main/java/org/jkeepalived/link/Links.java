package org.jkeepalived.link;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The machine's links and addresses as last told, and the one who hears of changes after they are
 * written down here.
 */
public final class Links implements LinkEvents {

  private final LinkEvents listener;
  private final Map<Integer, LinkState> links = new TreeMap<>();
  private final Map<String, LinkState> byName = new HashMap<>();
  private final Map<Integer, Map<LinkAddress.Key, LinkAddress>> addresses = new HashMap<>();

  /** How many links have an address. */
  private final Map<InetAddress, Integer> holders = new HashMap<>();

  public Links(LinkEvents listener) {
    this.listener = Objects.requireNonNull(listener);
  }

  public Optional<LinkState> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Optional<LinkState> numbered(int index) {
    return Optional.ofNullable(links.get(index));
  }

  /** All links in the order of their index. */
  public Collection<LinkState> all() {
    return List.copyOf(links.values());
  }

  /** The addresses of a link in the order in which the kernel told them. */
  public Collection<LinkAddress> addresses(int linkIndex) {
    Map<LinkAddress.Key, LinkAddress> found = addresses.get(linkIndex);
    return found == null ? List.of() : List.copyOf(found.values());
  }

  @Override
  public void linkChanged(LinkState link) {
    LinkState before = links.put(link.index(), link);
    if (before != null && !before.name().equals(link.name())) {
      byName.remove(before.name(), before);
    }
    byName.put(link.name(), link);
    listener.linkChanged(link);
    if (before != null && !before.name().equals(link.name())) {
      // Whoever waits for the old name must learn that it is free.
      listener.linkRemoved(before);
    }
  }

  @Override
  public void linkRemoved(LinkState link) {
    LinkState known = links.remove(link.index());
    Optional.ofNullable(addresses.remove(link.index()))
        .ifPresent(gone -> gone.values().forEach(address -> release(address.local())));
    if (known != null) {
      byName.remove(known.name(), known);
    }
    listener.linkRemoved(link);
  }

  @Override
  public void addressAdded(LinkAddress address) {
    LinkAddress before =
        addresses
            .computeIfAbsent(address.linkIndex(), index -> new LinkedHashMap<>())
            .put(address.key(), address);
    if (before == null) {
      holders.merge(address.local(), 1, Integer::sum);
    }
    listener.addressAdded(address);
  }

  @Override
  public void addressRemoved(LinkAddress address) {
    Map<LinkAddress.Key, LinkAddress> found = addresses.get(address.linkIndex());
    if (found != null && found.remove(address.key()) != null) {
      release(address.local());
    }
    listener.addressRemoved(address);
  }

  private void release(InetAddress address) {
    holders.computeIfPresent(address, (held, count) -> count == 1 ? null : count - 1);
  }

  /** Whether some link has that address. */
  public boolean has(InetAddress address) {
    return holders.containsKey(address);
  }

  @Override
  public void resynchronised() {
    listener.resynchronised();
  }

  /** Every address of the machine. */
  public List<LinkAddress> allAddresses() {
    List<LinkAddress> all = new ArrayList<>();
    addresses.values().forEach(found -> all.addAll(found.values()));
    return all;
  }
}
