package org.jkeepalived.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An operator drains a real server, and a restart does not forget it. */
@Lab
final class ServerWishLabTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("STATE_DIRECTORY", "/run/state");

  private static String configuration(int weight) {
    return """
        jkeepalived {
          ipvs no
        }
        virtual_server 10.9.0.101 80 {
          protocol TCP
          lvs_sched rr
          lvs_method NAT
          real_server 10.9.0.11 80 {
            weight 3
          }
          real_server 10.9.0.12 80 {
            weight WEIGHT
          }
        }
        """
        .replace("WEIGHT", Integer.toString(weight));
  }

  @Test
  void drainsAndWeighsOverAReloadAndARestart() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon = start(nodes);
      Operator.assertSays(
          Operator.ask(daemon, "server", "10.9.0.101:80", "10.9.0.11", "drain", "--save"),
          0,
          "Real server [10.9.0.11]:tcp:80 of VS [10.9.0.101]:tcp:80 is drained, saved");
      // for now only
      Operator.assertSays(
          Operator.ask(daemon, "server", "10.9.0.101:80", "10.9.0.11", "weight", "3"),
          0,
          "is to have weight 3; after a restart it is drained, as is saved");
      Operator.assertSays(
          Operator.ask(daemon, "server", "10.9.0.101:80", "10.9.0.11", "drain"),
          0,
          "is drained, as is saved");
      Operator.assertSays(
          Operator.ask(daemon, "server", "10.9.0.101:80", "10.9.0.12:80", "weight", "9"),
          0,
          "is to have weight 9");
      Operator.assertSays(
          Operator.ask(daemon, "server", "10.9.0.101:80", "10.9.0.13", "drain"),
          1,
          "has no real server 10.9.0.13; it has [10.9.0.11]:tcp:80, [10.9.0.12]:tcp:80");
      Operator.assertSays(Operator.ask(daemon, "server", "web"), 2, "server VS RS drain|enable");
      nodes.first.configure(configuration(5));
      Operator.assertSays(Operator.ask(daemon, "reload"), 0, "Reload complete");
      assertTrue(
          Operator.ask(daemon, "status")
              .output()
              .matches("(?s).* drained .* 9 \\(asked for\\) .*"));
      assertEquals(0, daemon.stop());
      nodes.first.write(
          "run/state/run-lab.pid.servers",
          nodes.first.read("run/state/run-lab.pid.servers")
              + "[10.9.0.102]:tcp:80\t[10.9.0.11]:tcp:80\t0\n");

      StartedDaemon again = start(nodes);
      assertTrue(
          again
              .log()
              .contains(
                  "Real server [10.9.0.11]:tcp:80 of VS [10.9.0.101]:tcp:80 is to have weight 0, as"
                      + " the operator has wished"),
          again::log);
      assertTrue(
          again
              .log()
              .contains(
                  "Real server [10.9.0.11]:tcp:80 of VS [10.9.0.102]:tcp:80 is not configured: the"
                      + " saved wish that it have weight 0 has no effect"),
          again::log);
      String json = Operator.ask(again, "status", "--json").output();
      assertTrue(json.contains("\"drained\":true,\"wished_weight\":0"), json);
      assertTrue(!json.contains("\"wished_weight\":9"), json);
      Operator.assertSays(
          Operator.ask(again, "server", "10.9.0.101", "10.9.0.11", "enable"),
          0,
          "is as its checks say, and nothing is saved any more");
      assertTrue(!Operator.ask(again, "status").output().contains("drained"));
      assertEquals("", nodes.first.read("run/state/run-lab.pid.servers"));
    }
  }

  private static StartedDaemon start(TwoNodes nodes) {
    nodes.first.configure(configuration(4));
    StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, List.of(), ENVIRONMENT);
    Await.until(
        "the daemon can be asked",
        () -> Operator.ask(daemon, "status").exitCode() == 0,
        nodes::evidence);
    return daemon;
  }
}
