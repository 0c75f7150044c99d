package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Routes and rules, static and virtual: the kernel's tables are those that keepalived makes. */
@Lab
final class RoutingLabTest {

  private static final String STATIC_ROUTES =
      """
      static_routes {
        172.16.1.0/24 dev eth0 dsfield 0x10
        172.16.2.0/24 dev eth0 tos AF11
        172.16.3.0/24 dev eth0 table main
        172.16.6.0/24 dev eth0 protocol static no_track
        172.16.8.0/24 dev eth0 scope link
        172.16.10.0/24 dev eth0 metric 5
        172.16.11.0/24 dev eth0 preference 6
        172.16.14.0/24 via inet 192.168.32.7 dev eth0
        172.16.15.0/24 via 192.168.32.7
        172.16.18.0/24 via 10.9.0.2 dev eth0 onlink
        172.16.21.0/24 dev eth0 mtu lock 1400
        172.16.24.0/24 dev eth0 advmss lock 1000
        172.16.25.0/24 dev eth0 rtt 300 rttvar 400ms rto_min 1s
        172.16.26.0/24 dev eth0 rtt lock 500ms
        172.16.27.0/24 dev eth0 realms 5/6
        172.16.30.0/24 dev eth0 quickack 1 features ecn hoplimit 20
        172.16.32.0/24 dev eth0 congctl lock reno
        172.16.39.0/24 dev eth0 fastopen_no_cookie 1
        172.16.41.0/24 dev eth0 add
        172.16.42.0/24 dev eth0 append
        172.16.44.0/24 nexthop via 192.168.32.7 dev eth0 weight 3 nexthop via 192.168.32.8 weight 256
        172.16.47.0/24 table 6909 nexthop via 10.9.0.2 dev eth0 onlink weight 1 nexthop via 10.9.0.3 dev eth0 onlink weight 2
        172.16.53.0 dev eth0
        to 172.16.54.0/24 dev eth0
        unreachable 172.16.55.0/24
        prohibit 172.16.56.0/24 metric 3
        throw 172.16.57.0/24
        blackhole 172.16.58.0/24
        172.16.73.0/24 dev eth0 encap ip id 5 dst 192.168.32.7 src 192.168.32.8 tos 4 ttl 64
        172.16.74.0/24 dev eth0 encap ip6 id 5 dst fd00::7 src fd00::8 tc 4 hoplimit 64
        172.16.77.0/24 dev eth0 mtu 1400 table 100 inet
        172.16.82.0/24 dev eth0 window 500 ssthresh lock 6 cwnd lock 7 reordering lock 8 initcwnd 5 initrwnd 6
        172.16.85.0/24 dev eth0 scope 100
        default via 192.168.32.7 dev eth0 table 200
        fd01:1::/64 dev eth0
        fd01:2::/64 via fd00::7
        fd01:3::/64 via fd00::7 dev eth0 pref high
        fd01:6::/64 dev eth0 metric 5 mtu 1400 hoplimit 20
        fd01:8::/64 dev eth0 src fd00::1
        blackhole fd01:d::/64
        unreachable fd01:e::/64 metric 3
        fd01:f::1 dev eth0
        fd01:12::/64 dev eth0 append
        fd01:14::/64 dev eth0 onlink via fd00:77::1
        fd01:18::/64 dev eth0 encap ip6 dst fd00::77
        fd01:19::/64 from fd01:20::/64 dev eth0
        default via fd00::9 dev eth0 table 200
      }
      """;

  private static final String STATIC_RULES =
      """
      static_rules {
        from 172.16.1.0/24 table 1 priority 101
        from 172.16.2.0/24 lookup 1 preference 102
        from all table 1 priority 105
        to 172.16.7.0/24 table 1 priority 106
        table 1 priority 107
        from 172.16.10.0/24 tos 0x10 table 1 priority 110
        from 172.16.12.0/24 fwmark 5 table 1 priority 112
        from 172.16.13.0/24 fwmark 0x5/0xff table 1 priority 113
        from 172.16.14.0/24 iif eth0 oif lo table 1 priority 114
        not from 172.16.17.0/24 table 1 priority 117
        from 172.16.19.0/24 suppress_prefixlength 5 table 1 priority 119
        from 172.16.21.0/24 suppress_ifgroup 7 table 1 priority 121
        from 172.16.22.0/24 suppress_ifgroup default table 1 priority 122
        from 172.16.25.0/24 l3mdev priority 125
        from 172.16.26.0/24 uidrange 5-10 table 1 priority 126
        from 172.16.28.0/24 ipproto tcp sport 5-6 dport 6-7 table 1 priority 128
        from 172.16.32.0/24 protocol 12 table 1 priority 132 no_track
        from 172.16.33.0/24 goto 32766 priority 133
        from 172.16.35.0/24 nop priority 135
        from 172.16.36.0/24 blackhole priority 136
        from 172.16.37.0/24 unreachable priority 137
        from 172.16.38.0/24 type prohibit priority 138
        from 172.16.41.0/24 realms 5/6 table 1 priority 141
        from 172.16.42.0/24 table 300
        from 172.16.43.0/24 table default
        to fd00:4::/64 l3mdev priority 136
        from fd00::/64 fwmark 5 iif eth0 uidrange 1-2 ipproto udp dport 1-2 table 1 priority 138
        from fd00:46::/64 suppress_prefixlength 100 table 6908
      }
      """;

  private static final String ROUTES_OF_INSTANCE =
      """
      virtual_routes {
        src 192.168.32.200 to 172.17.1.0/24 via 192.168.32.7 dev eth0
        172.17.2.0/24 dev eth0
        172.17.3.0/24 dev eth0 no_track
        172.17.4.0/24 via 192.168.32.7
      }
      virtual_rules {
        from 172.17.1.0/24 table 7 priority 201
        to 172.17.2.0/24 table 7 priority 202 no_track
        from fd17::/64 table 7 priority 203
      }
      """;

  private static String whole(int vrid) {
    return STATIC_ROUTES
        + STATIC_RULES
        + "static_ipaddress {\n10.77.0.1/24 dev lo\n10.78.0.1/32\nfd00:5::1/64 dev eth0\n}\n"
        + instance(255).named("VI_1", vrid).with(ROUTES_OF_INSTANCE.split("\n")).text();
  }

  /** All tables of both families, without what the kernel puts there itself. */
  private static String tables(Node node) {
    StringBuilder all = new StringBuilder();
    for (String family : List.of("-4", "-6")) {
      all.append(node.ip("-d", family, "route", "show", "table", "all", "proto", "keepalived"));
      all.append(node.ip("-d", family, "route", "show", "table", "all", "proto", "static"));
      all.append(node.ip("-d", family, "rule"));
    }
    return all.toString();
  }

  private static boolean hasRoute(Node node, String destination) {
    return (node.ip("route", "show", "table", "all") + node.ip("-6", "route", "show"))
        .contains(destination);
  }

  private static boolean hasRule(Node node, int priority) {
    return node.ip("rule").contains(priority + ":");
  }

  private static void await(String what, TwoNodes nodes, BooleanSupplier is) {
    Await.until(what, is, nodes::evidence);
  }

  @Test
  void tablesAreLineByLineThoseOfKeepalived() {
    assumeTrue(DaemonKind.KEEPALIVED.isPresent());
    try (TwoNodes nodes = new TwoNodes()) {
      for (Node node : List.of(nodes.first, nodes.second)) {
        node.ip("address", "add", "fd00::1/64", "dev", "eth0", "nodad");
      }
      final String before = tables(nodes.second);
      nodes.first.start(DaemonKind.KEEPALIVED, whole(51));
      StartedDaemon ours = nodes.second.start(DaemonKind.JKEEPALIVED, whole(52));
      for (Node node : List.of(nodes.first, nodes.second)) {
        await("rules", nodes, () -> hasRule(node, 202));
      }
      assertTrue(hasRoute(nodes.first, "172.17.4.0/24"), nodes::evidence);

      assertEquals(tables(nodes.first), tables(nodes.second));
      assertTrue(nodes.second.has("10.78.0.1"));
      assertTrue(nodes.second.ip("-6", "address").contains("fd00:5::1/64"));

      assertEquals(0, ours.stop());
      assertEquals(before, tables(nodes.second));
      assertFalse(nodes.second.has("10.77.0.1"));
    }
  }

  private static String few() {
    return "static_routes {\n172.16.1.0/24 dev eth0\nfd01:1::/64 dev eth0\n}\n"
        + "static_rules {\nfrom 172.16.1.0/24 table 7 priority 101\n}\n"
        + instance(150).with(ROUTES_OF_INSTANCE.split("\n")).text();
  }

  @EachDaemon
  void whatSomebodyRemovesIsPutBack(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon = nodes.first.start(kind, few());
      nodes.awaitFirstIsMaster();
      await("rules", nodes, () -> hasRule(nodes.first, 202));

      nodes.first.ip("rule", "delete", "priority", "101");
      await("static rule", nodes, () -> hasRule(nodes.first, 101));
      for (String route : List.of("172.16.1.0/24", "172.17.2.0/24")) {
        nodes.first.ip("route", "delete", route);
        await(route, nodes, () -> hasRoute(nodes.first, route));
      }
      // keepalived 2.2.7 does not hear of this one
      if (kind == DaemonKind.JKEEPALIVED) {
        nodes.first.ip("-6", "route", "delete", "fd01:1::/64");
        await("IPv6", nodes, () -> hasRoute(nodes.first, "fd01:1::/64"));
      }
      nodes.first.ip("rule", "delete", "priority", "201");
      await("virtual rule", nodes, () -> hasRule(nodes.first, 201));
      await("all of them", nodes, () -> hasRoute(nodes.first, "172.17.1.0/24"));
      assertEquals(0, daemon.stop());
      assertFalse(hasRoute(nodes.first, "172.1"));
    }
  }

  @Test
  void whatIsNotTrackedStaysAwayAndNobodyIsToldOfIt() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, few());
      nodes.awaitFirstIsMaster();
      await("rules", nodes, () -> hasRule(nodes.first, 202));
      nodes.first.ip("route", "delete", "172.17.3.0/24");
      nodes.first.ip("rule", "delete", "priority", "202");
      // what was removed after it is back, and the daemon has heard of both in their order
      nodes.first.ip("route", "delete", "172.17.2.0/24");
      await("tracked", nodes, () -> hasRoute(nodes.first, "172.17.2.0/24"));
      nodes.first.ip("rule", "delete", "priority", "201");
      await("tracked", nodes, () -> hasRule(nodes.first, 201));
      assertTrue(daemon.log().contains("putting it back"));
      assertFalse(daemon.log().contains("172.17.3.0/24 dev eth0 no_track removed"));
    }
  }

  @EachDaemon
  void routesComeBackWithTheirLink(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      node.ip("link", "add", "name", "late0", "type", "veth", "peer", "name", "late1");
      node.ip("link", "set", "late1", "up");
      node.ip("link", "set", "late0", "up");
      node.ip("address", "add", "10.40.0.1/24", "dev", "late0");
      node.start(
          kind,
          "static_routes {\n172.16.1.0/24 dev late0\n}\n"
              + instance(150)
                  .with("virtual_routes {", "172.17.1.0/24 via 10.40.0.2 dev late0", "}")
                  .text());
      nodes.awaitFirstIsMaster();
      await("route", nodes, () -> hasRoute(node, "172.17.1.0/24"));

      node.ip("link", "set", "late0", "down");
      await("gone", nodes, () -> !hasRoute(node, "172.1"));
      nodes.wire.skip();
      node.ip("link", "set", "late0", "up");
      await("static", nodes, () -> hasRoute(node, "172.16.1.0/24"));
      await("virtual", nodes, () -> hasRoute(node, "172.17.1.0/24"));
    }
  }

  @Test
  void aRouteOnALinkThatIsNotThereYetWaitsForIt() {
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      node.start(
          DaemonKind.JKEEPALIVED,
          "static_routes {\n172.16.1.0/24 dev late0\n}\n"
              + instance(150)
                  .with("virtual_routes {", "172.17.1.0/24 dev late0 no_track", "}")
                  .text());
      nodes.awaitFirstIsMaster();
      for (int round = 0; round < 2; round++) {
        node.ip("link", "add", "name", "late0", "type", "bridge");
        node.ip("link", "set", "late0", "up");
        await("static", nodes, () -> hasRoute(node, "172.16.1.0/24"));
        await("virtual", nodes, () -> hasRoute(node, "172.17.1.0/24"));
        node.ip("link", "delete", "late0");
      }
      nodes.awaitFirstIsMaster();
    }
  }

  @EachDaemon
  void reloadTouchesOnlyWhatDiffers(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      StartedDaemon daemon = node.start(kind, few());
      nodes.awaitFirstIsMaster();
      await("rules", nodes, () -> hasRule(node, 202));
      Path log = node.directory().resolve("tmp/monitor");
      node.start(ProcessBuilder.Redirect.to(log.toFile()), "ip", "-4", "monitor", "route", "rule");
      await(
          "the monitor tells",
          nodes,
          () -> {
            node.execute("ip", "route", "replace", "172.30.0.0/24", "dev", "lo");
            node.execute("ip", "route", "delete", "172.30.0.0/24", "dev", "lo");
            return node.read("tmp/monitor").contains("172.30.0.0");
          });

      node.configure(
          few()
              .replace("172.16.1.0/24 dev eth0", "172.16.1.0/24 dev eth0 mtu 1400")
              .replace("172.17.2.0/24 dev eth0", "172.18.2.0/24 dev eth0")
              .replace("priority 201", "priority 211"));
      daemon.signal("HUP");
      await("new route", nodes, () -> hasRoute(node, "172.18.2.0/24"));
      await("new rule", nodes, () -> hasRule(node, 211));
      await("the end of it", nodes, () -> node.read("tmp/monitor").contains("211:"));
      assertFalse(hasRoute(node, "172.17.2.0/24"));
      assertFalse(hasRule(node, 201));
      String told = node.read("tmp/monitor");
      for (String kept : List.of("172.17.1.0/24 via", "172.17.3.0/24", "172.17.4.0/24", "202:")) {
        assertFalse(told.contains(kept), told);
      }
      if (kind == DaemonKind.JKEEPALIVED) {
        assertTrue(node.ip("route").contains("172.16.1.0/24 dev eth0 proto keepalived mtu 1400"));
      }
    }
  }

  @Test
  void whatAKilledDaemonLeftGoesByReleaseAndAtTheNextStart() {
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      final String before = tables(node);
      StartedDaemon daemon = node.start(DaemonKind.JKEEPALIVED, few());
      nodes.awaitFirstIsMaster();
      await("rules", nodes, () -> hasRule(node, 202));
      daemon.kill();
      assertTrue(hasRoute(node, "172.17.1.0/24"));
      assertEquals(0, node.start(DaemonKind.JKEEPALIVED, List.of("--release")).awaitExit());
      assertEquals(before, tables(node));

      StartedDaemon second = node.start(DaemonKind.JKEEPALIVED, few());
      await("rules", nodes, () -> hasRule(node, 202));
      second.kill();
      assertTrue(hasRoute(node, "172.17.1.0/24"));
      node.start(DaemonKind.JKEEPALIVED, instance(150).text());
      await("the next start removes them", nodes, () -> tables(node).equals(before));
    }
  }

  @EachDaemon
  void backupHasStaticOnesOnly(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.second.start(kind, instance(200).text());
      nodes.awaitSecondIsMaster();
      StartedDaemon daemon = nodes.first.start(kind, few());
      await("static", nodes, () -> hasRule(nodes.first, 101));
      nodes.awaitSettled(daemon);
      assertFalse(hasRoute(nodes.first, "172.17."));
      assertFalse(hasRule(nodes.first, 201));
    }
  }
}
