package org.jkeepalived.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jkeepalived.track.LinkAddress;
import org.jkeepalived.track.LinkEvents;
import org.jkeepalived.track.LinkState;

/** Believes what it is told, and insists that it is told as {@link LinkEvents} promises. */
final class FollowedLinks implements LinkEvents {

  private final Map<Integer, LinkState> links = new TreeMap<>();
  private final Map<LinkAddress.Key, LinkAddress> addresses = new java.util.LinkedHashMap<>();

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

  private static List<LinkAddress> sorted(java.util.Collection<LinkAddress> some) {
    List<LinkAddress> all = new ArrayList<>(some);
    all.sort(Comparator.comparing(LinkAddress::toString));
    return all;
  }
}
