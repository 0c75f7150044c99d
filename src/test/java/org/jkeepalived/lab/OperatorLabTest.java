package org.jkeepalived.lab;

import static org.jkeepalived.lab.Operator.ask;
import static org.jkeepalived.lab.Operator.assertSays;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

/** Somebody looks after a running daemon, with the commands that ask it. */
@Lab
final class OperatorLabTest {

  @Test
  void asksPlansAndReloads() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, instance(150).text());
      nodes.awaitFirstIsMaster();
      assertSays(
          ask(daemon, "status"),
          0,
          "VI_1      MASTER",
          "this machine  no advertisement for ",
          "  address " + VIRTUAL + "/16 dev eth0 scope global: held");
      String both =
          instance(160).text()
              + instance(90).named("VI_2", 52).withAddresses("192.168.32.201/16").text();
      nodes.first.configure(both);
      String[] changes = {
        "added VI_2: VRID 52 on eth0, priority 90\n",
        "changed VI_1: priority 150 -> 160\n",
        "0 kept, 1 changed, 1 added, 0 removed\n"
      };
      assertSays(ask(daemon, "plan"), 0, changes);
      assertFalse(ask(daemon, "status").output().contains("VI_2"), "nothing has happened");
      assertSays(ask(daemon, "reload"), 0, changes);
      assertSays(
          ask(daemon, "status", "VI_2"),
          0,
          "VI_2: VRID 52 on eth0",
          "192.168.32.201/16 dev eth0 scope global: ");
      assertSays(ask(daemon, "log-level", "vrrp", "debug"), 0, "vrrp debug\n", "lvs ");
      assertSays(ask(daemon, "status", "--json"), 0, "\"name\":\"VI_2\",\"state\":\"");

      nodes.first.configure("vrrp_instance VI_1 {\n    interface eth0\n}\n");
      assertSays(ask(daemon, "status", "VI_1", "--json"), 0, "\"name\":\"VI_1\",\"state\":\"");
      assertFalse(ask(daemon, "status", "VI_1", "--json").output().contains("\"VI_2\""));
      assertSays(ask(daemon, "plan"), 6, "the virtual router id must be set", "refused");
      assertSays(ask(daemon, "reload"), 1, "the virtual router id must be set", "refused");
      assertSays(ask(daemon, "status"), 0, "VI_1      MASTER", "VI_2");

      nodes.first.write("tmp/next.conf", both + "vrrp_script unused {\n    scirpt x\n}\n");
      assertSays(ask(daemon, "plan", "-f", "/tmp/next.conf"), 5, "'scirpt'", "2 kept, 0 changed");
    }
  }
}
