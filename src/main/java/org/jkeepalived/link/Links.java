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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jkeepalived.link.LinkAddress.DuplicateCheck;

/**
 * The machine's links and addresses, stored once and told once. What comes in is how one link or
 * address is now, as the kernel says it; what goes out to {@link LinkEvents} is what differs, after
 * it is written down here.
 */
public final class Links {

  private final List<LinkEvents> listeners = new ArrayList<>();
  private final Map<Integer, LinkState> links = new TreeMap<>();
  private final Map<String, LinkState> byName = new HashMap<>();
  private final Map<Integer, Map<LinkAddress.Key, LinkAddress>> addresses = new TreeMap<>();

  /** Addresses that came before their link, which they wait for. */
  private final Map<Integer, Map<LinkAddress.Key, LinkAddress>> early = new TreeMap<>();

  /** How many links have an address. */
  private final Map<InetAddress, Integer> holders = new HashMap<>();

  /** Those that may not be used: not yet, or because another machine has them, too. */
  private final Map<LinkAddress.Key, LinkAddress> doubtful = new LinkedHashMap<>();

  /** The links that forward IPv6. */
  private final Set<Integer> forwarding = new TreeSet<>();

  /** Tells of every change from now on; those who were added earlier hear of each first. */
  public void addListener(LinkEvents listener) {
    listeners.add(Objects.requireNonNull(listener));
  }

  // ---- what there is ----

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
    return List.copyOf(at(addresses, linkIndex).values());
  }

  /** The first such address of a link, in the same order. */
  public Optional<LinkAddress> firstAddress(int linkIndex, Predicate<LinkAddress> such) {
    for (LinkAddress address : at(addresses, linkIndex).values()) {
      if (such.test(address)) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  /** Every address of the machine, in the order of its link's index. */
  public List<LinkAddress> allAddresses() {
    List<LinkAddress> all = new ArrayList<>();
    addresses.values().forEach(found -> all.addAll(found.values()));
    return all;
  }

  /** Whether some link has that address. */
  public boolean has(InetAddress address) {
    return holders.containsKey(address);
  }

  /** An address that some link has, if it may not be used on any; its check says why. */
  public Optional<LinkAddress> unusable(InetAddress address) {
    List<LinkAddress> found =
        doubtful.values().stream().filter(each -> each.local().equals(address)).toList();
    return found.isEmpty() || found.size() < holders.getOrDefault(address, 0)
        ? Optional.empty()
        : Optional.of(found.get(0));
  }

  /** Whether what comes in on a link for others is forwarded, of IPv6. */
  public boolean forwardsIpv6(int linkIndex) {
    return forwarding.contains(linkIndex);
  }

  // ---- what the kernel says ----

  /** A link forwards IPv6 from now on, or not. */
  public void forwardingChanged(int linkIndex, boolean forwards) {
    if (forwards) {
      forwarding.add(linkIndex);
    } else {
      forwarding.remove(linkIndex);
    }
  }

  /** The link is there, as described. */
  public void linkChanged(LinkState link) {
    LinkState before = links.put(link.index(), link);
    if (link.equals(before)) {
      // what does not make it another one, such as IFF_PROMISC, is known all the same
      byName.replace(link.name(), before, link);
      return;
    }
    boolean renamed = before != null && !before.name().equals(link.name());
    if (renamed) {
      byName.remove(before.name(), before);
    }
    byName.put(link.name(), link);
    listeners.forEach(listener -> listener.linkChanged(link));
    if (renamed) {
      // Whoever waits for the old name must learn that it is free.
      listeners.forEach(listener -> listener.linkRemoved(before));
    }
    if (before == null) {
      Optional.ofNullable(early.remove(link.index()))
          .ifPresent(waiting -> waiting.values().forEach(this::addressAdded));
    }
  }

  /** No link has that one's index any more; its addresses went with it. */
  public void linkRemoved(LinkState link) {
    early.remove(link.index());
    forwarding.remove(link.index());
    addresses(link.index()).forEach(this::addressRemoved);
    addresses.remove(link.index());
    LinkState known = links.remove(link.index());
    if (known != null) {
      byName.remove(known.name(), known);
      listeners.forEach(listener -> listener.linkRemoved(known));
    }
  }

  /** The address is there, as described. */
  public void addressAdded(LinkAddress address) {
    boolean linkIsKnown = links.containsKey(address.linkIndex());
    LinkAddress before =
        (linkIsKnown ? addresses : early)
            .computeIfAbsent(address.linkIndex(), index -> new LinkedHashMap<>())
            .put(address.key(), address);
    if (!linkIsKnown || address.equals(before)) {
      return;
    }
    if (before == null) {
      holders.merge(address.local(), 1, Integer::sum);
    }
    if (address.check() == DuplicateCheck.PASSED) {
      doubtful.remove(address.key());
    } else {
      doubtful.put(address.key(), address);
    }
    listeners.forEach(listener -> listener.addressAdded(address));
  }

  /** The address is not there any more. */
  public void addressRemoved(LinkAddress address) {
    take(early, address);
    take(addresses, address)
        .ifPresent(
            known -> {
              doubtful.remove(known.key());
              holders.computeIfPresent(
                  known.local(), (held, count) -> count == 1 ? null : count - 1);
              listeners.forEach(listener -> listener.addressRemoved(known));
            });
  }

  private static Optional<LinkAddress> take(
      Map<Integer, Map<LinkAddress.Key, LinkAddress>> some, LinkAddress address) {
    Map<LinkAddress.Key, LinkAddress> ofLink = some.get(address.linkIndex());
    return ofLink == null ? Optional.empty() : Optional.ofNullable(ofLink.remove(address.key()));
  }

  /** What has been told so far is the present state. */
  public void resynchronised() {
    listeners.forEach(LinkEvents::resynchronised);
  }

  /**
   * Takes everything as it was read anew, after some of what the kernel said was lost: tells what
   * differs, what is gone first, and then that it is the present state.
   *
   * @param present has all that there is now
   */
  public void become(Links present) {
    for (LinkAddress address : allAddresses()) {
      if (!at(present.addresses, address.linkIndex()).containsKey(address.key())) {
        addressRemoved(address);
      }
    }
    for (LinkState link : all()) {
      if (!present.links.containsKey(link.index())) {
        linkRemoved(link);
      }
    }
    early.clear();
    present.links.values().forEach(this::linkChanged);
    present.allAddresses().forEach(this::addressAdded);
    early.putAll(present.early);
    forwarding.clear();
    forwarding.addAll(present.forwarding);
    resynchronised();
  }

  private static Map<LinkAddress.Key, LinkAddress> at(
      Map<Integer, Map<LinkAddress.Key, LinkAddress>> some, int linkIndex) {
    return some.getOrDefault(linkIndex, Map.of());
  }
}
