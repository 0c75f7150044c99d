package org.jkeepalived.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What both daemons tell of themselves, on the same node with the same configuration: a master, two
 * backups, an instance in FAULT. All that jkeepalived tells, keepalived tells in the same words and
 * order.
 */
@Lab
final class StatusLabTest {

  private static final String GLOBALS =
      """
      global_defs {
        router_id first
        dynamic_interfaces
        vrrp_startup_delay 0.1
        log_unknown_vrids
        vrrp_garp_master_refresh 60
      }
      """;

  private static final String OTHER_INSTANCES =
      """
      vrrp_instance MASTER_3 {
        interface eth1
        version 3
        advert_int 0.25
        virtual_router_id 52
        priority 90
        preempt_delay 2.5
        garp_master_delay 2
        garp_lower_prio_repeat 3
        promote_secondaries
        higher_prio_send_advert
        virtual_ipaddress {
          10.2.0.2 peer 10.2.0.3
          10.2.0.4/24 brd + scope link label eth1:x
        }
        virtual_ipaddress_excluded {
          10.2.0.5
        }
      }
      vrrp_instance BACKUP_3 {
        interface eth0
        version 3
        advert_int 0.5
        virtual_router_id 53
        priority 80
        nopreempt
        skip_check_adv_addr
        virtual_ipaddress {
          10.3.0.2/24 dev eth1 no_track
        }
      }
      vrrp_instance MISSING {
        interface nosuch0
        version 3
        advert_int 2
        strict_mode on
        virtual_router_id 54
        virtual_ipaddress {
          10.4.0.2/24
        }
      }
      """;

  /** What one daemon told. */
  private record Told(String data, String json, String stats, String log) {}

  @Test
  void tellsWhatKeepalivedTells() {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.cluster.addSegment("lan2");
      nodes.first.attach("lan2", "eth1", "10.1.0.1/24");
      nodes.second.start(DaemonKind.KEEPALIVED, masters());
      nodes.second.awaitHas(TwoNodes.VIRTUAL);

      Told real = ask(nodes, DaemonKind.KEEPALIVED);
      Told ours = ask(nodes, DaemonKind.JKEEPALIVED);

      Reports.assertInOrder(
          Reports.comparable(ours.data().lines().toList()),
          Reports.comparable(real.data().lines().toList()));
      Reports.assertInOrder(
          Reports.comparable(dumped(ours.log())), Reports.comparable(dumped(real.log())));
      assertEquals(Reports.jsonData(real.json()), Reports.jsonData(ours.json()));
      assertEquals(jsonKeys(real.json()), jsonKeys(Reports.withoutOurs(ours.json())));
      // what is ours comes last
      int last = ours.stats().indexOf("jkeepalived: ");
      Reports.assertInOrder(names(real.stats()), names(ours.stats().substring(0, last)));
    }
  }

  private static String masters() {
    return passworded(200)
        + new InstanceBlock(
                "VI_3", 53, 200, List.of("version 3", "advert_int 0.5"), List.of("10.3.0.2/24"))
            .text();
  }

  private static String passworded(int priority) {
    return TwoNodes.instance(priority)
        .with("authentication {", "auth_type PASS", "auth_pass secret12", "}")
        .text();
  }

  private static Told ask(TwoNodes nodes, DaemonKind kind) {
    nodes.first.configure(GLOBALS + passworded(98) + OTHER_INSTANCES);
    for (String file : List.of("data", "json", "stats")) {
      nodes.first.delete("tmp/keepalived." + file);
    }
    StartedDaemon daemon = nodes.first.start(kind, List.of("-d"));
    // a signal that comes before somebody waits for it ends the process
    Await.until(
        "the log has the dump",
        () -> daemon.log().contains(" Name = eth1") && daemon.log().contains("MASTER_3, weight 0"),
        nodes::evidence);
    String data =
        Reports.await(
            nodes,
            daemon,
            "USR1",
            "data",
            text ->
                text.contains("State = MASTER")
                    && text.split("Master router = " + TwoNodes.ADDRESS_2, -1).length == 3
                    && text.contains("10.2.0.5 dev eth1 scope global set")
                    && text.contains("MASTER_3, weight 0"));
    String json = Reports.await(nodes, daemon, "36", "json", text -> text.endsWith("}]\n"));
    String stats =
        Reports.await(nodes, daemon, "USR2", "stats", text -> text.contains("Priority Zero"));
    daemon.stop();
    return new Told(data, json, stats, daemon.log());
  }

  private static List<String> dumped(String log) {
    List<String> lines =
        log.lines()
            .map(line -> line.replaceFirst("^.{24}: ", ""))
            .filter(line -> line.startsWith(" ") || line.startsWith("------<"))
            .toList();
    assertTrue(lines.contains("------< Global definitions >------"), log);
    return lines;
  }

  private static String jsonKeys(String json) {
    return Pattern.compile("\"[a-z_]+\":")
        .matcher(json)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.joining());
  }

  private static List<String> names(String stats) {
    return stats.lines().map(line -> line.replaceFirst(": \\d+$", "")).toList();
  }
}
