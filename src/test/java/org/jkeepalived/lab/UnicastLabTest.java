package org.jkeepalived.lab;

import static org.jkeepalived.lab.InstanceBlock.DEVICE;
import static org.jkeepalived.lab.TwoNodes.ADDRESS_1;
import static org.jkeepalived.lab.TwoNodes.ADDRESS_2;
import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.FROM_2;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.function.Predicate;

/**
 * Peers: what multicast does not have. The usual failovers are {@link UnicastFailoverLabTest}'s.
 */
@Lab
final class UnicastLabTest {

  private static final String ADDRESS_3 = "192.168.32.131";
  private static final Predicate<Advertisement> FROM_3 = each -> each.source().equals(ADDRESS_3);

  // ---- three nodes ----

  @EachPair
  void threeNodesTakeOverOneAfterTheOther(Pair pair) {
    try (TwoNodes nodes = new TwoNodes()) {
      Node third = nodes.cluster.addNode("k3", DEVICE, ADDRESS_3 + "/16");
      StartedDaemon best =
          nodes.first.start(pair.first(), instance(150).toPeers(ADDRESS_2, ADDRESS_3).text());
      StartedDaemon second =
          nodes.second.start(pair.second(), instance(100).toPeers(ADDRESS_1, ADDRESS_3).text());
      third.start(pair.first(), instance(50).toPeers(ADDRESS_1, ADDRESS_2).text());
      nodes.second.awaitListensToPeers();
      third.awaitListensToPeers();
      nodes.awaitFirstIsMaster();
      nodes.awaitAdvertisements(1, FROM_1.and(each -> each.destination().equals(ADDRESS_2)));
      nodes.awaitAdvertisements(1, FROM_1.and(each -> each.destination().equals(ADDRESS_3)));

      nodes.wire.skip();
      best.kill();
      nodes.awaitSecondIsMaster();
      nodes.awaitAdvertisements(5, FROM_2.and(each -> each.destination().equals(ADDRESS_3)));
      // keepalived advertises only once the kernel has taken its addresses, which may be seconds
      assertTrue(
          pair.second() == DaemonKind.KEEPALIVED || nodes.wire.sinceSkip(FROM_3).isEmpty(),
          nodes::evidence);

      nodes.wire.skip();
      second.kill();
      nodes.wire.nextAdvertisement("an advertisement of k3", FROM_3);
      third.awaitHas(VIRTUAL);
    }
  }

  // ---- behind a router ----

  /** Two segments, and a machine that forwards between them. */
  private static final class Routed implements AutoCloseable {
    static final String FAR = "192.168.64.130";
    static final Predicate<Advertisement> FROM_FAR = each -> each.source().equals(FAR);

    final Cluster cluster = Cluster.open();
    final Node near;
    final Node far;
    final Wire nearWire;
    final Wire farWire;

    Routed() {
      cluster.addSegment("wan");
      near = cluster.addNode("k1", DEVICE, ADDRESS_1 + "/24");
      far = cluster.addNode("k2", "wan", DEVICE, FAR + "/24");
      Node router = cluster.addNode("r", DEVICE, "192.168.32.1/24");
      router.attach("wan", "eth1", "192.168.64.1/24");
      router.awaitForwarding("eth1");
      router.execute("sysctl", "-qw", "net.ipv4.ip_forward=1");
      near.ip("route", "add", "default", "via", "192.168.32.1");
      far.ip("route", "add", "default", "via", "192.168.64.1");
      nearWire = cluster.listen();
      farWire = cluster.listen("wan", "ip proto 112 or arp");
    }

    String evidence() {
      return near.evidence() + far.evidence() + nearWire.evidence() + farWire.evidence();
    }

    @Override
    public void close() {
      cluster.close();
    }
  }

  /** An instance whose address brings no route to the other segment with it. */
  private static InstanceBlock routed(int priority) {
    return instance(priority).withAddresses(VIRTUAL + "/32");
  }

  @EachPair
  void peersBehindARouterTakeOver(Pair pair) {
    try (Routed nodes = new Routed()) {
      StartedDaemon master =
          nodes.near.start(pair.first(), routed(150).toPeers(Routed.FAR + " min_ttl 254").text());
      nodes.far.start(pair.second(), routed(100).toPeers(ADDRESS_1 + " min_ttl 254").text());
      nodes.far.awaitListensToPeers();
      nodes.near.awaitHas(VIRTUAL);
      nodes.far.awaitHasNot(VIRTUAL);
      Advertisement near = nodes.nearWire.nextAdvertisement("an advertisement of k1", FROM_1);
      Advertisement far = nodes.farWire.nextAdvertisement("the same on the wan", FROM_1);
      assertEquals(List.of(255, 254), List.of(near.ttl(), far.ttl()));
      assertTrue(near.checksumValid() && far.checksumValid());

      nodes.farWire.skip();
      master.kill();
      nodes.farWire.nextAdvertisement("an advertisement of k2", Routed.FROM_FAR);
      nodes.far.awaitHas(VIRTUAL);
    }
  }

  /** Version 3's checksum is of the addresses, which no router changes. */
  @EachPair
  void versionThreeCrossesARouter(Pair pair) {
    String[] lines = {"version 3", "advert_int 0.5"};
    try (Routed nodes = new Routed()) {
      nodes.near.start(pair.first(), routed(150).with(lines).toPeers(Routed.FAR).text());
      nodes.near.awaitHas(VIRTUAL);
      nodes.far.start(pair.second(), routed(100).with(lines).toPeers(ADDRESS_1).text());
      nodes.far.awaitListensToPeers();
      nodes.farWire.skip();
      for (int i = 0; i < 8; i++) { // twice as long as it would wait for a master
        Advertisement seen = nodes.farWire.nextAdvertisement("number " + i, FROM_1);
        assertTrue(seen.checksumValid(), nodes::evidence);
      }
      assertTrue(nodes.farWire.sinceSkip(Routed.FROM_FAR).isEmpty(), nodes::evidence);
      assertFalse(nodes.far.has(VIRTUAL), nodes::evidence);
    }
  }

  @EachPair
  void packetsFromTooFarAwayAreNotBelieved(Pair pair) {
    try (Routed nodes = new Routed()) {
      nodes.near.start(pair.first(), routed(150).with("unicast_ttl 64").toPeers(Routed.FAR).text());
      nodes.near.awaitHas(VIRTUAL);
      // 63 is what is left: a master that is believed is followed, one that is not is not
      nodes.far.start(pair.second(), routed(100).toPeers(ADDRESS_1 + " min_ttl 63").text());
      nodes.far.awaitListensToPeers();
      Advertisement seen = nodes.farWire.nextAdvertisement("an advertisement of k1", FROM_1);
      assertEquals(63, seen.ttl());
      nodes.farWire.skip();
      for (int i = 0; i < 5; i++) {
        nodes.farWire.nextAdvertisement("number " + i, FROM_1);
      }
      assertTrue(nodes.farWire.sinceSkip(Routed.FROM_FAR).isEmpty(), nodes::evidence);

      nodes.far.stopDaemons();
      nodes.far.start(pair.second(), routed(100).toPeers(ADDRESS_1 + " min_ttl 64").text());
      nodes.farWire.nextAdvertisement("an advertisement of k2", Routed.FROM_FAR);
      nodes.far.awaitHas(VIRTUAL);
    }
  }

  /** Only jkeepalived: keepalived 2.2.7 refuses what its manual allows. */
  @EachDaemon
  void peersAreFoundOverWhateverLink(DaemonKind kind) {
    assumeTrue(kind != DaemonKind.KEEPALIVED, "keepalived 2.2.7 knows no interface then");
    try (Routed nodes = new Routed()) {
      nodes.far.start(DaemonKind.KEEPALIVED, routed(100).toPeers(ADDRESS_1).text());
      nodes.far.awaitHas(VIRTUAL);
      String text =
          instance(150)
              .withAddresses(VIRTUAL + "/32 dev " + DEVICE)
              .toPeers(Routed.FAR)
              .text()
              .replace("    interface " + DEVICE + "\n", "");
      StartedDaemon master = nodes.near.start(kind, text);
      nodes.near.awaitHas(VIRTUAL);
      nodes.far.awaitHasNot(VIRTUAL);
      nodes.farWire.skip();
      for (int i = 0; i < 5; i++) {
        nodes.farWire.nextAdvertisement("number " + i, FROM_1);
      }
      assertTrue(nodes.farWire.sinceSkip(Routed.FROM_FAR).isEmpty(), nodes::evidence);
      master.kill();
      nodes.far.awaitHas(VIRTUAL);
    }
  }

  // ---- strangers ----

  @EachDaemon
  void strangerIsBelievedUnlessSourcesAreChecked(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      Node stranger = nodes.cluster.addNode("k3", DEVICE, ADDRESS_3 + "/16");
      StartedDaemon trusting = nodes.first.start(kind, instance(150).toPeers(ADDRESS_2).text());
      nodes.awaitFirstIsMasterAlone();
      nodes.wire.skip();
      stranger.start(DaemonKind.KEEPALIVED, instance(250).toPeers(ADDRESS_1).text());
      nodes.wire.nextAdvertisement("an advertisement of the stranger", FROM_3);
      nodes.first.awaitHasNot(VIRTUAL);

      trusting.kill();
      nodes.first.start(kind, instance(150).with("check_unicast_src").toPeers(ADDRESS_2).text());
      nodes.wire.skip();
      nodes.awaitFirstIsMasterAlone();
      nodes.awaitAdvertisements(5, FROM_3);
      assertTrue(nodes.first.has(VIRTUAL), nodes::evidence);
    }
  }

  // ---- what the kernel must not answer ----

  @EachDaemon
  void kernelDoesNotSayThatItKnowsNoVrrp(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      Wire icmp = nodes.cluster.listen("lan", "icmp or ip proto 112");
      Predicate<Icmp> unreachable =
          each -> each.isProtocolUnreachable() && each.source().equals(ADDRESS_2);
      nodes.first.start(DaemonKind.KEEPALIVED, instance(150).toPeers(ADDRESS_2).text());
      // shows that it would
      icmp.next("protocol unreachable", Icmp.class, unreachable);

      nodes.second.start(kind, instance(100).toPeers(ADDRESS_1).text());
      nodes.second.awaitListensToPeers();
      icmp.nextAdvertisement("one more", FROM_1);
      icmp.skip();
      for (int i = 0; i < 4; i++) {
        icmp.nextAdvertisement("number " + i, FROM_1);
      }
      assertEquals(List.of(), icmp.since(Icmp.class, unreachable), nodes::evidence);
    }
  }

  // ---- where it speaks from ----

  @EachDaemon
  void sourceAddressThatAppearsLaterIsWaitedFor(DaemonKind kind) {
    assumeTrue(kind != DaemonKind.KEEPALIVED, "keepalived 2.2.7 stays in FAULT");
    String later = "192.168.32.140";
    Predicate<Advertisement> fromLater = each -> each.source().equals(later);
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon patient =
          nodes.first.start(
              kind, instance(150).with("unicast_src_ip " + later).toPeers(ADDRESS_2).text());
      nodes.second.start(DaemonKind.KEEPALIVED, instance(100).toPeers(later).text());
      nodes.second.awaitHas(VIRTUAL);
      nodes.awaitSettled(patient);
      assertTrue(nodes.wire.advertisements(FROM_1.or(fromLater)).isEmpty(), nodes::evidence);
      assertFalse(nodes.first.has(VIRTUAL), nodes::evidence);

      nodes.wire.skip();
      nodes.first.ip("address", "add", later + "/16", "dev", DEVICE);
      nodes.wire.nextAdvertisement("from the address that appeared", fromLater);
      nodes.first.awaitHas(VIRTUAL);
      nodes.second.awaitHasNot(VIRTUAL);

      nodes.wire.skip();
      nodes.first.ip("address", "delete", later + "/16", "dev", DEVICE);
      nodes.first.awaitHasNot(VIRTUAL);
      nodes.awaitSecondIsMaster();
    }
  }

  /** The kernel does not choose: it comes from where the configuration says. */
  @EachDaemon
  void configuredSourceIsUsedAndHeard(DaemonKind kind) {
    String other = "192.168.32.150";
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.ip("address", "add", other + "/16", "dev", DEVICE);
      nodes.first.start(
          kind, instance(150).with("unicast_src_ip " + other).toPeers(ADDRESS_2).text());
      nodes.second.start(
          DaemonKind.KEEPALIVED, instance(100).with("check_unicast_src").toPeers(other).text());
      nodes.second.awaitListensToPeers();
      nodes.wire.nextAdvertisement("from it", each -> each.source().equals(other));
      nodes.first.awaitHas(VIRTUAL);
      nodes.second.awaitHasNot(VIRTUAL);
      assertTrue(nodes.wire.advertisements(FROM_1).isEmpty(), nodes::evidence);
    }
  }

  // ---- one VRID more than once ----

  @EachDaemon
  void instancesOfOneVridHearTheirOwnPeers(DaemonKind kind) {
    String otherVirtual = "192.168.32.201";
    try (TwoNodes nodes = new TwoNodes()) {
      Node third = nodes.cluster.addNode("k3", DEVICE, ADDRESS_3 + "/16");
      InstanceBlock one = instance(100);
      InstanceBlock other = InstanceBlock.of(100, otherVirtual + "/16").named("VI_2", one.vrid());
      nodes.second.start(DaemonKind.KEEPALIVED, one.withPriority(150).toPeers(ADDRESS_1).text());
      third.start(DaemonKind.KEEPALIVED, other.withPriority(50).toPeers(ADDRESS_1).text());
      nodes.second.awaitHas(VIRTUAL);
      third.awaitHas(otherVirtual);
      nodes.first.start(kind, one.toPeers(ADDRESS_2).text() + other.toPeers(ADDRESS_3).text());
      // better than the one peer, worse than the other
      nodes.first.awaitHas(otherVirtual);
      third.awaitHasNot(otherVirtual);
      nodes.awaitAdvertisements(5, FROM_2);
      assertFalse(nodes.first.has(VIRTUAL), nodes::evidence);
    }
  }

  // ---- reload ----

  @EachDaemon
  void peerThatAReloadAddsIsSpokenTo(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.cluster.addNode("k3", DEVICE, ADDRESS_3 + "/16");
      InstanceBlock before = instance(150).with("garp_master_delay 0").toPeers(ADDRESS_2);
      StartedDaemon master = nodes.first.start(kind, before.text());
      nodes.awaitFirstIsMasterAlone();
      nodes.awaitAdvertisements(2, FROM_1);
      int announced = nodes.wire.heard(Arp.class, arp -> arp.announces(VIRTUAL)).size();

      nodes.first.configure(
          instance(150).with("garp_master_delay 0").toPeers(ADDRESS_2, ADDRESS_3).text());
      nodes.wire.skip();
      master.signal("HUP");
      nodes.wire.nextAdvertisement(
          "to the new peer", FROM_1.and(each -> each.destination().equals(ADDRESS_3)));
      nodes.awaitAdvertisements(2, FROM_1.and(each -> each.destination().equals(ADDRESS_2)));
      assertTrue(nodes.first.has(VIRTUAL), nodes::evidence);
      assertTrue(
          nodes.wire.advertisements(FROM_1).stream().allMatch(each -> each.priority() == 150),
          nodes::evidence);
      assertEquals(
          announced,
          nodes.wire.heard(Arp.class, arp -> arp.announces(VIRTUAL)).size(),
          nodes::evidence);
    }
  }
}
