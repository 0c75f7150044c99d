package org.jkeepalived.linux.netlink.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;

/** Believes what it is told, and insists that it is told as {@link LinkEvents} promises. */
public final class FollowedLinks implements LinkEvents {

  private final Map<Integer, LinkState> links = new TreeMap<>();
  private final Map<LinkAddress.Key, LinkAddress> addresses = new LinkedHashMap<>();

  private FollowedLinks() {}

  /** Whoever listens knows at each moment what is written down, in the order that is promised. */
  public static void follow(List<RouteChange> changes) {
    Links links = new Links();
    FollowedLinks told = new FollowedLinks();
    links.addListener(told);
    for (RouteChange change : changes) {
      change.tell(links);
      told.requireSame(links);
    }
    Links half = new Links();
    changes.subList(0, changes.size() / 2).forEach(each -> each.tell(half));
    links.become(half);
    told.requireSame(half);
    links.become(new Links());
    told.requireSame(new Links());
  }

  @Override
  public void linkChanged(LinkState link) {
    assertNotEquals(link, links.put(link.index(), link), "nothing changed");
  }

  @Override
  public void linkRemoved(LinkState link) {
    LinkState known = links.get(link.index());
    if (known != null && !known.name().equals(link.name())) {
      // renamed: only the name is free
      return;
    }
    assertEquals(link, links.remove(link.index()));
    assertTrue(
        addresses.values().stream().noneMatch(address -> address.linkIndex() == link.index()),
        "its addresses go first");
  }

  @Override
  public void addressAdded(LinkAddress address) {
    assertTrue(links.containsKey(address.linkIndex()), "its link comes first");
    assertNotEquals(address, addresses.put(address.key(), address), "nothing changed");
  }

  @Override
  public void addressRemoved(LinkAddress address) {
    assertEquals(address, addresses.remove(address.key()));
  }

  private void requireSame(Links written) {
    assertEquals(List.copyOf(written.all()), List.copyOf(links.values()));
    assertEquals(sorted(written.allAddresses()), sorted(addresses.values()));
    for (LinkAddress address : addresses.values()) {
      assertTrue(written.has(address.local()), address::toString);
    }
  }

  private static List<LinkAddress> sorted(Collection<LinkAddress> some) {
    List<LinkAddress> all = new ArrayList<>(some);
    all.sort(Comparator.comparing(LinkAddress::toString));
    return all;
  }
}
