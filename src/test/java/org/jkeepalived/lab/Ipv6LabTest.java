package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.LINK_LOCAL_1;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL_6;
import static org.jkeepalived.lab.TwoNodes.instance6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is IPv6's alone: its addresses, and how the neighbours are told of them. */
@Lab
final class Ipv6LabTest {

  private static final String GLOBAL = "2001:db8:32::200";
  private static final String ALONE = "2001:db8:32::201";
  private static final String EXCLUDED = "2001:db8:33::1";
  private static final String EXCLUDED_4 = "192.168.32.201";

  private static String wholeInstance() {
    return instance6(255)
        .withAddresses(VIRTUAL_6, GLOBAL + "/64", ALONE)
        .with(
            "virtual_ipaddress_excluded {",
            EXCLUDED + "/64 preferred_lft 100",
            EXCLUDED_4 + "/16",
            "}")
        .text();
  }

  private static void awaitWholeInstance(TwoNodes nodes) {
    nodes.awaitFirstIsMaster();
    for (String address : List.of(VIRTUAL_6, GLOBAL, ALONE, EXCLUDED, EXCLUDED_4)) {
      nodes.first.awaitHas(address);
    }
  }

  /** As {@code ip address} shows it, without what counts down. */
  private static Set<String> addresses(Node node) {
    return node.ip("-o", "address", "show", "dev", "eth0")
        .lines()
        .map(line -> line.replaceAll("preferred_lft [1-9][0-9]*sec", "preferred_lft some"))
        .map(line -> line.replaceAll("\\s+", " "))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private record Seen(Set<String> addresses, Set<String> neighbours, Advertisement advertised) {}

  private static Seen run(DaemonKind kind, boolean forwards) {
    try (TwoNodes nodes = TwoNodes.ofIpv6()) {
      nodes.first.execute(
          "sysctl", "-w", "net.ipv6.conf.eth0.forwarding=" + (forwards ? "1" : "0"));
      nodes.first.start(kind, wholeInstance());
      awaitWholeInstance(nodes);
      for (String address : List.of(VIRTUAL_6, GLOBAL, ALONE, EXCLUDED)) {
        Await.until(
            "announcements of " + address,
            () -> nodes.wire.heard(Neighbour.class, told -> told.announces(address)).size() >= 5,
            nodes::evidence);
      }
      nodes.wire.next("an announcement of IPv4", Arp.class, arp -> arp.announces(EXCLUDED_4));
      List<Neighbour> told =
          nodes.wire.heard(Neighbour.class, each -> each.destination().equals("ff02::1"));
      return new Seen(
          addresses(nodes.first),
          told.stream().map(Neighbour::bytes).collect(Collectors.toCollection(TreeSet::new)),
          nodes.wire.advertisements(FROM_1).get(0));
    }
  }

  /** What stands in the kernel, and what goes over the wire. */
  @Test
  void isAsKeepalivedHasIt() {
    for (boolean forwards : new boolean[] {false, true}) {
      Seen theirs = run(DaemonKind.KEEPALIVED, forwards);
      Seen ours = run(DaemonKind.JKEEPALIVED, forwards);
      assertEquals(theirs.addresses(), ours.addresses());
      assertEquals(theirs.neighbours(), ours.neighbours());
      assertEquals(4, ours.neighbours().size());
      assertEquals(
          atTheSameTime(theirs.advertised()).toString(),
          atTheSameTime(ours.advertised()).toString());
    }
  }

  private static Advertisement atTheSameTime(Advertisement sent) {
    return new Advertisement(
        0,
        sent.sourceMac(),
        sent.destinationMac(),
        sent.source(),
        sent.destination(),
        sent.ttl(),
        sent.version(),
        sent.vrid(),
        sent.priority(),
        sent.authType(),
        sent.intervalCentis(),
        sent.addresses(),
        sent.length(),
        sent.checksumValid());
  }

  @Test
  void whatAKilledDaemonHasLeftIsReleased() {
    try (TwoNodes nodes = TwoNodes.ofIpv6()) {
      StartedDaemon master = nodes.first.start(DaemonKind.JKEEPALIVED, wholeInstance());
      awaitWholeInstance(nodes);
      nodes.first.ip("address", "add", "2001:db8:34::7/64", "dev", "eth0", "nodad");
      master.kill();
      assertTrue(nodes.first.has(GLOBAL));
      assertEquals(0, nodes.first.start(DaemonKind.JKEEPALIVED, List.of("--release")).awaitExit());
      for (String address : List.of(VIRTUAL_6, GLOBAL, ALONE, EXCLUDED, EXCLUDED_4)) {
        assertFalse(nodes.first.has(address), address);
      }
      assertTrue(nodes.first.has("2001:db8:34::7"), "it is not ours");
      assertTrue(nodes.first.has(LINK_LOCAL_1));
    }
  }

  /** A start without IPv6 in its file removes what a killed one with IPv6 has left. */
  @Test
  void aStartWithoutIpv6RemovesWhatIsLeft() {
    try (TwoNodes nodes = TwoNodes.ofIpv6()) {
      StartedDaemon master = nodes.first.start(DaemonKind.JKEEPALIVED, wholeInstance());
      awaitWholeInstance(nodes);
      master.kill();
      nodes.first.start(DaemonKind.JKEEPALIVED, TwoNodes.instance(255).text());
      nodes.first.awaitHas(TwoNodes.VIRTUAL);
      nodes.first.awaitHasNot(GLOBAL);
      nodes.first.awaitHasNot(VIRTUAL_6);
    }
  }

  /** Somebody removes an address of the master's: it is back at once. */
  @Test
  void aRemovedAddressIsPutBack() {
    try (TwoNodes nodes = TwoNodes.ofIpv6()) {
      nodes.first.start(DaemonKind.JKEEPALIVED, wholeInstance());
      awaitWholeInstance(nodes);
      nodes.first.ip("address", "delete", GLOBAL + "/64", "dev", "eth0");
      nodes.first.awaitHas(GLOBAL);
    }
  }

  /** The neighbour has our link-local address: nothing may be sent from it. */
  @Test
  void aDuplicateOfTheSourceIsAFault() {
    try (TwoNodes nodes = TwoNodes.ofIpv6()) {
      nodes.second.ip("address", "add", LINK_LOCAL_1 + "/64", "dev", "eth0", "nodad");
      nodes.first.ip("link", "set", "eth0", "down");
      nodes.first.ip("link", "set", "eth0", "up");
      Await.until(
          "the kernel finds the duplicate",
          () -> nodes.first.ip("-6", "address", "show", "dev", "eth0").contains("dadfailed"),
          nodes::evidence);
      StartedDaemon deaf = nodes.first.start(DaemonKind.JKEEPALIVED, wholeInstance());
      Await.until(
          "the reason is told",
          () -> deaf.log().contains(LINK_LOCAL_1 + " is another machine's, too"),
          nodes::evidence);
      nodes.first.awaitHasNot(VIRTUAL_6);
      // another one than that may be given by hand, and then all is well
      nodes.first.ip("address", "add", "fe80::7/64", "dev", "eth0", "nodad");
      nodes.first.awaitHas(VIRTUAL_6);
      nodes.wire.nextAdvertisement("one from there", each -> each.source().equals("fe80::7"));
    }
  }

  /** Links with one hardware address have one link-local address: VLANs of one card, say. */
  @Test
  void twoLinksMayHaveTheSameLinkLocalAddresses() {
    try (TwoNodes nodes = TwoNodes.ofIpv6()) {
      nodes.cluster.addSegment("other");
      nodes.first.attach("other", "eth1", "10.9.0.1/24");
      nodes.first.ip("link", "set", "eth1", "down");
      nodes.first.ip("link", "set", "eth1", "address", nodes.first.mac("eth0"));
      nodes.first.ip("link", "set", "eth1", "up");
      nodes.first.awaitForwarding("eth1");
      nodes.first.awaitIpv6("eth1");
      Wire other = nodes.cluster.listen("other", "ip6 proto 112");
      // and the same virtual address on both
      String second =
          instance6(255).named("VI_2", 51).text().replace("interface eth0", "interface eth1");
      nodes.first.start(DaemonKind.JKEEPALIVED, instance6(255).text() + second);
      nodes.wire.nextAdvertisement("one on eth0", FROM_1);
      other.nextAdvertisement("one on eth1", FROM_1);
      Await.until(
          "both links have it",
          () ->
              nodes.first.addresses6().stream()
                      .filter(each -> each.address().equals(VIRTUAL_6))
                      .count()
                  == 2,
          nodes::evidence);
    }
  }

  /** IPv4 goes on where IPv6 is switched off; IPv6 comes when that is. */
  @Test
  void aLinkWithoutIpv6KeepsNoIpv4Waiting() {
    try (TwoNodes nodes = TwoNodes.ofIpv6()) {
      nodes.first.execute("sysctl", "-w", "net.ipv6.conf.eth0.disable_ipv6=1");
      String ipv4 = TwoNodes.instance(255).named("VI_4", 52).text();
      StartedDaemon daemon =
          nodes.first.start(DaemonKind.JKEEPALIVED, ipv4 + instance6(255).text());
      nodes.first.awaitHas(TwoNodes.VIRTUAL);
      Await.until(
          "the reason is told",
          () -> daemon.log().contains("has no IPv6 link-local address to send from"),
          nodes::evidence);
      nodes.first.execute("sysctl", "-w", "net.ipv6.conf.eth0.disable_ipv6=0");
      nodes.first.awaitHas(VIRTUAL_6);
      assertTrue(nodes.first.has(TwoNodes.VIRTUAL));
    }
  }

  /** A reload is the first to name IPv6. */
  @Test
  void aReloadBringsIpv6() {
    try (TwoNodes nodes = TwoNodes.ofIpv6()) {
      String ipv4 = TwoNodes.instance(255).named("VI_4", 52).text();
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, ipv4);
      nodes.first.awaitHas(TwoNodes.VIRTUAL);
      nodes.first.configure(ipv4 + instance6(255).text());
      daemon.signal("HUP");
      nodes.first.awaitHas(VIRTUAL_6);
      nodes.wire.nextAdvertisement("one of IPv6", each -> each.source().equals(LINK_LOCAL_1));
      nodes.first.configure(ipv4);
      daemon.signal("HUP");
      nodes.first.awaitHasNot(VIRTUAL_6);
      assertTrue(nodes.first.has(TwoNodes.VIRTUAL));
    }
  }
}
