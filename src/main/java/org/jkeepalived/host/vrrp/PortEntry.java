package org.jkeepalived.host.vrrp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.linux.packet.FrameHandler;
import org.jkeepalived.linux.packet.GroupMembership;
import org.jkeepalived.linux.packet.LinkPort;
import org.jkeepalived.status.Traffic;
import org.jkeepalived.vrrp.LinkPorts.Demand;

/** A link's port, or the intention to have one. Lives on the VRRP thread. */
final class PortEntry {

  private final int linkIndex;
  private final FrameHandler handler;
  private final Map<InetAddress, GroupMembership> memberships = new LinkedHashMap<>();

  /** The groups that have been asked for, joined already or not. */
  private final Set<InetAddress> groups = new HashSet<>();

  private Optional<LinkPort> port = Optional.empty();

  /** What went through the ports before the present one. */
  private Traffic before = Traffic.NONE;

  /** What was asked for last. */
  private Demand demand;

  /** What the open port was made for. */
  private Demand satisfied;

  private boolean wanted = true;

  /**
   * @param handler takes the frames that are heard
   */
  PortEntry(int linkIndex, Demand demand, FrameHandler handler) {
    this.linkIndex = linkIndex;
    this.demand = demand;
    this.satisfied = demand;
    this.handler = handler;
    groups.addAll(demand.groups());
  }

  int linkIndex() {
    return linkIndex;
  }

  FrameHandler handler() {
    return handler;
  }

  Optional<LinkPort> port() {
    return port;
  }

  /** Whether anybody still wants a port there. */
  boolean isWanted() {
    return wanted;
  }

  /** Nobody does any more: what is on its way comes too late. */
  void giveUp() {
    wanted = false;
  }

  /** The groups of a demand that have not been asked for yet; from now on they have. */
  Set<InetAddress> askFor(Demand now) {
    Set<InetAddress> further = new HashSet<>(now.groups());
    further.removeAll(groups);
    groups.addAll(further);
    return further;
  }

  /** Memberships of groups that a demand does not name any more; whoever takes them closes them. */
  List<GroupMembership> dropAllBut(Set<InetAddress> named) {
    groups.retainAll(named);
    List<GroupMembership> dropped = new ArrayList<>();
    memberships.forEach(
        (group, membership) -> {
          if (!named.contains(group)) {
            dropped.add(membership);
          }
        });
    memberships.keySet().retainAll(named);
    return dropped;
  }

  /**
   * Takes memberships that were asked for.
   *
   * @return those that are not wanted any more, or are there twice; whoever takes them closes them
   */
  List<GroupMembership> join(Map<InetAddress, GroupMembership> joined) {
    List<GroupMembership> left = new ArrayList<>();
    joined.forEach(
        (group, membership) -> {
          if (!wanted || !groups.contains(group)) {
            left.add(membership);
          } else {
            Optional.ofNullable(memberships.put(group, membership)).ifPresent(left::add);
          }
        });
    return left;
  }

  /** These groups could not be joined: they are to be asked for again. */
  void forget(Set<InetAddress> notJoined) {
    groups.removeAll(notJoined);
    demand = satisfied;
  }

  /** Whether a port that is made, or being made, is too small for a demand; from now on it is. */
  boolean outgrows(Demand now) {
    if (demand.covers(now)) {
      return false;
    }
    demand = now;
    return true;
  }

  /**
   * Takes a port.
   *
   * @return the one before it
   */
  Optional<LinkPort> replace(LinkPort opened, Demand madeFor) {
    Optional<LinkPort> replaced = port;
    port = Optional.of(opened);
    satisfied = madeFor;
    return replaced;
  }

  /** Counts on from what went through a port that was replaced, and hears nothing more. */
  void retire(LinkPort replaced) {
    before = before.plus(of(replaced));
  }

  /** What went through the present port, and those before it. */
  Traffic traffic() {
    return port.map(PortEntry::of).orElse(Traffic.NONE).plus(before);
  }

  /** Counts from zero from now on. */
  void clearTraffic() {
    before = Traffic.NONE;
    port.ifPresent(LinkPort::clearCounts);
  }

  private static Traffic of(LinkPort port) {
    return new Traffic(
        port.received(), port.dropped(), port.sent(), port.sendFailures(), port.refused());
  }

  /** Lets go of the port and of all memberships; whoever takes them closes them. */
  Optional<LinkPort> release(List<GroupMembership> left) {
    left.addAll(memberships.values());
    memberships.clear();
    Optional<LinkPort> open = port;
    port = Optional.empty();
    return open;
  }
}
