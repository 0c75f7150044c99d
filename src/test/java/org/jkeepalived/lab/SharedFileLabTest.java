package org.jkeepalived.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One tracked file that a virtual router and a real server both go by, in one running daemon. */
@Lab
final class SharedFileLabTest {

  private static final String TOLD = "told";

  private static String configuration(Node node) {
    return """
        jkeepalived {
          ipvs no
        }
        track_file shared {
          file DIR/number
        }
        vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          priority 100
          virtual_ipaddress {
            10.9.0.100
          }
          track_file {
            shared weight 0
          }
        }
        virtual_server 10.9.0.101 80 {
          protocol TCP
          real_server 10.9.0.11 80 {
            notify_down "/bin/sh -c 'echo down >> DIR/TOLD'"
            notify_up "/bin/sh -c 'echo up >> DIR/TOLD'"
            FILE_CHECK {
              track_file shared
              weight 0
            }
          }
        }
        """
        .replace("TOLD", TOLD)
        .replace("DIR", node.directory().toString());
  }

  @Test
  void bothFollowTheFileAndBothComeBack() {
    try (TwoNodes nodes = new TwoNodes()) {
      Node node = nodes.first;
      node.write("number", "0\n");
      StartedDaemon daemon = node.start(DaemonKind.JKEEPALIVED, configuration(node));
      awaitLine(nodes, daemon, "(VI_1) Entering MASTER STATE");
      assertFalse(node.read(TOLD).contains("down"), nodes::evidence);
      node.write("number", "1\n");
      awaitLine(nodes, daemon, "(VI_1) Entering FAULT STATE");
      awaitTold(nodes, "down");
      node.write("number", "0\n");
      awaitTold(nodes, "down", "up");
      Await.until(
          "a master again",
          () -> count(daemon, "(VI_1) Entering MASTER STATE") == 2,
          nodes::evidence);
      assertEquals(0, daemon.stop());
    }
  }

  private static long count(StartedDaemon daemon, String text) {
    return daemon.log().lines().filter(line -> line.contains(text)).count();
  }

  private static void awaitLine(TwoNodes nodes, StartedDaemon daemon, String text) {
    Await.until(text, () -> count(daemon, text) > 0, nodes::evidence);
  }

  /** The first line may be the server's first rise. */
  private static void awaitTold(TwoNodes nodes, String... lines) {
    Await.until(
        "scripts told " + List.of(lines),
        () ->
            nodes
                .first
                .read(TOLD)
                .lines()
                .dropWhile(line -> line.equals("up"))
                .toList()
                .equals(List.of(lines)),
        nodes::evidence);
  }
}
