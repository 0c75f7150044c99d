package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.packet.ReceivedPacket;

/**
 * Whose packet that is: virtual routers by link, multicast group and VRID. A packet is looked up
 * without allocating anything that lives.
 */
final class RouterLookup {

  private static final int VRIDS = 256;

  private final Map<String, List<Group>> byLink = new HashMap<>();
  private final Map<Integer, List<Group>> byLinkIndex = new HashMap<>();

  /** The virtual routers that one multicast group of a link reaches, by their VRID. */
  private static final class Group {
    private final InetAddress address;
    private final int addressBits;
    private final RunningRouter[] byVrid = new RunningRouter[VRIDS];
    private int size;

    Group(InetAddress address) {
      this.address = address;
      addressBits = bits(address);
    }
  }

  private static int bits(InetAddress group) {
    byte[] bytes = group.getAddress();
    return (bytes[0] & 0xff) << 24
        | (bytes[1] & 0xff) << 16
        | (bytes[2] & 0xff) << 8
        | (bytes[3] & 0xff);
  }

  /** Adds a virtual router, which takes the place of one with the same key. */
  void add(RunningRouter router) {
    VrrpInstance.Key key = router.router().instance().key();
    List<Group> groups = byLink.computeIfAbsent(key.interfaceName(), name -> new ArrayList<>());
    Group group = find(groups, key).orElseGet(() -> new Group(key.group()));
    if (group.size == 0) {
      groups.add(group);
    }
    if (group.byVrid[key.virtualRouterId()] == null) {
      group.size++;
    }
    group.byVrid[key.virtualRouterId()] = router;
  }

  /** Removes a virtual router, unless another one has taken its place. */
  void remove(RunningRouter router) {
    VrrpInstance.Key key = router.router().instance().key();
    List<Group> groups = byLink.getOrDefault(key.interfaceName(), new ArrayList<>());
    Optional<Group> group = find(groups, key);
    if (group.isPresent() && group.get().byVrid[key.virtualRouterId()] == router) {
      group.get().byVrid[key.virtualRouterId()] = null;
      group.get().size--;
      groups.removeIf(one -> one.size == 0);
    }
  }

  private static Optional<Group> find(List<Group> groups, VrrpInstance.Key key) {
    return groups.stream().filter(group -> group.address.equals(key.group())).findFirst();
  }

  /** The link of that name has this index now. */
  void attachLink(int index, String name) {
    byLinkIndex.put(index, byLink.computeIfAbsent(name, none -> new ArrayList<>()));
  }

  /** No link that virtual routers speak on has this index any more. */
  void detachLink(int index) {
    byLinkIndex.remove(index);
  }

  /**
   * Finds the virtual router that a multicast packet is meant for.
   *
   * @param linkIndex the link that it came in on
   */
  Optional<RunningRouter> find(int linkIndex, ReceivedPacket packet) {
    List<Group> groups = byLinkIndex.get(linkIndex);
    if (groups == null) {
      return Optional.empty();
    }
    int destination = packet.destinationBits();
    // by index: an iterator for each packet would be garbage
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).addressBits == destination) {
        return Optional.ofNullable(groups.get(i).byVrid[packet.virtualRouterId()]);
      }
    }
    return Optional.empty();
  }
}
