package org.jkeepalived.lab;

import static org.jkeepalived.lab.InstanceBlock.DEVICE;
import static org.jkeepalived.lab.TwoNodes.ADDRESS_1;
import static org.jkeepalived.lab.TwoNodes.ADDRESS_2;
import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.FROM_2;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.jkeepalived.lab.TwoNodes.instance6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Virtual routers with a MAC address of their own, beside keepalived's. */
@Lab
final class VmacLabTest {

  private static final String VMAC = "00:00:5e:00:01:33";
  private static final String VMAC_6 = "00:00:5e:00:02:33";
  private static final String LINK = "vrrp.51";
  private static final String SECOND_LINK = "vrrp.52";

  // where what is different between two nodes, or two packets of one, lies in a frame
  private static final int[] IPV4_AD = {18, 20, 24, 30, 36, 37, 40, 42};
  private static final int[] IPV6_AD = {15, 18, 22, 38, 56, 57, 60, 62};
  private static final int[] NEIGHBOUR = {22, 38, 56, 58};

  /** The first node's links are as keepalived's, and so is what they send. */
  @Test
  void mixedPairFailsOverBothWays() {
    try (TwoNodes nodes = new TwoNodes()) {
      Node third = nodes.cluster.addNode("k3", DEVICE, "192.168.32.131/16");
      nodes.first.start(DaemonKind.JKEEPALIVED, instance(150).with("use_vmac").text());
      Advertisement ours = nodes.awaitFirstIsMaster();
      Arp announced = announcement(nodes);
      nodes.second.start(DaemonKind.KEEPALIVED, instance(100).with("use_vmac").text());
      awaitLink(nodes.second, LINK);
      nodes.second.awaitListensToPeers();
      nodes.awaitAdvertisements(5, FROM_1);
      assertTrue(nodes.wire.sinceSkip(FROM_2).isEmpty(), nodes::evidence);
      assertEquals(VMAC, ours.sourceMac());
      assertEquals(settings(nodes.second), settings(nodes.first));
      assertEquals(shape(nodes.second), shape(nodes.first));
      assertSameRules(nodes);
      assertAnswers(third, nodes);

      nodes.first.powerOff(DEVICE);
      nodes.wire.skip();
      Advertisement theirs = nodes.awaitSecondIsMaster();
      Arp expected = announcement(nodes);
      assertAnswers(third, VIRTUAL, VMAC);
      assertSame(IPV4_AD, theirs, ours, nodes);
      assertSame(new int[0], expected, announced, nodes);

      nodes.first.plug(DEVICE);
      nodes.wire.skip();
      nodes.first.start(DaemonKind.JKEEPALIVED, List.of());
      nodes.awaitFirstIsMaster();
      assertAnswers(third, nodes);
    }
  }

  private static void assertAnswers(Node third, TwoNodes nodes) {
    assertAnswers(third, VIRTUAL, VMAC);
    assertAnswers(third, ADDRESS_1, nodes.first.mac(DEVICE));
    assertAnswers(third, ADDRESS_2, nodes.second.mac(DEVICE));
  }

  /** By its own MAC address, and no other, though all of them are on one segment. */
  private static void assertAnswers(Node third, String address, String mac) {
    third.ip("neighbor", "flush", "all");
    Await.until(
        address + " answers at " + mac,
        () ->
            third.execute("ping", "-n", "-c1", "-W1", address).exitCode() == 0
                && third.ip("neighbor", "show", address).contains(mac));
    assertTrue(third.ip("neighbor", "show", address).contains(mac));
  }

  @Test
  void mixedPairOfIpv6FailsOverBothWays() {
    try (TwoNodes nodes = TwoNodes.ofIpv6()) {
      nodes.first.start(DaemonKind.KEEPALIVED, instance6(150).with("use_vmac").text());
      Advertisement theirs = nodes.awaitFirstIsMaster();
      Neighbour expected = neighbour(nodes);
      nodes.second.start(DaemonKind.JKEEPALIVED, instance6(100).with("use_vmac").text());
      awaitLink(nodes.second, LINK);
      nodes.second.awaitListensToIpv6Peers();
      nodes.awaitAdvertisements(5, FROM_1);
      assertTrue(nodes.wire.sinceSkip(FROM_2).isEmpty(), nodes::evidence);
      assertEquals(VMAC_6, theirs.sourceMac());
      // nothing that its kernel could report or ask for, from the virtual MAC address, as a backup
      assertEquals("", nodes.second.ip("-6", "-oneline", "address", "show", "dev", LINK));
      assertSameRules(nodes);

      nodes.first.powerOff(DEVICE);
      nodes.wire.skip();
      Advertisement ours = nodes.awaitSecondIsMaster();
      assertSame(NEIGHBOUR, expected, neighbour(nodes), nodes);
      assertSame(IPV6_AD, theirs, ours, nodes);

      nodes.first.plug(DEVICE);
      nodes.first.ip("link", "delete", LINK); // keepalived would not take it for its own
      nodes.first.awaitIpv6(DEVICE);
      nodes.wire.skip();
      nodes.first.start(DaemonKind.KEEPALIVED, List.of());
      nodes.awaitFirstIsMaster();
    }
  }

  /** What a killed daemon leaves goes; what the machine had set is as before. */
  @Test
  void killedOnesLinksGoAndSettingsComeBack() {
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      node.execute("sysctl", "-qw", "net.ipv4.conf.all.rp_filter=1");
      String before = settings(node);
      String other = "192.168.32.201";
      StartedDaemon daemon =
          node.start(
              DaemonKind.JKEEPALIVED,
              instance(255).with("use_vmac", "vmac_xmit_base").text()
                  + instance(255)
                      .named("VI_2", 52)
                      .with("use_ipvlan 192.168.32.231")
                      .withAddresses(other + "/16")
                      .text());
      Advertisement base = nodes.awaitFirstIsMaster();
      assertEquals(node.mac(DEVICE), base.sourceMac());
      assertEquals(VMAC, announcement(nodes).sourceMac());
      assertEquals(VMAC, node.mac(LINK));
      assertTrue(!settings(node).equals(before), nodes::evidence);
      // this kernel has no ipvlan
      assertEquals(
          1,
          node.evidence().lines().filter(line -> line.contains("modprobe ipvlan")).count(),
          nodes::evidence);
      assertTrue(node.evidence().contains("(VI_2) Entering FAULT STATE"), nodes::evidence);

      assertTrue(
          rules(node).contains("elements = { \"" + LINK + "\" : \"" + DEVICE), node::evidence);
      node.execute("nft", "flush", "ruleset");
      Await.until("rules are put back", () -> rules(node).contains(LINK), node::evidence);

      daemon.kill();
      assertTrue(hasLink(node, LINK));
      assertEquals(0, node.start(DaemonKind.JKEEPALIVED, List.of("--release")).awaitExit());
      assertTrue(!hasLink(node, LINK), nodes::evidence);
      assertEquals("", rules(node));
      assertEquals(before, settings(node));
    }
  }

  @Test
  void reloadsAndWhatOthersDoToLinks() {
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      InstanceBlock plain = instance(255);
      InstanceBlock virtual = plain.with("use_vmac");
      InstanceBlock second =
          instance(255).named("VI_2", 52).with("use_vmac").withAddresses("192.168.32.201/16");
      StartedDaemon daemon = node.start(DaemonKind.JKEEPALIVED, plain.text() + second.text());
      nodes.awaitFirstIsMaster();
      node.awaitHas("192.168.32.201");
      String index = node.index(SECOND_LINK);

      reload(node, daemon, virtual.text() + second.text());
      awaitAddressOn(node, LINK);
      nodes.wire.nextAdvertisement("from the new link", each -> each.sourceMac().equals(VMAC));
      reload(node, daemon, plain.text() + second.text());
      awaitAddressOn(node, DEVICE);
      Await.until(LINK + " is gone", () -> !hasLink(node, LINK), nodes::evidence);
      reload(node, daemon, virtual.text() + second.text());
      awaitAddressOn(node, LINK);
      assertEquals(index, node.index(SECOND_LINK));
      assertEquals(1, count(node, "(VI_2) Entering MASTER STATE"), nodes::evidence);
      // keepalived resigns, and lets another one have it
      assertEquals(1, count(node, "(VI_1) Entering MASTER STATE"), nodes::evidence);
      assertEquals(0, count(node, "(VI_1) Entering FAULT STATE"), nodes::evidence);

      node.ip("link", "set", LINK, "address", "02:00:00:00:00:77");
      Await.until("its MAC address again", () -> node.mac(LINK).equals(VMAC), node::evidence);
      Await.until(
          "that is said",
          () -> count(node, "was set to 02:00:00:00:00:77, putting it back") == 1,
          node::evidence);
      assertEquals(0, count(node, "(VI_1) Entering FAULT STATE"), nodes::evidence);

      String before = node.index(LINK);
      node.ip("link", "delete", LINK);
      awaitFault(node, 1);
      Await.until(
          "another " + LINK,
          () -> hasLink(node, LINK) && !node.index(LINK).equals(before),
          nodes::evidence);
      awaitAddressOn(node, LINK);
      node.ip("link", "set", LINK, "down");
      awaitFault(node, 2);
      node.ip("link", "set", LINK, "up");
      awaitAddressOn(node, LINK);
      assertEquals(1, count(node, "(VI_2) Entering MASTER STATE"), nodes::evidence);
      node.ip("link", "set", DEVICE, "down");
      awaitFault(node, 3);
      node.awaitHasNot(VIRTUAL);
      node.ip("link", "set", DEVICE, "up");
      awaitAddressOn(node, LINK);
      nodes.wire.skip();
      nodes.wire.nextAdvertisement("again", each -> each.sourceMac().equals(VMAC));
    }
  }

  // ---- what is looked at ----

  private static void reload(Node node, StartedDaemon daemon, String configuration) {
    node.configure(configuration);
    daemon.signal("HUP");
  }

  private static void awaitFault(Node node, long times) {
    Await.until(
        "fault " + times,
        () -> count(node, "(VI_1) Entering FAULT STATE") >= times,
        node::evidence);
  }

  private static long count(Node node, String text) {
    return node.evidence().lines().filter(line -> line.contains(text)).count();
  }

  private static void awaitAddressOn(Node node, String link) {
    Await.until(
        VIRTUAL + " on " + link,
        () -> node.address(VIRTUAL).filter(shown -> shown.device().equals(link)).isPresent(),
        node::evidence);
  }

  private static boolean hasLink(Node node, String link) {
    return node.execute("ip", "link", "show", "dev", link).exitCode() == 0;
  }

  private static void awaitLink(Node node, String link) {
    Await.until(node.name() + " has " + link, () -> hasLink(node, link), node::evidence);
  }

  private static String settings(Node node) {
    return node.execute(
            "sh", "-c", "cd /proc/sys/net/ipv4/conf; grep . */arp_* */rp_filter */accept_local")
        .output();
  }

  private static void assertSameRules(TwoNodes nodes) {
    String first = rules(nodes.first);
    assertTrue(first.contains("vmac_map"), first);
    Await.until(
        "both have the same rules",
        () -> rules(nodes.second).equals(first),
        () -> rules(nodes.second) + first + nodes.evidence());
  }

  /** What nftables has; of keepalived 2.3 and of us without what that of 2.2 has not. */
  private static String rules(Node node) {
    return node.execute("nft", "list", "ruleset")
        .output()
        .replaceAll("\tset (parent_link_local|mld-report) \\{[^}]*}?[^}]*}\n\n", "")
        .replaceAll(".*@parent_link_local.*\n", "")
        .replace("@mld-report", "mld2-listener-report");
  }

  /** What kind of link it is, without numbers and counts. */
  private static String shape(Node node) {
    String shown = node.ip("-details", "-o", "link", "show", "dev", LINK);
    return shown.replaceFirst("^\\d+: ", "").replaceAll("promiscuity \\d+", "");
  }

  private static Arp announcement(TwoNodes nodes) {
    return nodes.wire.next(
        VIRTUAL + " is announced",
        Arp.class,
        arp -> arp.announces(VIRTUAL) && arp.senderMac().equals(VMAC));
  }

  private static Neighbour neighbour(TwoNodes nodes) {
    return nodes.wire.next(
        nodes.virtual + " is announced",
        Neighbour.class,
        each -> each.announces(nodes.virtual) && each.targetMac().equals(VMAC_6));
  }

  /**
   * @param apartFrom where the two may differ: from, to, from, to …
   */
  private static void assertSame(int[] apartFrom, Frame expected, Frame actual, TwoNodes nodes) {
    assertEquals(
        masked(apartFrom, expected, nodes), masked(apartFrom, actual, nodes), nodes::evidence);
  }

  private static String masked(int[] apartFrom, Frame frame, TwoNodes nodes) {
    byte[] bytes = nodes.wire.bytes(frame);
    for (int i = 0; i < apartFrom.length; i += 2) {
      Arrays.fill(bytes, apartFrom[i], apartFrom[i + 1], (byte) 0);
    }
    return Frame.hex(bytes);
  }
}
