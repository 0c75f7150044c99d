package org.jkeepalived.lab;

import static org.jkeepalived.lab.InstanceBlock.DEVICE;
import static org.jkeepalived.lab.TwoNodes.ADDRESS_1;
import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.FROM_2;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What the kernel cannot do for a master: it must not stay master without its addresses, and must
 * serve again once it can. keepalived stays master, so this is about jkeepalived only.
 *
 * <p>Mostly with {@code no_track}: without it a link that is missing is a fault before the kernel
 * is asked for anything.
 */
@Lab
final class RefusalLabTest {

  private static final String ELSEWHERE = "10.99.0.1";

  @Test
  void addressOnALinkThatAppearsLater() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon =
          nodes.first.start(
              DaemonKind.JKEEPALIVED,
              instance(150)
                  .withAddresses(VIRTUAL + "/16", ELSEWHERE + "/24 dev late0 no_track")
                  .text());
      // it takes over, is refused, and says goodbye
      nodes.wire.next("k1 resigns", Advertisement.class, FROM_1.and(each -> each.priority() == 0));
      nodes.first.awaitHasNot(VIRTUAL);

      nodes.first.ip("link", "add", "name", "late0", "type", "bridge");
      nodes.first.ip("link", "set", "late0", "up");
      nodes.first.awaitHas(ELSEWHERE);
      nodes.first.awaitHas(VIRTUAL);
      nodes.wire.skip();
      nodes.wire.next(
          "k1 is master", Advertisement.class, FROM_1.and(each -> each.priority() == 150));
      assertTrue(daemon.isAlive());
    }
  }

  @Test
  void linkOfAnAddressGoesAndComesWhileMaster() {
    try (TwoNodes nodes = new TwoNodes()) {
      addLinkWithCarrier(nodes.first);
      StartedDaemon daemon =
          nodes.first.start(
              DaemonKind.JKEEPALIVED,
              instance(150).withAddresses(VIRTUAL + "/16", ELSEWHERE + "/24 dev late0").text());
      nodes.awaitFirstIsMasterAlone();
      nodes.first.awaitHas(ELSEWHERE);

      nodes.first.detach("late0");
      nodes.wire.next("k1 resigns", Advertisement.class, FROM_1.and(each -> each.priority() == 0));
      nodes.first.awaitHasNot(VIRTUAL);

      addLinkWithCarrier(nodes.first);
      nodes.first.awaitHas(ELSEWHERE);
      nodes.first.awaitHas(VIRTUAL);
      assertEquals(0, daemon.stop());
      nodes.first.awaitHasNot(ELSEWHERE);
      nodes.first.awaitHasNot(VIRTUAL);
    }
  }

  private static void addLinkWithCarrier(Node node) {
    node.ip("link", "add", "name", "late0", "type", "veth", "peer", "name", "late1");
    node.ip("link", "set", "late1", "up");
    node.ip("link", "set", "late0", "up");
  }

  /** Two machines with one address are what VRRP is there to prevent, be it for a moment. */
  @Test
  void onlyWhatWasRefusedIsTriedBesideALivingMaster() {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(
          DaemonKind.JKEEPALIVED,
          instance(150)
              .withAddresses(VIRTUAL + "/16", ELSEWHERE + "/24 dev late0 no_track")
              .text());
      nodes.wire.next("k1 resigns", Advertisement.class, FROM_1.and(each -> each.priority() == 0));
      nodes.first.awaitHasNot(VIRTUAL);
      final StartedDaemon better =
          nodes.second.start(
              DaemonKind.JKEEPALIVED,
              instance(200).withAddresses(VIRTUAL + "/16", ELSEWHERE + "/24").text());
      nodes.awaitSecondIsMaster();
      Path log = nodes.first.directory().resolve("tmp/monitor");
      nodes.first.start(
          ProcessBuilder.Redirect.to(log.toFile()), "ip", "-4", "-o", "monitor", "address");
      // it listens once it has told of something
      Await.until(
          "the monitor tells",
          () -> {
            nodes.first.execute("ip", "address", "replace", "10.77.0.1/32", "dev", "lo");
            nodes.first.execute("ip", "address", "delete", "10.77.0.1/32", "dev", "lo");
            return nodes.first.read("tmp/monitor").contains("10.77.0.1");
          },
          nodes::evidence);

      nodes.first.ip("link", "add", "name", "late0", "type", "bridge");
      awaitMonitor(nodes, "Deleted.*" + ELSEWHERE);
      nodes.awaitAdvertisements(3, FROM_2);
      assertFalse(nodes.first.read("tmp/monitor").contains(VIRTUAL), nodes::evidence);

      better.kill();
      awaitMonitor(nodes, VIRTUAL);
      nodes.first.awaitHas(ELSEWHERE);
    }
  }

  private static void awaitMonitor(TwoNodes nodes, String pattern) {
    Await.until(
        "the kernel tells of " + pattern,
        () ->
            nodes
                .first
                .read("tmp/monitor")
                .lines()
                .anyMatch(line -> line.matches(".*" + pattern + ".*")),
        nodes::evidence);
  }

  @Test
  void addressThatTheKernelNeverTakesCostsItsInstanceOnly() {
    try (TwoNodes nodes = new TwoNodes()) {
      String neighbour = "192.168.32.201";
      StartedDaemon daemon =
          nodes.first.start(
              DaemonKind.JKEEPALIVED,
              instance(150)
                      .withAddresses(VIRTUAL + "/16", ELSEWHERE + "/24 dev none0 no_track")
                      .text()
                  + instance(150).named("VI_2", 52).withAddresses(neighbour + "/16").text());
      nodes.wire.next(
          "VI_1 resigns",
          Advertisement.class,
          FROM_1.and(each -> each.vrid() == 51 && each.priority() == 0));
      nodes.first.awaitHas(neighbour);
      nodes.first.awaitHasNot(VIRTUAL);

      // the operator mends the file
      nodes.first.configure(
          instance(150).text()
              + instance(150).named("VI_2", 52).withAddresses(neighbour + "/16").text());
      daemon.signal("HUP");
      nodes.first.awaitHas(VIRTUAL);
      assertTrue(nodes.first.has(neighbour));
    }
  }

  @Test
  void instanceAndAddressOnATunnelEndNothing() {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.ip("tuntap", "add", "name", "tun7", "mode", "tun");
      nodes.first.ip("address", "add", "10.7.0.1/24", "dev", "tun7");
      nodes.first.ip("link", "set", "tun7", "up");
      InstanceBlock onTunnel = instance(150).named("VI_2", 52).withAddresses("10.7.0.9/24");
      StartedDaemon daemon =
          nodes.first.start(
              DaemonKind.JKEEPALIVED,
              instance(150)
                      .withAddresses(VIRTUAL + "/16", ELSEWHERE + "/24 dev tun7 no_track")
                      .text()
                  + onTunnel.text().replace("interface " + DEVICE, "interface tun7"));
      nodes.awaitFirstIsMasterAlone();
      nodes.first.awaitHas(ELSEWHERE);
      nodes.awaitAnnouncementBy(nodes.first);
      nodes.awaitAdvertisements(2, FROM_1);
      assertTrue(daemon.isAlive(), nodes::evidence);
      assertFalse(nodes.first.has("10.7.0.9"));
    }
  }

  @Test
  void stopEndsWhateverTheStartStillWaitsFor() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon =
          nodes.first.start(
              DaemonKind.JKEEPALIVED,
              "global_defs {\n    vrrp_startup_delay 600\n}\n" + instance(255).text());
      nodes.first.awaitListensTo("224.0.0.18");
      assertEquals(0, daemon.stop());
      assertFalse(nodes.first.has(VIRTUAL));
      assertTrue(nodes.first.has(ADDRESS_1));
    }
  }
}
