package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.FROM_2;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The better node is taken out: keepalived takes over at once, and stays master until it is back.
 */
@Lab
final class MaintenanceLabTest {

  /** Three advertisements that the peer sends undisturbed, at one a second. */
  private static final int ENOUGH = 3;

  @Test
  void thePeerTakesOverAtOnceAndKeepsTheAddressUntilOff() {
    try (TwoNodes nodes = new TwoNodes()) {
      Map<String, String> environment = Map.of("STATE_DIRECTORY", "/run/state");
      nodes.second.start(DaemonKind.KEEPALIVED, instance(100).text());
      nodes.first.configure(instance(150).text());
      StartedDaemon daemon = nodes.first.start(DaemonKind.JKEEPALIVED, List.of(), environment);
      nodes.awaitFirstIsMaster();

      nodes.wire.skip();
      Operator.assertSays(
          Operator.ask(daemon, "maintenance", "on", "VI_1", "--keep"),
          0,
          "VI_1: MASTER -> FAULT, maintenance, asked for by root");
      nodes.wire.nextAdvertisement("priority 0", FROM_1.and(each -> each.priority() == 0));
      nodes.awaitSecondIsMaster();
      nodes.first.awaitHasNot(VIRTUAL);

      // another priority, which could win the address back
      nodes.first.configure(instance(200).text());
      Operator.assertSays(Operator.ask(daemon, "reload"), 0, "150 -> 200");
      Operator.assertSays(
          Operator.ask(daemon, "status"), 0, "VI_1      FAULT", "maintenance, asked for by root");
      nodes.awaitAdvertisements(ENOUGH, FROM_2);

      assertEquals(0, daemon.stop());
      StartedDaemon again = nodes.first.start(DaemonKind.JKEEPALIVED, List.of(), environment);
      Await.until(
          "in FAULT from the start",
          () -> again.log().contains("(VI_1) Entering FAULT STATE"),
          nodes::evidence);
      nodes.awaitAdvertisements(ENOUGH, FROM_2);
      assertEquals(
          List.of(), nodes.wire.advertisements(FROM_1.and(each -> each.priority() == 200)));

      Operator.assertSays(
          Operator.ask(again, "maintenance", "off"),
          0,
          "VI_1: FAULT -> BACKUP, no maintenance any more");
      nodes.awaitFirstIsMaster();
    }
  }
}
