package org.jkeepalived.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code ipvs no}: real servers are checked, and who wants to know is told, without a table of the
 * kernel's.
 */
@Lab
final class UnwrittenTableLabTest {

  private static final String TOLD = "told";

  private static String configuration(Node node) {
    String file = node.directory().resolve("well").toString();
    String told = node.directory().resolve(TOLD).toString();
    return """
        jkeepalived {
          ipvs no
        }
        virtual_server 10.9.0.101 80 {
          delay_loop 0.2
          warmup 0
          protocol TCP
          quorum_up "/bin/sh -c 'echo quorum up >> TOLD'"
          quorum_down "/bin/sh -c 'echo quorum down >> TOLD'"
          real_server 10.9.0.11 80 {
            notify_down "/bin/sh -c 'echo down >> TOLD'"
            notify_up "/bin/sh -c 'echo up >> TOLD'"
            MISC_CHECK {
              misc_path "/usr/bin/test -e FILE"
            }
          }
        }
        """
        .replace("TOLD", told)
        .replace("FILE", file);
  }

  @Test
  void serversAreCheckedAndScriptsToldWithoutIpvs() {
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      node.write("well", "");
      StartedDaemon daemon = node.start(DaemonKind.JKEEPALIVED, configuration(node));
      awaitTold(nodes, "quorum up");
      node.delete("well");
      awaitTold(nodes, "quorum up", "down", "quorum down");
      node.write("well", "");
      awaitTold(nodes, "quorum up", "down", "quorum down", "up", "quorum up");
      assertFalse(daemon.log().contains("no IPVS"), daemon::log);
      assertEquals(0, daemon.stop());
    }
  }

  private static void awaitTold(TwoNodes nodes, String... lines) {
    Await.until(
        "scripts told " + List.of(lines),
        () -> nodes.first.read(TOLD).lines().toList().equals(List.of(lines)),
        nodes::evidence);
  }
}
