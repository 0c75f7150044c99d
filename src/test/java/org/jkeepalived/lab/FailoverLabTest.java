package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.FROM_2;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The main job: the master goes, the other node takes over. */
@Lab
final class FailoverLabTest {

  private static final long SECOND_NANOS = 1_000_000_000L;

  @EachPair
  void masterIsKilled(Pair pair) {
    try (TwoNodes nodes = new TwoNodes()) {
      Daemon master = nodes.first.start(pair.first(), instance(150).text());
      nodes.second.start(pair.second(), instance(100).text());
      nodes.awaitFirstIsMaster();

      master.kill();
      Advertisement taken = nodes.awaitSecondIsMaster();
      Advertisement last = nodes.lastBefore(taken, FROM_1);
      // RFC 3768, 6.1: three intervals and the skew time, never earlier.
      assertTrue(Frame.nanosBetween(last, taken) >= 3 * SECOND_NANOS, () -> nodes.evidence());
      nodes.wire.next("the announcement of the address", Arp.class, arp -> arp.announces(VIRTUAL));
    }
  }

  @EachPair
  void masterIsStopped(Pair pair) {
    try (TwoNodes nodes = new TwoNodes()) {
      Daemon master = nodes.first.start(pair.first(), instance(150).text());
      nodes.second.start(pair.second(), instance(100).text());
      nodes.awaitFirstIsMaster();

      master.stop();
      Advertisement farewell =
          nodes.wire.nextAdvertisement("priority 0", FROM_1.and(each -> each.priority() == 0));
      Advertisement taken = nodes.wire.nextAdvertisement("k2 taking over", FROM_2);
      nodes.second.awaitHas(VIRTUAL);
      nodes.first.awaitHasNot(VIRTUAL);
      // The skew time of priority 100 is 0.61 s; without a farewell it would be 3 s and more.
      assertTrue(Frame.nanosBetween(farewell, taken) < 2 * SECOND_NANOS, () -> nodes.evidence());
    }
  }
}
