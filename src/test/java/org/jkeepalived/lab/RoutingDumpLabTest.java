package org.jkeepalived.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is told of routes and rules, static and virtual, is line by line what keepalived tells. */
@Lab
final class RoutingDumpLabTest {

  /** Those after whose installation 2.2.7 does not crash: each names its link, and has one way. */
  private static String whole() {
    return """
        static_routes {
          172.16.1.0/24 dev eth0 dsfield 0x10
          172.16.8.0/24 dev eth0 scope link no_track
          172.16.10.0/24 dev eth0 metric 5 protocol static
          172.16.14.0/24 via inet 192.168.32.7 dev eth0
          172.16.18.0/24 via 10.9.0.2 dev eth0 onlink
          172.16.21.0/24 dev eth0 mtu lock 1400 advmss 1000
          172.16.27.0/24 dev eth0 realms 5/6
          172.16.30.0/24 dev eth0 quickack 1 features ecn hoplimit 20
          172.16.42.0/24 append dev eth0 table 100
          172.16.73.0/24 dev eth0 encap ip id 5 dst 192.168.32.7 src 192.168.32.8 tos 4 ttl 64
          fd01:1::/64 dev eth0
          fd01:3::/64 via fd00::7 dev eth0 pref high
          fd01:6::/64 dev eth0 metric 5 mtu 1400 hoplimit 20
          fd01:8::/64 dev eth0 src fd00::1 add
        }
        static_rules {
          from 172.16.1.0/24 table 1 priority 101
          to 172.16.7.0/24 table 1 priority 106 tos 0x10
          from 172.16.13.0/24 fwmark 0x5/0xff table 1 priority 113
          not from 172.16.17.0/24 iif eth0 oif lo table 1 priority 117
          from 172.16.19.0/24 suppress_prefixlength 5 suppress_ifgroup 7 table 1 priority 119
          from 172.16.25.0/24 l3mdev priority 125
          from 172.16.28.0/24 uidrange 5-10 ipproto tcp sport 5-6 dport 6-7 table 1 priority 128
          from 172.16.32.0/24 protocol 12 table 1 priority 132 no_track
          from 172.16.33.0/24 goto 32766 priority 133
          from 172.16.36.0/24 blackhole priority 136
          from 172.16.41.0/24 realms 5/6 table 1 priority 141
          from fd00::/64 fwmark 5 iif eth0 table 1 priority 138
          to fd00:4::/64 table 6908 priority 139
        }
        """
        + TwoNodes.instance(150)
            .with(
                "virtual_routes {",
                "src 192.168.32.200 to 172.17.1.0/24 via 192.168.32.7 dev eth0",
                "172.17.2.0/24 dev eth0 metric 7",
                "172.17.3.0/24 dev eth0 no_track",
                "172.17.5.0/24 dev eth0 table 100 mtu 1400",
                "}",
                "virtual_rules {",
                "from 172.17.1.0/24 table 7 priority 201",
                "to 172.17.2.0/24 table 7 priority 202 no_track",
                "}")
            .text();
  }

  private static List<String> section(List<String> lines, String title, String end) {
    int from = lines.stream().map(String::strip).toList().indexOf(title);
    assertTrue(from >= 0, () -> title + " is not in\n" + String.join("\n", lines));
    List<String> section = new ArrayList<>();
    for (String line : lines.subList(from, lines.size())) {
      if (section.size() > 0 && line.matches(end)) {
        break;
      }
      section.add(line);
    }
    return section;
  }

  private static List<String> told(String dump) {
    List<String> lines = dump.lines().toList();
    List<String> all = new ArrayList<>();
    for (String title : List.of("Static Routes", "Static Rules")) {
      all.addAll(section(lines, "------< " + title + " >------", "------<.*"));
    }
    all.addAll(section(lines, "Virtual Routes :", " {3}[^ ].*"));
    all.addAll(section(lines, "Virtual Rules :", " {3}[^ ].*"));
    // 2.2.7 says it of IPv6's alone here, though those of IPv4 are there, too
    return all.stream().map(line -> line.replace(" [installed ifindex 0]", "")).toList();
  }

  private static String lists(String json) {
    return Pattern.compile("\"v(routes|rules)\":\\[[^]]*]")
        .matcher(json)
        .results()
        .map(found -> found.group())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void dumpAndJsonTellOfRoutesAndRulesAsKeepalivedDoes() {
    assumeTrue(DaemonKind.KEEPALIVED.isPresent());
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.ip("address", "add", "fd00::1/64", "dev", "eth0", "nodad");
      List<List<String>> dumps = new ArrayList<>();
      List<String> jsons = new ArrayList<>();
      for (DaemonKind kind : List.of(DaemonKind.KEEPALIVED, DaemonKind.JKEEPALIVED)) {
        for (String file : List.of("data", "json")) {
          nodes.first.delete("tmp/keepalived." + file);
        }
        StartedDaemon daemon = nodes.first.start(kind, whole());
        Await.until("rules", () -> nodes.first.ip("rule").contains("202:"), nodes::evidence);
        dumps.add(
            told(
                Reports.await(
                    nodes, daemon, "USR1", "data", text -> text.contains("State = MASTER"))));
        jsons.add(
            lists(Reports.await(nodes, daemon, "36", "json", text -> text.contains("vrules"))));
        assertEquals(0, daemon.stop());
      }
      assertTrue(dumps.get(0).size() > 30, () -> String.join("\n", dumps.get(0)));
      assertEquals(String.join("\n", dumps.get(0)), String.join("\n", dumps.get(1)));
      assertEquals(jsons.get(0), jsons.get(1));
    }
  }
}
