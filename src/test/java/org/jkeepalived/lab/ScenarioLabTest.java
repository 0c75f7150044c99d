package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.FROM_2;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators' configurations, as they are published. */
@Lab
final class ScenarioLabTest {

  private static final String DEVICE = "ens33";
  private static final String OTHER = "192.168.32.201";
  private static final String GROUP = "224.0.45.1";

  @EachPair
  void singleMaster(Pair pair) {
    try (TwoNodes nodes = new TwoNodes(DEVICE)) {
      Node client = nodes.cluster.addNode("client", DEVICE, "192.168.32.250/16");

      nodes.second.start(pair.second(), Checkout.scenario("single-master-k2"));
      Advertisement alone = nodes.awaitSecondIsMaster();
      assertEquals(
          List.of(98, GROUP, 20), List.of(alone.priority(), alone.destination(), alone.length()));
      assertEquals(
          Optional.of(
              new ShownAddress(
                  DEVICE, VIRTUAL, 16, Optional.of("192.168.255.255"), "global", "ens33:0")),
          nodes.second.address(VIRTUAL));
      awaitReaches(client, VIRTUAL, nodes.second, pair.second());

      nodes.wire.skip();
      nodes.first.start(pair.first(), Checkout.scenario("single-master-k1"));
      nodes.awaitFirstIsMaster();
      awaitReaches(client, VIRTUAL, nodes.first, pair.first());

      nodes.wire.skip();
      nodes.first.powerOff(DEVICE);
      nodes.awaitSecondIsMaster();
      awaitReaches(client, VIRTUAL, nodes.second, pair.second());
    }
  }

  @EachPair
  void dualMasterFirstDies(Pair pair) {
    try (TwoNodes nodes = new TwoNodes(DEVICE)) {
      Node client = startDualMaster(nodes, pair);
      nodes.wire.skip();
      nodes.first.powerOff(DEVICE);
      nodes.wire.nextAdvertisement("k2 for VI_1", FROM_2.and(ofVrid(55)));
      nodes.second.awaitHas(VIRTUAL);
      assertTrue(nodes.second.has(OTHER), nodes::evidence);
      awaitReaches(client, VIRTUAL, nodes.second, pair.second());
      awaitReaches(client, OTHER, nodes.second, pair.second());
    }
  }

  @EachPair
  void dualMasterSecondDies(Pair pair) {
    try (TwoNodes nodes = new TwoNodes(DEVICE)) {
      Node client = startDualMaster(nodes, pair);
      nodes.wire.skip();
      nodes.second.powerOff(DEVICE);
      nodes.wire.nextAdvertisement("k1 for VI_2", FROM_1.and(ofVrid(57)));
      nodes.first.awaitHas(OTHER);
      assertTrue(nodes.first.has(VIRTUAL), nodes::evidence);
      awaitReaches(client, VIRTUAL, nodes.first, pair.first());
      awaitReaches(client, OTHER, nodes.first, pair.first());
    }
  }

  private static Node startDualMaster(TwoNodes nodes, Pair pair) {
    Node client = nodes.cluster.addNode("client", DEVICE, "192.168.32.250/16");
    nodes.first.start(pair.first(), Checkout.scenario("dual-master-k1"));
    nodes.second.start(pair.second(), Checkout.scenario("dual-master-k2"));
    nodes.wire.nextAdvertisement("k1 for VI_1", FROM_1.and(ofVrid(55)));
    nodes.first.awaitHas(VIRTUAL);
    nodes.second.awaitHas(OTHER);
    nodes.first.awaitHasNot(OTHER);
    nodes.second.awaitHasNot(VIRTUAL);
    assertEquals("ens33:0", nodes.first.address(VIRTUAL).orElseThrow().label());
    assertEquals("ens33:1", nodes.second.address(OTHER).orElseThrow().label());
    awaitReaches(client, VIRTUAL, nodes.first, pair.first());
    awaitReaches(client, OTHER, nodes.second, pair.second());
    return client;
  }

  /** Those that need what is not there yet: their virtual routers run all the same. */
  @ParameterizedTest
  @CsvSource({
    "lvs-dr-k1, ens33, 192.168.32.129/16, 192.168.32.200",
    "lvs-dual-master-fwmark, eth0, 172.16.0.1/16, 172.16.0.80",
    "maintenance-file-k1, ens33, 192.168.32.129/16, 192.168.32.200",
    "nginx-k1, ens33, 192.168.32.129/16, 192.168.32.200",
    "notify-k1, ens33, 192.168.32.129/16, 192.168.32.200",
    "sync-group-nat, eth0, 172.16.0.1/16, 172.16.0.80"
  })
  void othersLoadAndRun(String name, String device, String own, String virtual) {
    assumeTrue(Pair.each().anyMatch(kind -> kind == DaemonKind.JKEEPALIVED), "not built yet");
    try (Cluster cluster = Cluster.open()) {
      Node node = cluster.addNode("k1", device, own);
      if (name.equals("sync-group-nat")) {
        node.attach("lan", "eth1", "192.168.10.1/24");
      }
      Wire wire = cluster.listen();
      node.start(DaemonKind.JKEEPALIVED, Checkout.scenario(name));
      wire.nextAdvertisement("an advertisement", each -> each.addresses().contains(virtual));
      node.awaitHas(virtual);
    }
  }

  /** The client gets an answer from the address, and it is this node that answers. */
  private static void awaitReaches(Node client, String address, Node node, DaemonKind kind) {
    if (kind == DaemonKind.KEEPALIVED) {
      return; // with vrrp_strict, keepalived 2 drops all traffic to the address
    }
    String mac = node.mac(DEVICE);
    Await.until(
        "client reaches " + address + " at " + node.name(),
        () ->
            client.execute("ping", "-n", "-c", "1", "-W", "1", address).exitCode() == 0
                && client.ip("neighbour", "show", "to", address).contains(mac),
        node::evidence);
  }

  private static Predicate<Advertisement> ofVrid(int vrid) {
    return each -> each.vrid() == vrid;
  }
}
