package org.jkeepalived.lab;

import java.util.List;
import java.util.function.Predicate;

/**
 * The usual stage: two nodes {@code k1}, {@code k2} with {@code eth0}, a virtual address, a wire.
 */
final class TwoNodes implements AutoCloseable {

  static final String ADDRESS_1 = "192.168.32.129";
  static final String ADDRESS_2 = "192.168.32.130";
  static final String VIRTUAL = "192.168.32.200";

  /** What follows from the hardware address that follows from {@link #ADDRESS_1}. */
  static final String LINK_LOCAL_1 = "fe80::c0ff:fea8:2081";

  static final String LINK_LOCAL_2 = "fe80::c0ff:fea8:2082";
  static final String VIRTUAL_6 = "fe80::200";

  static final Predicate<Advertisement> FROM_1 =
      each -> each.source().equals(ADDRESS_1) || each.source().equals(LINK_LOCAL_1);
  static final Predicate<Advertisement> FROM_2 =
      each -> each.source().equals(ADDRESS_2) || each.source().equals(LINK_LOCAL_2);

  private static final String FILTER_6 =
      "ip proto 112 or arp or ip6 proto 112 or (icmp6 and ip6[40] == 136)";

  final Cluster cluster;
  final Node first;
  final Node second;
  final Wire wire;

  /** The address that the two share. */
  final String virtual;

  TwoNodes() {
    this(InstanceBlock.DEVICE);
  }

  TwoNodes(String device) {
    this(device, false);
  }

  /** Two nodes that share an IPv6 address. */
  static TwoNodes ofIpv6() {
    return new TwoNodes(InstanceBlock.DEVICE, true);
  }

  private TwoNodes(String device, boolean ipv6) {
    virtual = ipv6 ? VIRTUAL_6 : VIRTUAL;
    cluster = Cluster.open();
    try {
      first = cluster.addNode("k1", device, ADDRESS_1 + "/16");
      second = cluster.addNode("k2", device, ADDRESS_2 + "/16");
      wire = ipv6 ? cluster.listen("lan", FILTER_6) : cluster.listen();
      if (ipv6) {
        first.awaitIpv6(device);
        second.awaitIpv6(device);
      }
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** An instance of the given priority, with the virtual address. */
  static InstanceBlock instance(int priority) {
    return InstanceBlock.of(priority, VIRTUAL + "/16");
  }

  /** The same with the IPv6 one. */
  static InstanceBlock instance6(int priority) {
    return InstanceBlock.of(priority, VIRTUAL_6 + "/64");
  }

  /** Lets each node know where the other is, without having to ask. */
  void introduce() {
    first.introduce(ADDRESS_2, second.mac(InstanceBlock.DEVICE), InstanceBlock.DEVICE);
    second.introduce(ADDRESS_1, first.mac(InstanceBlock.DEVICE), InstanceBlock.DEVICE);
  }

  /** The same by IPv6. */
  void introduceIpv6() {
    first.introduce(LINK_LOCAL_2, second.mac(InstanceBlock.DEVICE), InstanceBlock.DEVICE);
    second.introduce(LINK_LOCAL_1, first.mac(InstanceBlock.DEVICE), InstanceBlock.DEVICE);
  }

  /** Waits until the first node is master: it advertises and has the address, the other has not. */
  Advertisement awaitFirstIsMaster() {
    Advertisement seen = wire.nextAdvertisement("an advertisement of k1", FROM_1);
    first.awaitHas(virtual);
    second.awaitHasNot(virtual);
    return seen;
  }

  /** Waits until the second node is master: what the first one does is not looked at. */
  Advertisement awaitSecondIsMaster() {
    Advertisement seen = wire.nextAdvertisement("an advertisement of k2", FROM_2);
    second.awaitHas(virtual);
    return seen;
  }

  /** Waits until a node has sent a number of advertisements from now on. */
  void awaitAdvertisements(int count, Predicate<Advertisement> condition) {
    wire.skip();
    for (int i = 0; i < count; i++) {
      wire.nextAdvertisement("advertisement " + i, condition);
    }
  }

  /** Waits until the first node is master, when the second is not there to release anything. */
  Advertisement awaitFirstIsMasterAlone() {
    Advertisement seen = wire.nextAdvertisement("an advertisement of k1", FROM_1);
    first.awaitHas(virtual);
    return seen;
  }

  /** Waits until a node tells the neighbours that the virtual address lives there. */
  void awaitAnnouncementBy(Node node) {
    String mac = node.mac(InstanceBlock.DEVICE);
    if (virtual.equals(VIRTUAL_6)) {
      wire.next(
          node.name() + " announces " + VIRTUAL_6,
          Neighbour.class,
          neighbour -> neighbour.announces(VIRTUAL_6) && neighbour.targetMac().equals(mac));
      return;
    }
    wire.next(
        node.name() + " announces " + VIRTUAL,
        Arp.class,
        arp -> arp.announces(VIRTUAL) && arp.senderMac().equals(mac));
  }

  /** The last few advertisements heard that meet a condition. */
  List<Advertisement> lastOf(int count, Predicate<Advertisement> condition) {
    List<Advertisement> all = wire.advertisements(condition);
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  /** The last advertisement of a node before a moment on the wire. */
  Advertisement lastBefore(Frame moment, Predicate<Advertisement> condition) {
    return wire
        .advertisements(condition.and(each -> each.timeNanos() <= moment.timeNanos()))
        .stream()
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new AssertionError("none before " + moment + wire.evidence()));
  }

  /** Waits until a daemon that can do nothing yet has settled down to wait, and has not ended. */
  void awaitSettled(StartedDaemon daemon) {
    Node node = first;
    Await.until(
        "a pid file",
        () -> !node.read("run/lab.pid").isEmpty() || !daemon.isAlive(),
        this::evidence);
    for (int i = 0; i < 25; i++) { // about a second in which it could still give up
      Await.pause();
    }
    if (!daemon.isAlive()) {
      throw new AssertionError("the daemon ended\n" + evidence());
    }
  }

  String evidence() {
    return first.evidence() + second.evidence() + wire.evidence();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
