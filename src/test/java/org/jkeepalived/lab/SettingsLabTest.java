package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The kernel's settings that a configuration names are as they were once nobody wants them. */
@Lab
final class SettingsLabTest {

  private static final String PROMOTION = "net.ipv4.conf.eth0.promote_secondaries";
  private static final String REPORTS = "net.ipv4.igmp_link_local_mcast_reports";
  private static final String SET = "1 0";
  private static final String UNSET = "0 1";

  /** The first address of its subnet. */
  private static final String FIRST = "10.99.1.1";

  private static final String SECONDARY = "10.99.1.2";

  private static final String PLAIN = instance(255).withAddresses(FIRST + "/24").text();
  private static final String SETTING =
      "global_defs {\n  disable_local_igmp\n}\n"
          + instance(255).withAddresses(FIRST + "/24").with("promote_secondaries").text();

  private static void await(TwoNodes nodes, String wanted) {
    Await.until(PROMOTION + ", " + REPORTS, () -> now(nodes).equals(wanted), nodes::evidence);
  }

  private static String now(TwoNodes nodes) {
    Shell.Result values = nodes.first.execute("sysctl", "-n", PROMOTION, REPORTS);
    return values.output().strip().replace('\n', ' ');
  }

  private static StartedDaemon start(TwoNodes nodes, String configuration) {
    StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, configuration);
    Await.until("master", () -> daemon.log().contains("Entering MASTER STATE"), nodes::evidence);
    nodes.first.awaitHas(FIRST);
    return daemon;
  }

  private static void startAndKill(TwoNodes nodes) {
    StartedDaemon daemon = start(nodes, SETTING);
    await(nodes, SET);
    daemon.kill();
    assertEquals(SET, now(nodes));
    assertTrue(nodes.first.has(FIRST));
  }

  @Test
  void areSetBackByAStopAndAReload() {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.execute("sysctl", "-w", PROMOTION + "=0");
      StartedDaemon daemon = start(nodes, SETTING);
      await(nodes, SET);
      nodes.first.configure(PLAIN);
      daemon.signal("HUP");
      await(nodes, UNSET);
      nodes.first.configure(SETTING);
      daemon.signal("HUP");
      await(nodes, SET);
      nodes.first.ip("link", "set", "eth0", "down");
      nodes.first.ip("link", "set", "eth0", "name", "eth9");
      Await.until(
          "the link has another name",
          () ->
              nodes
                  .first
                  .execute("sysctl", "-n", PROMOTION.replace("eth0", "eth9"))
                  .output()
                  .strip()
                  .equals("0"),
          nodes::evidence);
      nodes.first.ip("link", "set", "eth9", "name", "eth0");
      await(nodes, SET);
      assertEquals(0, daemon.stop());
      assertEquals(UNSET, now(nodes));
    }
  }

  @Test
  void areSetBackAfterADaemonThatWasKilled() {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.execute("sysctl", "-w", PROMOTION + "=0");
      startAndKill(nodes);
      nodes.first.ip("address", "add", SECONDARY + "/24", "dev", "eth0");
      assertEquals(
          0,
          nodes.first.start(DaemonKind.JKEEPALIVED, List.of("--release")).awaitExit(),
          nodes::evidence);
      assertEquals(UNSET, now(nodes));
      nodes.first.awaitHasNot(FIRST);
      assertTrue(nodes.first.has(SECONDARY), nodes::evidence); // promoted: that went last

      startAndKill(nodes);
      StartedDaemon same = start(nodes, SETTING);
      await(nodes, SET);
      assertEquals(0, same.stop());
      assertEquals(UNSET, now(nodes));

      startAndKill(nodes);
      start(nodes, PLAIN);
      await(nodes, UNSET);
    }
  }

  /** What was so before the daemon came is nobody's to change. */
  @Test
  void areLeftAloneWhereTheyWereSoBefore() {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.execute("sysctl", "-w", PROMOTION + "=1", REPORTS + "=0");
      StartedDaemon daemon = start(nodes, SETTING);
      assertEquals(0, daemon.stop());
      assertEquals(SET, now(nodes));
    }
  }
}
