package org.jkeepalived.lab;

import static org.jkeepalived.lab.InstanceBlock.DEVICE;
import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * What is tracked, on the wire: links, scripts, and all that is said of them in a configuration.
 */
@Lab
final class TrackingLabTest {

  private static final String SIDE = "eth1";
  private static final String ROOT = "global_defs {\n    script_user root\n}\n";

  /** A script that does what the file {@code /tmp/say} says. */
  private static String script(String... lines) {
    return ROOT
        + "vrrp_script say {\n    script \"/bin/sh /tmp/say\"\n    interval 1\n    "
        + String.join("\n    ", lines)
        + "\n}\n";
  }

  private static InstanceBlock tracking(String block, String line) {
    return instance(100).with(block + " {", line, "}");
  }

  private static Predicate<Advertisement> priority(int priority) {
    return FROM_1.and(each -> each.priority() == priority);
  }

  private static TwoNodes withSide() {
    TwoNodes nodes = new TwoNodes();
    try {
      nodes.cluster.addSegment("side");
      nodes.first.attach("side", SIDE, "192.168.77.1/24");
      return nodes;
    } catch (RuntimeException e) {
      nodes.close();
      throw e;
    }
  }

  /** Each priority is seen on the wire, and none but these, in this order. */
  private static void await(TwoNodes nodes, int priority) {
    nodes.wire.nextAdvertisement("k1 with " + priority, priority(priority));
  }

  // ---- links ----

  @EachDaemon
  void linkWithWeight(DaemonKind kind) {
    try (TwoNodes nodes = withSide()) {
      nodes.first.start(kind, tracking("track_interface", SIDE + " weight -20").text());
      await(nodes, 100);
      nodes.first.unplug(SIDE);
      await(nodes, 80);
      nodes.first.plug(SIDE);
      await(nodes, 100);
      nodes.first.awaitHas(VIRTUAL);
    }
  }

  @EachDaemon
  void linkWithWeightReversed(DaemonKind kind) {
    try (TwoNodes nodes = withSide()) {
      nodes.first.start(kind, tracking("track_interface", SIDE + " weight 20 reverse").text());
      await(nodes, 80);
      nodes.first.unplug(SIDE);
      await(nodes, 100);
    }
  }

  @EachDaemon
  void linkWithoutWeight(DaemonKind kind) {
    try (TwoNodes nodes = withSide()) {
      nodes.first.start(kind, tracking("track_interface", SIDE).text());
      await(nodes, 100);
      nodes.first.awaitHas(VIRTUAL);
      nodes.first.unplug(SIDE);
      await(nodes, 0);
      nodes.first.awaitHasNot(VIRTUAL);
      nodes.first.plug(SIDE);
      await(nodes, 100);
      nodes.first.awaitHas(VIRTUAL);
    }
  }

  @EachDaemon
  void primaryLinkThatIsNotTracked(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(kind, instance(100).with("dont_track_primary").text());
      await(nodes, 100);
      nodes.first.awaitHas(VIRTUAL);
      nodes.first.unplug(DEVICE);
      nodes.first.plug(DEVICE);
      nodes.first.awaitForwarding(DEVICE);
      nodes.wire.skip();
      await(nodes, 100);
      assertEquals(List.of(), nodes.wire.advertisements(priority(0)), nodes::evidence);
      assertTrue(nodes.first.has(VIRTUAL), nodes::evidence);
    }
  }

  @EachDaemon
  void linkThatIsDownForLessThanItsDelay(DaemonKind kind) {
    String delays = "interface_up_down_delays {\n    " + SIDE + " 1.9 0.1\n}\n";
    try (TwoNodes nodes = withSide()) {
      nodes.first.start(kind, delays + tracking("track_interface", SIDE + " weight -20").text());
      await(nodes, 100);
      nodes.first.unplug(SIDE);
      nodes.first.plug(SIDE);
      nodes.awaitAdvertisements(4, FROM_1);
      assertEquals(List.of(), nodes.wire.advertisements(priority(80)), nodes::evidence);
      nodes.first.unplug(SIDE);
      await(nodes, 80);
      nodes.first.plug(SIDE);
      await(nodes, 100);
    }
  }

  private static final String ON_SIDE = "192.168.77.200";

  private static String withAddressOnSide(int priority) {
    return instance(priority).withAddresses(VIRTUAL + "/16", ON_SIDE + "/24 dev " + SIDE).text();
  }

  private static TwoNodes bothWithSide() {
    TwoNodes nodes = withSide();
    nodes.second.attach("side", SIDE, "192.168.77.2/24");
    return nodes;
  }

  /** Nothing but an address lives on that link: both addresses go to the peer. */
  @EachPair
  void linkOfAVirtualAddress(Pair pair) {
    try (TwoNodes nodes = bothWithSide()) {
      nodes.first.start(pair.first(), withAddressOnSide(150));
      nodes.second.start(pair.second(), withAddressOnSide(100));
      nodes.awaitFirstIsMaster();
      nodes.first.awaitHas(ON_SIDE);

      nodes.first.unplug(SIDE);
      await(nodes, 0);
      nodes.awaitSecondIsMaster();
      nodes.second.awaitHas(ON_SIDE);
      nodes.first.awaitHasNot(VIRTUAL);
      nodes.first.awaitHasNot(ON_SIDE);

      nodes.first.plug(SIDE);
      nodes.awaitFirstIsMaster();
      nodes.first.awaitHas(ON_SIDE);
    }
  }

  /** Who starts with a dead link under an address leaves the healthy master alone. */
  @EachPair
  void linkOfAVirtualAddressIsDeadAtTheStart(Pair pair) {
    try (TwoNodes nodes = bothWithSide()) {
      nodes.second.start(pair.second(), withAddressOnSide(100));
      nodes.awaitSecondIsMaster();
      nodes.first.unplug(SIDE);
      StartedDaemon daemon = nodes.first.start(pair.first(), withAddressOnSide(150));
      nodes.awaitSettled(daemon);
      nodes.awaitAdvertisements(5, TwoNodes.FROM_2); // longer than a master-down interval
      assertEquals(List.of(), nodes.wire.advertisements(FROM_1), nodes::evidence);
      assertTrue(nodes.second.has(ON_SIDE), nodes::evidence);

      nodes.first.plug(SIDE);
      nodes.awaitFirstIsMaster();
      nodes.first.awaitHas(ON_SIDE);
    }
  }

  /** keepalived 2.2.7 takes no notice of the option. */
  @Test
  void sourceAddressThatIsTracked() {
    try (TwoNodes nodes = withSide()) {
      String source = "192.168.32.131";
      nodes.first.ip("address", "add", source + "/16", "dev", DEVICE);
      nodes.first.start(
          DaemonKind.JKEEPALIVED,
          instance(100).with("mcast_src_ip " + source, "track_src_ip").text());
      Predicate<Advertisement> ours = each -> each.source().equals(source);
      nodes.wire.nextAdvertisement("k1", ours);
      nodes.first.awaitHas(VIRTUAL);
      nodes.first.ip("address", "delete", source + "/16", "dev", DEVICE);
      nodes.first.awaitHasNot(VIRTUAL);
      nodes.first.ip("address", "add", source + "/16", "dev", SIDE);
      nodes.first.awaitHas(VIRTUAL);
    }
  }

  // ---- scripts ----

  @EachDaemon
  void scriptThatHangsHasFailed(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.write("tmp/say", "exit 0");
      nodes.first.start(
          kind, script("timeout 2", "weight -20") + tracking("track_script", "say").text());
      await(nodes, 100);
      nodes.first.write("tmp/say", "sleep 1000");
      await(nodes, 80);
      nodes.first.write("tmp/say", "exit 0");
      await(nodes, 100);
    }
  }

  @EachDaemon
  void scriptThatHasNotRunKeepsItsInstanceWaiting(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.write("tmp/say", "until [ -e /tmp/go ]; do sleep 0.1; done");
      StartedDaemon daemon =
          nodes.first.start(kind, script("timeout 60") + tracking("track_script", "say").text());
      nodes.awaitSettled(daemon);
      for (int i = 0; i < 100; i++) { // longer than it takes to become master
        Await.pause();
      }
      assertEquals(List.of(), nodes.wire.advertisements(FROM_1), nodes::evidence);
      nodes.first.write("tmp/go", "");
      await(nodes, 100);
      nodes.first.awaitHas(VIRTUAL);
    }
  }

  @EachDaemon
  void riseAndFall(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      // every other run fails: never two in a row
      nodes.first.write("tmp/say", "[ -e /tmp/odd ] && rm /tmp/odd && exit 1; : >/tmp/odd; exit 0");
      nodes.first.start(
          kind, script("rise 2", "fall 2", "weight -20") + tracking("track_script", "say").text());
      await(nodes, 100);
      nodes.awaitAdvertisements(4, FROM_1);
      assertEquals(List.of(), nodes.wire.advertisements(priority(80)), nodes::evidence);
      nodes.first.write("tmp/say", "exit 1");
      await(nodes, 80);
      nodes.first.write("tmp/say", "exit 0");
      await(nodes, 100);
    }
  }

  /** keepalived 2.2.7 begins with the full priority all the same. */
  @Test
  void scriptThatCountsAsFailedUntilItHasRun() {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.write("tmp/say", "until [ -e /tmp/go ]; do sleep 0.1; done");
      nodes.first.start(
          DaemonKind.JKEEPALIVED,
          script("init_fail", "timeout 60", "weight -20") + tracking("track_script", "say").text());
      await(nodes, 80);
      nodes.first.write("tmp/go", "");
      await(nodes, 100);
    }
  }

  @EachDaemon
  void reloadWithAnotherWeight(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.write("tmp/say", "exit 1");
      String text = tracking("track_script", "say").text();
      StartedDaemon daemon = nodes.first.start(kind, script("weight -20") + text);
      await(nodes, 80);
      nodes.first.awaitHas(VIRTUAL);
      nodes.first.configure(script("weight -30") + text);
      daemon.signal("HUP");
      await(nodes, 70);
      assertEquals(List.of(), nodes.wire.advertisements(priority(0)), nodes::evidence);
      assertTrue(nodes.first.has(VIRTUAL), nodes::evidence);
    }
  }
}
