package org.jkeepalived.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code nftables_ipvs} on a kernel that need not have IPVS: the tables follow the configuration,
 * and nothing of them stays.
 */
@Lab
final class MarkedGroupLabTest {

  private static final String CONFIGURATION =
      """
      global_defs {
        nftables_ipvs mine
      }
      virtual_server_group web {
        10.9.0.101 80
        10.9.0.110-112 8080
      }
      virtual_server group web {
        protocol TCP
        lvs_sched rr
        lvs_method NAT
        real_server 10.9.0.11 80 {
          weight 1
        }
      }
      """;

  private static final String ELEMENTS =
      "elements = { 10.9.0.101 . 80 : 0x000003e8, 10.9.0.110-10.9.0.112 . 8080 : 0x000003e8 }";

  private static String rules(Node node) {
    return String.join(
        " ",
        Shell.run("ip", "netns", "exec", node.namespace(), "nft", "list", "ruleset").split("\\s+"));
  }

  private static void awaitRules(TwoNodes nodes, String piece) {
    Await.until(
        "the rules have " + piece,
        () -> rules(nodes.first).contains(piece),
        () -> rules(nodes.first) + nodes.evidence());
  }

  private static void awaitNoRules(TwoNodes nodes) {
    Await.until("there are no rules", () -> rules(nodes.first).isBlank(), () -> rules(nodes.first));
  }

  @Test
  void theyFollowReloadsAndGoAtTheStop() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, CONFIGURATION);
      awaitRules(nodes, "table ip mine { map tcp_map {");
      awaitRules(nodes, ELEMENTS);
      nodes.first.configure(CONFIGURATION.replace("10.9.0.101 80", "10.9.0.103 81"));
      daemon.signal("HUP");
      awaitRules(nodes, "10.9.0.103 . 81 : 0x000003e8");
      Shell.run("ip", "netns", "exec", nodes.first.namespace(), "nft", "flush", "ruleset");
      awaitRules(nodes, "10.9.0.103 . 81 : 0x000003e8");
      assertTrue(
          daemon.log().contains("nftables table mine was removed by somebody else"), daemon::log);
      assertEquals(0, daemon.stop());
      awaitNoRules(nodes);
    }
  }

  @Test
  void whatAKilledDaemonHasLeftGoes() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon killed = nodes.first.start(DaemonKind.JKEEPALIVED, CONFIGURATION);
      awaitRules(nodes, ELEMENTS);
      killed.kill();
      assertTrue(rules(nodes.first).contains(ELEMENTS));
      // another name: the old table goes, and its elements do not meet the new ones
      StartedDaemon other =
          nodes.first.start(
              DaemonKind.JKEEPALIVED,
              CONFIGURATION.replace("ipvs mine", "ipvs").replace("10.9.0.101 80", ""));
      awaitRules(nodes, "table ip keepalived_ipvs");
      Await.until("the old table is gone", () -> !rules(nodes.first).contains("table ip mine"));
      other.kill();
      assertEquals(0, nodes.first.start(DaemonKind.JKEEPALIVED, List.of("--release")).awaitExit());
      awaitNoRules(nodes);
    }
  }
}
