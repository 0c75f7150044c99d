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

/** Believes what it is told, and insists that it is told as {@link LinkEvents} promises. */
public final class FollowedLinks implements LinkEvents {

  private final Map<Integer, LinkState> links = new TreeMap<>();
  private final Map<LinkAddress.Key, LinkAddress> addresses = new LinkedHashMap<>();

  private FollowedLinks() {}

  /** Whoever listens knows at each moment what the table holds, in the order that is promised. */
  public static void follow(List<RouteChange> changes) {
    LinkTable table = new LinkTable();
    FollowedLinks told = new FollowedLinks();
    for (RouteChange change : changes) {
      table.apply(change, told);
      told.requireSame(table);
    }
    LinkTable half = new LinkTable();
    FollowedLinks other = new FollowedLinks();
    changes.subList(0, changes.size() / 2).forEach(each -> half.apply(each, other));
    table.become(half, told);
    told.requireSame(half);
    table.become(new LinkTable(), told);
    told.requireSame(new LinkTable());
  }

  @Override
  public void linkChanged(LinkState link) {
    assertNotEquals(link, links.put(link.index(), link), "nothing changed");
  }

  @Override
  public void linkRemoved(LinkState link) {
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

  @Override
  public void resynchronised() {}

  /** Addresses of links that were not heard of yet are kept, but not told. */
  void requireSame(LinkTable table) {
    assertEquals(List.copyOf(table.links()), List.copyOf(links.values()));
    assertEquals(
        sorted(
            table.addresses().stream()
                .filter(address -> links.containsKey(address.linkIndex()))
                .toList()),
        sorted(addresses.values()));
  }

  private static List<LinkAddress> sorted(Collection<LinkAddress> some) {
    List<LinkAddress> all = new ArrayList<>(some);
    all.sort(Comparator.comparing(LinkAddress::toString));
    return all;
  }
}
