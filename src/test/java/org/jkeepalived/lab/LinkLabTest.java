package org.jkeepalived.lab;

import static org.jkeepalived.lab.InstanceBlock.DEVICE;
import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Interfaces that come and go while the daemon runs. */
@Lab
final class LinkLabTest {

  @EachDaemon
  void interfaceAppearsAfterTheStart(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.detach(DEVICE);
      StartedDaemon daemon = nodes.first.start(kind, dynamic(kind) + instance(150).text());
      nodes.awaitSettled(daemon);

      nodes.first.attach("lan", DEVICE, TwoNodes.ADDRESS_1 + "/16");
      nodes.awaitFirstIsMaster();
    }
  }

  @EachDaemon
  void interfaceIsDeletedAndMadeAgain(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon = nodes.first.start(kind, dynamic(kind) + instance(150).text());
      nodes.awaitFirstIsMaster();
      String before = nodes.first.index(DEVICE);

      nodes.first.detach(DEVICE);
      // Something else takes the index meanwhile.
      nodes.first.ip("link", "add", "name", "other", "type", "bridge");
      nodes.wire.skip();
      nodes.first.attach("lan", DEVICE, TwoNodes.ADDRESS_1 + "/16");
      nodes.awaitFirstIsMaster();
      nodes.awaitAnnouncementBy(nodes.first);
      assertTrue(!before.equals(nodes.first.index(DEVICE)));
      assertTrue(daemon.isAlive());
    }
  }

  @EachPair
  void backupWhoseInterfaceWasMadeAgainStillTakesOver(Pair pair) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(pair.first(), instance(150).text());
      nodes.second.start(pair.second(), dynamic(pair.second()) + instance(100).text());
      nodes.awaitFirstIsMaster();

      nodes.second.detach(DEVICE);
      nodes.second.attach("lan", DEVICE, TwoNodes.ADDRESS_2 + "/16");
      nodes.second.awaitListensTo("224.0.0.18");
      nodes.awaitAdvertisements(5, FROM_1);
      assertTrue(nodes.wire.sinceSkip(TwoNodes.FROM_2).isEmpty(), nodes::evidence);

      nodes.wire.skip();
      nodes.first.powerOff(DEVICE);
      nodes.awaitSecondIsMaster();
    }
  }

  @EachDaemon
  void ownAddressOfTheInterfaceIsMissingAndComes(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.ip("address", "flush", "dev", DEVICE);
      StartedDaemon daemon = nodes.first.start(kind, dynamic(kind) + instance(150).text());
      nodes.awaitSettled(daemon);

      nodes.first.ip("address", "add", TwoNodes.ADDRESS_1 + "/16", "dev", DEVICE);
      nodes.wire.nextAdvertisement("k1 advertising", FROM_1);
      nodes.first.awaitHas(VIRTUAL);
    }
  }

  /** keepalived must be told that interfaces may come and go; jkeepalived needs no option. */
  private static String dynamic(DaemonKind kind) {
    return kind == DaemonKind.KEEPALIVED
        ? "global_defs {\n    dynamic_interfaces allow_if_changes\n}\n"
        : "";
  }
}
