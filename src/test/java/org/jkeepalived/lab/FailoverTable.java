package org.jkeepalived.lab;

import static org.jkeepalived.lab.InstanceBlock.DEVICE;
import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.FROM_2;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/**
 * The main job: the master goes, the other node takes over; the same table for each way in which
 * two nodes speak to each other.
 */
abstract class FailoverTable {

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Cast cast;

  FailoverTable(Cast cast) {
    this.cast = cast;
  }

  @EachPair
  void masterIsKilledAndTakesItsAddressBack(Pair pair) {
    try (TwoNodes nodes = cast.stage(pair)) {
      StartedDaemon master = nodes.first.start(pair.first(), cast.first(150).text());
      nodes.second.start(pair.second(), cast.second(100).text());
      cast.awaitListens(nodes.second);
      nodes.awaitFirstIsMaster();

      nodes.wire.skip();
      master.kill();
      Advertisement taken = nodes.awaitSecondIsMaster();
      Advertisement last = nodes.lastBefore(taken, FROM_1);
      // RFC 3768, 6.1: three intervals and the skew time, never earlier.
      assertTrue(Frame.nanosBetween(last, taken) >= 3 * SECOND_NANOS, nodes::evidence);
      nodes.awaitAnnouncementBy(nodes.second);

      nodes.wire.skip();
      nodes.first.start(pair.first(), List.of()); // as before
      nodes.awaitFirstIsMaster();
    }
  }

  @EachPair
  void masterIsStopped(Pair pair) {
    String interval = "advert_int 5";
    try (TwoNodes nodes = cast.stage(pair)) {
      // only an owner does not wait for a quarter of a minute to become master
      StartedDaemon master = nodes.first.start(pair.first(), cast.first(255).with(interval).text());
      nodes.awaitFirstIsMaster();
      nodes.second.start(pair.second(), cast.second(100).with(interval).text());
      cast.awaitListens(nodes.second);
      nodes.awaitAdvertisements(2, FROM_1); // the second one has a master

      nodes.wire.skip();
      master.stop();
      Advertisement farewell =
          nodes.wire.nextAdvertisement("priority 0", FROM_1.and(each -> each.priority() == 0));
      Advertisement taken = nodes.wire.nextAdvertisement("k2 taking over", FROM_2);
      nodes.second.awaitHas(nodes.virtual);
      nodes.first.awaitHasNot(nodes.virtual);
      // The skew time of priority 100 is 0.61 s; without a farewell it would be 10 s and more.
      assertTrue(Frame.nanosBetween(farewell, taken) < 10 * SECOND_NANOS, nodes::evidence);
    }
  }

  @EachPair
  void linkGoesAndComesBack(Pair pair) {
    try (TwoNodes nodes = cast.stage(pair)) {
      cast.introduce(nodes);
      nodes.first.start(pair.first(), cast.first(150).text());
      nodes.second.start(pair.second(), cast.second(100).text());
      cast.awaitListens(nodes.second);
      nodes.awaitFirstIsMaster();

      nodes.wire.skip();
      nodes.first.unplug(DEVICE);
      nodes.awaitSecondIsMaster();
      nodes.first.awaitHasNot(nodes.virtual); // FAULT: no carrier

      nodes.wire.skip();
      nodes.first.plug(DEVICE);
      nodes.awaitFirstIsMaster();

      nodes.wire.skip();
      nodes.first.ip("link", "set", DEVICE, "down");
      nodes.awaitSecondIsMaster();
      nodes.first.awaitHasNot(nodes.virtual);

      nodes.wire.skip();
      nodes.first.ip("link", "set", DEVICE, "up");
      nodes.awaitFirstIsMaster();
    }
  }

  @EachPair
  void higherPriorityTakesOver(Pair pair) {
    try (TwoNodes nodes = cast.stage(pair)) {
      nodes.second.start(pair.second(), cast.second(100).text());
      nodes.awaitSecondIsMaster();

      nodes.wire.skip();
      nodes.first.start(pair.first(), cast.first(150).text());
      nodes.awaitFirstIsMaster();
      nodes.awaitAnnouncementBy(nodes.first);
      // The other one may have advertised once more as it stepped back; then there is one master.
      Await.until(
          "only k1 advertises",
          () -> {
            List<Advertisement> last = nodes.lastOf(3, FROM_1.or(FROM_2));
            return last.stream().allMatch(FROM_1);
          },
          nodes::evidence);
    }
  }

  @EachPair
  void higherPriorityWaitsWithNopreempt(Pair pair) {
    try (TwoNodes nodes = cast.stage(pair)) {
      cast.introduce(nodes);
      nodes.second.start(pair.second(), cast.second(100).with("state BACKUP").text());
      nodes.awaitSecondIsMaster();

      StartedDaemon patient =
          nodes.first.start(pair.first(), cast.first(150).with("state BACKUP", "nopreempt").text());
      cast.awaitListens(nodes.first);
      nodes.wire.skip();
      // Longer than its master-down interval: see higherPriorityTakesOver for what it would do.
      nodes.awaitAdvertisements(6, FROM_2);
      assertTrue(nodes.wire.sinceSkip(FROM_1).isEmpty(), nodes::evidence);
      nodes.first.awaitHasNot(nodes.virtual);

      // It was patient, not dead.
      nodes.second.powerOff(DEVICE);
      nodes.awaitFirstIsMasterAlone();
      assertTrue(patient.isAlive());
    }
  }

  @EachPair
  void equalPrioritiesAreDecidedByAddress(Pair pair) {
    try (TwoNodes nodes = cast.stage(pair)) {
      cast.deafen(nodes, nodes.first);
      cast.deafen(nodes, nodes.second);
      nodes.first.start(pair.first(), cast.first(100).text());
      nodes.second.start(pair.second(), cast.second(100).text());
      nodes.first.awaitHas(nodes.virtual);
      nodes.second.awaitHas(nodes.virtual); // two masters, who do not hear of each other
      nodes.awaitAdvertisements(2, FROM_1);

      // The neighbours heard both: the one that stays tells them again.
      nodes.wire.skip();
      cast.undeafen(nodes.second);
      nodes.awaitAnnouncementBy(nodes.second);
      cast.undeafen(nodes.first);
      nodes.first.awaitHasNot(nodes.virtual);
      nodes.awaitSecondIsMaster();
    }
  }

  @EachPair
  void splitBrainIsHealedByPriority(Pair pair) {
    try (TwoNodes nodes = cast.stage(pair)) {
      nodes.first.start(pair.first(), cast.first(150).text());
      nodes.second.start(pair.second(), cast.second(100).text());
      cast.awaitListens(nodes.second);
      nodes.awaitFirstIsMaster();

      cast.deafen(nodes, nodes.first);
      cast.deafen(nodes, nodes.second);
      nodes.wire.skip();
      nodes.awaitSecondIsMaster();
      assertTrue(nodes.first.has(nodes.virtual), nodes::evidence);

      nodes.wire.skip();
      cast.undeafen(nodes.first);
      nodes.awaitAnnouncementBy(nodes.first);
      cast.undeafen(nodes.second);
      nodes.second.awaitHasNot(nodes.virtual);
      nodes.awaitFirstIsMaster();
    }
  }

  @EachPair
  void versionThreeCountsInHundredths(Pair pair) {
    String[] lines = {"version 3", "advert_int 0.25"};
    try (TwoNodes nodes = cast.stage(pair)) {
      cast.introduce(nodes);
      nodes.first.start(pair.first(), cast.first(150).with(lines).text());
      nodes.second.start(pair.second(), cast.second(100).with(lines).text());
      cast.awaitListens(nodes.second);
      nodes.awaitFirstIsMaster();
      nodes.awaitAdvertisements(4, FROM_1);

      nodes.wire.skip();
      nodes.first.powerOff(DEVICE);
      Advertisement taken = nodes.awaitSecondIsMaster();
      long gapNanos = Frame.nanosBetween(nodes.lastBefore(taken, FROM_1), taken);
      // RFC 9568, 6.1: 3 x 0.25 s, and 0.15 s of skew; counted in seconds it would be 3 s.
      assertTrue(gapNanos >= 3 * SECOND_NANOS / 4, nodes::evidence);
      assertTrue(gapNanos < 3 * SECOND_NANOS, nodes::evidence);
    }
  }
}
