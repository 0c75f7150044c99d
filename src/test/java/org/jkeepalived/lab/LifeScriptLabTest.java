package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** {@code startup_script} and {@code shutdown_script}. */
@Lab
final class LifeScriptLabTest {

  private static final String GLOBALS =
      """
      global_defs {
          script_user root
          startup_script "/bin/sh /tmp/life up"
          shutdown_script "/bin/sh /tmp/life down"
          startup_script_timeout 20
          shutdown_script_timeout 20
      }
      """;

  @EachDaemon
  void oneRunsBeforeAllElseAndOneAfter(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      // whether the address is there tells whether it runs before and after
      nodes.first.write(
          "tmp/life",
          "echo $1 $(ip -4 -o address | grep -c " + TwoNodes.VIRTUAL + ") >> /tmp/said\n");
      StartedDaemon daemon = nodes.first.start(kind, GLOBALS + instance(255).text());
      nodes.wire.nextAdvertisement("k1", FROM_1);
      nodes.first.awaitHas(TwoNodes.VIRTUAL);
      assertEquals("up 0\n", nodes.first.read("tmp/said"));
      daemon.signal("HUP");
      nodes.awaitAdvertisements(2, FROM_1);
      daemon.stop();
      assertEquals("up 0\ndown 0\n", nodes.first.read("tmp/said"));
    }
  }
}
