package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL_6;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.jkeepalived.lab.TwoNodes.instance6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code no_accept}: what the packet filter has is what keepalived puts there. */
@Lab
final class FirewallLabTest {

  private static final List<String> ADDRESSES = List.of(VIRTUAL, VIRTUAL_6);

  private static final String SOMEBODY_ELSES =
      "add table ip others; add chain ip others c; add rule ip others c tcp dport 22 accept";

  /** Of both families, excluded and link-local addresses, an owner, and one that answers. */
  private static String whole(String globals) {
    return "global_defs {\n"
        + globals
        + "\n}\n"
        + instance(200)
            .named("VI_4", 51)
            .with("no_accept", "virtual_ipaddress_excluded {", "fd09::77/64", "fe80::78", "}")
            .text()
        + instance6(200)
            .named("VI_6", 52)
            .withAddresses(VIRTUAL_6, "fd09::100/64")
            .with("no_accept")
            .text()
        + instance6(200)
            .named("VI_NAME", 53)
            .withAddresses("fe80::53")
            .with("no_accept", "dont_track_primary")
            .text()
        + instance(255)
            .named("VI_OWNER", 54)
            .withAddresses("192.168.32.54")
            .with("no_accept")
            .text()
        + instance(200).named("VI_ACCEPT", 55).withAddresses("192.168.32.55").text();
  }

  /** Table by table; without what keepalived before 2.3 has not. */
  private static String ruleset(Node node) {
    String all = node.execute("nft", "list", "ruleset").output();
    return Arrays.stream(all.split("(?m)^(?=table )"))
        .map(table -> table.replaceAll("\tset parent_link_local \\{[^}]*}\n\n", ""))
        .map(table -> table.replaceAll(".*@parent_link_local.*\n", ""))
        .map(table -> table.replaceAll("packets \\d+ bytes \\d+", "packets N bytes N"))
        .sorted()
        .collect(Collectors.joining());
  }

  private static void become(TwoNodes nodes, DaemonKind kind, List<String> seen, String globals) {
    Node node = nodes.first;
    StartedDaemon daemon = node.start(kind, whole(globals));
    for (String address : List.of(VIRTUAL, VIRTUAL_6, "fe80::53", "192.168.32.55", "fd09::77")) {
      node.awaitHas(address);
    }
    seen.add(ruleset(node));
    node.execute("ip", "link", "set", "eth0", "down");
    Await.until(
        "nothing is blocked in FAULT",
        () -> !ruleset(node).contains("elements = { " + VIRTUAL),
        nodes::evidence);
    seen.add(ruleset(node).replaceAll("(?s)\t*elements = \\{ (?!nd-)[^}]*}\n", ""));
    node.execute("ip", "link", "set", "eth0", "up");
    node.awaitHas(VIRTUAL);
    assertEquals(0, daemon.stop());
    seen.add(ruleset(node));
  }

  @Test
  void rulesetsAreThoseOfKeepalived() {
    for (String globals : List.of("", "nftables vips\nnftables_priority -7\nnftables_counters")) {
      try (TwoNodes nodes = new TwoNodes()) {
        nodes.first.awaitIpv6("eth0");
        nodes.first.execute("nft", SOMEBODY_ELSES);
        String others = ruleset(nodes.first);
        List<String> keepalived = new ArrayList<>();
        become(nodes, DaemonKind.KEEPALIVED, keepalived, globals);
        assertTrue(keepalived.get(0).contains("drop"), keepalived.get(0));
        List<String> ours = new ArrayList<>();
        become(nodes, DaemonKind.JKEEPALIVED, ours, globals);
        assertEquals(keepalived, ours);
        assertEquals(others, ours.get(2));
      }
    }
  }

  private static boolean answers(Node asking, String address) {
    String target = address.contains(":") ? address + "%eth0" : address;
    return asking.execute("ping", "-c", "1", "-W", "1", target).exitCode() == 0;
  }

  private static boolean isResolved(Node asking, String address) {
    return asking.ip("neigh", "show", "to", address, "dev", "eth0").contains("lladdr");
  }

  private static String both(int priority, String more) {
    return instance(priority).with(more).text()
        + instance6(priority).named("VI_6", 52).with(more).text();
  }

  /** The other node's keepalived does the same when it has them. */
  @Test
  void addressesOfAMasterAnswerNeighboursAlone() {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.awaitIpv6("eth0");
      nodes.second.awaitIpv6("eth0");
      StartedDaemon ours = nodes.first.start(DaemonKind.JKEEPALIVED, both(150, "accept"));
      nodes.second.start(DaemonKind.KEEPALIVED, both(100, "no_accept"));
      nodes.awaitFirstIsMaster();
      nodes.first.awaitHas(VIRTUAL_6);
      for (String address : ADDRESSES) {
        Await.until("it answers", () -> answers(nodes.second, address), nodes::evidence);
      }
      nodes.first.configure(both(150, "no_accept"));
      ours.signal("HUP");
      assertOnlyResolved(nodes, nodes.second);
      nodes.first.configure(both(150, "accept"));
      ours.signal("HUP");
      for (String address : ADDRESSES) {
        Await.until("it answers again", () -> answers(nodes.second, address), nodes::evidence);
      }
      assertFalse(ruleset(nodes.first).contains("table"), nodes::evidence);
      ours.stop();
      nodes.second.awaitHas(VIRTUAL);
      nodes.second.awaitHas(VIRTUAL_6);
      assertOnlyResolved(nodes, nodes.first);
    }
  }

  private static void assertOnlyResolved(TwoNodes nodes, Node asking) {
    for (String address : ADDRESSES) {
      Await.until("it is silent", () -> !answers(asking, address), nodes::evidence);
      asking.ip("neigh", "flush", "dev", "eth0");
      assertFalse(answers(asking, address), nodes::evidence);
      assertTrue(isResolved(asking, address), nodes::evidence);
    }
  }

  @Test
  void ofAKilledDaemonNothingStays() {
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      node.execute("nft", SOMEBODY_ELSES);
      String others = ruleset(node);
      String blocking = instance(150).with("no_accept").text();
      StartedDaemon daemon = node.start(DaemonKind.JKEEPALIVED, blocking);
      nodes.awaitFirstIsMasterAlone();
      assertTrue(isBlocked(node), nodes::evidence);
      assertPutBack(nodes, "flush ruleset");
      assertPutBack(nodes, "delete element ip keepalived vips { " + VIRTUAL + " }");
      node.execute("nft", SOMEBODY_ELSES);
      daemon.kill();
      assertTrue(isBlocked(node), nodes::evidence);
      daemon = node.start(DaemonKind.JKEEPALIVED, instance(150).text());
      nodes.wire.skip();
      nodes.awaitFirstIsMasterAlone();
      assertEquals(others, ruleset(node));
      daemon.stop();
      daemon = node.start(DaemonKind.JKEEPALIVED, blocking);
      nodes.wire.skip();
      nodes.awaitFirstIsMasterAlone();
      daemon.kill();
      assertTrue(isBlocked(node), nodes::evidence);
      List<String> release = List.of("--release");
      assertEquals(0, node.start(DaemonKind.JKEEPALIVED, release).awaitExit());
      assertEquals(others, ruleset(node));
    }
  }

  /** With keepalived the address answers from then on, and nobody is told. */
  private static void assertPutBack(TwoNodes nodes, String removal) {
    Shell.Result removed = nodes.first.execute("nft", removal);
    assertEquals(0, removed.exitCode(), removed.output());
    Await.until(removal + " is undone", () -> isBlocked(nodes.first), nodes::evidence);
  }

  private static boolean isBlocked(Node node) {
    return ruleset(node).contains("elements = { " + VIRTUAL + " }");
  }
}
