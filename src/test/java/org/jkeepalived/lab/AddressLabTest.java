package org.jkeepalived.lab;

import static org.jkeepalived.lab.InstanceBlock.DEVICE;
import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;

/** What a master does with the kernel's addresses, and with those that it finds there. */
@Lab
final class AddressLabTest {

  private static final String OTHER = "192.168.32.201";

  @EachDaemon
  void addressIsAddedAsWritten(DaemonKind kind) {
    String[] addresses = {
      "192.168.32.200/16 brd 192.168.255.255 dev eth0 label eth0:7",
      "192.168.32.201",
      "10.3.3.3/24 dev eth0 scope link", // the kernel allows one scope in a network
      "10.9.8.7/24 dev lo scope host"
    };
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(kind, instance(255).withAddresses(addresses).text());
      nodes.awaitFirstIsMaster();
      nodes.first.awaitHas("10.9.8.7");

      assertEquals(
          Optional.of(
              new ShownAddress(
                  DEVICE, VIRTUAL, 16, Optional.of("192.168.255.255"), "global", "eth0:7")),
          nodes.first.address(VIRTUAL));
      assertEquals(
          Optional.of(new ShownAddress(DEVICE, OTHER, 32, Optional.empty(), "global", DEVICE)),
          nodes.first.address(OTHER));
      assertEquals(
          Optional.of(new ShownAddress(DEVICE, "10.3.3.3", 24, Optional.empty(), "link", DEVICE)),
          nodes.first.address("10.3.3.3"));
      assertEquals(
          Optional.of(new ShownAddress("lo", "10.9.8.7", 24, Optional.empty(), "host", "lo")),
          nodes.first.address("10.9.8.7"));
    }
  }

  @EachDaemon
  void deletedAddressIsPutBack(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(kind, instance(150).text());
      nodes.awaitFirstIsMaster();
      nodes.wire.skip();
      nodes.first.ip("address", "delete", VIRTUAL + "/16", "dev", DEVICE);
      nodes.awaitAnnouncementBy(nodes.first);
      nodes.awaitFirstIsMaster();
    }
  }

  @EachDaemon
  void addressLeftByKilledRunIsRemovedAtStart(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(kind, instance(150).text());
      nodes.awaitFirstIsMaster();
      master.kill();
      assertTrue(nodes.first.has(VIRTUAL));

      // Now it is a backup: somebody of higher priority is there.
      StartedDaemon better = nodes.second.start(kind, instance(200).text());
      nodes.wire.skip();
      nodes.awaitSecondIsMaster();
      nodes.first.start(kind, instance(150).text());
      nodes.first.awaitHasNot(VIRTUAL);
      assertTrue(better.isAlive());
    }
  }

  @EachDaemon
  void addressLeftByKilledRunIsRemovedThoughNoLongerInTheFile(DaemonKind kind) {
    assumeTrue(kind != DaemonKind.KEEPALIVED, "keepalived 2.2.7 forgets them");
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(kind, instance(150).text());
      nodes.awaitFirstIsMaster();
      master.kill();
      assertTrue(nodes.first.has(VIRTUAL));

      nodes.first.start(kind, instance(150).withAddresses(OTHER + "/16").text());
      nodes.first.awaitHasNot(VIRTUAL);
      nodes.first.awaitHas(OTHER);
    }
  }

  @EachDaemon
  void stoppedMasterReleasesEverything(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master =
          nodes.first.start(
              kind, instance(150).withAddresses(VIRTUAL + "/16", OTHER + "/16").text());
      nodes.awaitFirstIsMaster();
      nodes.first.awaitHas(OTHER);
      assertEquals(0, master.stop());
      assertTrue(!nodes.first.has(VIRTUAL) && !nodes.first.has(OTHER), nodes::evidence);
      assertTrue(nodes.first.has(TwoNodes.ADDRESS_1));
      nodes.wire.nextAdvertisement("priority 0", FROM_1.and(each -> each.priority() == 0));
    }
  }

  @EachDaemon
  void addressThatWasThereBeforeIsNotOurs(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.ip("address", "add", "10.1.1.1/24", "dev", DEVICE);
      StartedDaemon master = nodes.first.start(kind, instance(150).text());
      nodes.awaitFirstIsMaster();
      master.stop();
      assertTrue(nodes.first.has("10.1.1.1") && nodes.first.has(TwoNodes.ADDRESS_1));
    }
  }

  @EachDaemon
  void advertisementIsWrittenAsTheStandardSays(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(
          kind,
          instance(255)
              .with("authentication {", "auth_type PASS", "auth_pass 1212", "}")
              .withAddresses(VIRTUAL + "/16", OTHER + "/16")
              .text());
      Advertisement two = nodes.awaitFirstIsMaster();
      assertEquals(
          new Advertisement(
              two.timeNanos(),
              nodes.first.mac(DEVICE),
              "01:00:5e:00:00:12",
              TwoNodes.ADDRESS_1,
              "224.0.0.18",
              255,
              2,
              51,
              255,
              1,
              100,
              List.of(VIRTUAL, OTHER),
              24,
              true),
          two);
    }
  }

  @EachDaemon
  void versionThreeIsWrittenAsTheStandardSays(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(kind, instance(255).with("version 3", "advert_int 0.5").text());
      Advertisement three = nodes.awaitFirstIsMaster();
      assertEquals(
          new Advertisement(
              three.timeNanos(),
              nodes.first.mac(DEVICE),
              "01:00:5e:00:00:12",
              TwoNodes.ADDRESS_1,
              "224.0.0.18",
              255,
              3,
              51,
              255,
              0,
              50,
              List.of(VIRTUAL),
              12,
              true),
          three);
    }
  }

  @EachDaemon
  void priority255DoesNotWait(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      // Any other priority waits for five minutes at this interval, and the test does not.
      nodes.first.start(kind, instance(255).with("advert_int 100").text());
      nodes.awaitFirstIsMaster();
      nodes.awaitAnnouncementBy(nodes.first);
    }
  }
}
