package org.jkeepalived.lab;

import static org.jkeepalived.lab.InstanceBlock.DEVICE;
import static org.jkeepalived.lab.TwoNodes.ADDRESS_1;
import static org.jkeepalived.lab.TwoNodes.ADDRESS_2;
import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.FROM_2;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Who is heard, and who is not, as the kernel and keepalived have it. */
@Lab
final class WhoMaySpeakLabTest {

  private static final int IP = 14;

  /** The hardware address of what is forged. */
  private static final String FORGED = "02:00:00:00:00:01";

  private static final String[] PASSWORD = {
    "authentication {", "auth_type PASS", "auth_pass 1212", "}"
  };

  // ---- frames ----

  private static byte[] right() {
    return ForgedAdvertisement.right().frame();
  }

  /** With a tag that gives it a priority, and puts it into no VLAN. */
  private static byte[] tagged() {
    byte[] plain = right();
    return ByteBuffer.allocate(plain.length + 4)
        .put(plain, 0, 12)
        .putInt(0x8100_e000)
        .put(plain, 12, plain.length - 12)
        .array();
  }

  private static byte[] toAnotherMachine() {
    byte[] frame = right();
    System.arraycopy(new byte[] {2, 0, 0, 0, 0, 7}, 0, frame, 0, 6);
    return frame;
  }

  private static byte[] from(int... address) {
    byte[] frame = right();
    for (int i = 0; i < 4; i++) {
      frame[IP + 12 + i] = (byte) address[i];
    }
    return summed(frame);
  }

  /** With a checksum that fits its IP header. */
  private static byte[] summed(byte[] frame) {
    frame[IP + 10] = 0;
    frame[IP + 11] = 0;
    int sum = 0;
    for (int i = IP; i < IP + 20; i += 2) {
      sum += ByteBuffer.wrap(frame).getShort(i) & 0xffff;
    }
    sum = (sum & 0xffff) + (sum >> 16);
    return ByteBuffer.wrap(frame)
        .putShort(IP + 10, (short) ~((sum & 0xffff) + (sum >> 16)))
        .array();
  }

  // ---- a master, and somebody who says things ----

  private static final class Stage implements AutoCloseable {
    final TwoNodes nodes = new TwoNodes();
    final StartedDaemon daemon;

    Stage(DaemonKind kind, String before) {
      daemon = nodes.first.start(kind, before + instance(150).with(PASSWORD).text());
      nodes.awaitFirstIsMasterAlone();
    }

    /** Three times what a better master would say. */
    void say(byte[]... frames) {
      FloodLabTest.send(nodes.second, 3 * frames.length, 1, Arrays.asList(frames));
    }

    /** It goes on as before: what was said would have been heard by now. */
    void assertUnmoved() {
      nodes.awaitAdvertisements(2, FROM_1);
      assertTrue(nodes.first.has(VIRTUAL), nodes::evidence);
      assertTrue(
          nodes.wire.advertisements(FROM_1.and(each -> !each.sourceMac().equals(FORGED))).stream()
              .allMatch(each -> each.priority() == 150),
          nodes::evidence);
    }

    void awaitStepsBack() {
      nodes.first.awaitHasNot(VIRTUAL);
    }

    long counted(String line) {
      return FloodLabTest.count(FloodLabTest.statistics(nodes.first, daemon), line);
    }

    @Override
    public void close() {
      nodes.close();
    }
  }

  @EachDaemon
  void priorityTagChangesNothing(DaemonKind kind) {
    try (Stage stage = new Stage(kind, "")) {
      stage.say(tagged());
      stage.awaitStepsBack();
    }
  }

  @EachDaemon
  void whatTheKernelDropsIsNotHeard(DaemonKind kind) {
    try (Stage stage = new Stage(kind, "")) {
      // a wrong header checksum does not get past the lab's switch, which looks at it, too
      stage.say(toAnotherMachine(), from(127, 0, 0, 1), from(255, 255, 255, 255));
      stage.assertUnmoved();
      if (kind == DaemonKind.JKEEPALIVED) {
        assertEquals(3, stage.counted("Frames for others"), stage.nodes::evidence);
        assertEquals(6, stage.counted("Impossible sources"), stage.nodes::evidence);
      }
      // on this very path
      stage.say(right());
      stage.awaitStepsBack();
    }
  }

  @EachDaemon
  void ownAddressIsNotBelieved(DaemonKind kind) {
    try (Stage stage = new Stage(kind, "")) {
      stage.say(from(192, 168, 32, 129));
      stage.assertUnmoved();
      if (kind == DaemonKind.JKEEPALIVED) {
        assertEquals(3, stage.counted("From own address"), stage.nodes::evidence);
        assertTrue(
            stage.daemon.log().contains("is it a copy of this machine?"), stage.nodes::evidence);
      }
    }
  }

  /** Ours alone; keepalived, which steps back, shows that it would be believed. */
  @EachDaemon
  void whoIsNotListedIsLeftInTheKernel(DaemonKind kind) {
    String list = "jkeepalived {\n allow_from {\n 192.168.32.130 10.0.0.0/8\n }\n}\n";
    if (kind == DaemonKind.KEEPALIVED) {
      try (Stage stage = new Stage(kind, "")) {
        stage.say(right());
        stage.awaitStepsBack();
      }
      return;
    }
    try (Stage stage = new Stage(kind, list)) {
      FloodLabTest.send(stage.nodes.second, 2_000, 1, List.of(right()));
      stage.assertUnmoved();
      Await.until(
          "all are counted",
          () -> stage.counted("Frames not allowed") == 2_000,
          stage.nodes::evidence);
      assertEquals(0, stage.counted("Not allowed"), stage.nodes::evidence);
      stage.say(from(192, 168, 32, 130));
      stage.awaitStepsBack();
    }
  }

  // ---- a flood for one that speaks to peers ----

  /** The same to one machine alone. */
  private static byte[] to(String mac, int[] address, byte[] frame) {
    byte[] changed = frame.clone();
    String[] parts = mac.split(":");
    for (int i = 0; i < 6; i++) {
      changed[i] = (byte) Integer.parseInt(parts[i], 16);
    }
    for (int i = 0; i < 4; i++) {
      changed[IP + 16 + i] = (byte) address[i];
    }
    return summed(changed);
  }

  @EachDaemon
  void floodOfStrangersDoesNotImpressPeers(DaemonKind kind) {
    int rate = kind == DaemonKind.KEEPALIVED ? 200 : 10_000;
    int[] second = {192, 168, 32, 130};
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.introduce();
      Node attacker = nodes.cluster.addNode("k3", DEVICE, ForgedAdvertisement.SOURCE + "/16");
      nodes.first.start(
          DaemonKind.KEEPALIVED, instance(150).with(PASSWORD).toPeers(ADDRESS_2).text());
      nodes.awaitFirstIsMasterAlone();
      StartedDaemon backup =
          nodes.second.start(
              kind,
              instance(100).with(PASSWORD).with("check_unicast_src").toPeers(ADDRESS_1).text());
      nodes.second.awaitListensToPeers();
      nodes.awaitAdvertisements(2, FROM_1);
      nodes.wire.skip();
      String mac = nodes.second.mac(DEVICE);
      FloodLabTest.send(
          attacker,
          rate,
          5,
          List.of(
              to(mac, second, right()),
              to(mac, second, ForgedAdvertisement.Fault.TRUNCATED.applied().frame()),
              to(mac, second, ForgedAdvertisement.Fault.VERSION.applied().frame())));
      nodes.awaitAdvertisements(2, FROM_1);
      assertTrue(nodes.wire.advertisements(FROM_2).isEmpty(), nodes::evidence);
      assertFalse(nodes.second.has(VIRTUAL), nodes::evidence);
      if (kind == DaemonKind.JKEEPALIVED) {
        String statistics = FloodLabTest.statistics(nodes.second, backup);
        assertTrue(FloodLabTest.count(statistics, "Unicast Source") > 1_000, statistics);
      }
      nodes.wire.skip();
      nodes.first.powerOff(DEVICE);
      nodes.awaitSecondIsMaster();
    }
  }

  // ---- checksums of version 3 ----

  /** keepalived 2.2.7 believes an old peer, and is not believed by it. */
  @EachDaemon
  void peerWithTheOldChecksumFindsItsMaster(DaemonKind kind) {
    if (kind == DaemonKind.KEEPALIVED) {
      return;
    }
    String[] three = {"version 3", "advert_int 0.5"};
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.introduce();
      nodes.second.start(
          DaemonKind.KEEPALIVED,
          instance(100).with(three).with("old_unicast_checksum").toPeers(ADDRESS_1).text());
      nodes.awaitSecondIsMaster();
      StartedDaemon master =
          nodes.first.start(kind, instance(150).with(three).toPeers(ADDRESS_2).text());
      nodes.awaitFirstIsMaster();
      nodes.awaitAdvertisements(4, FROM_1);
      assertTrue(nodes.wire.sinceSkip(FROM_2).isEmpty(), nodes::evidence);

      nodes.wire.skip();
      master.kill();
      nodes.awaitSecondIsMaster();
    }
  }

  @EachDaemon
  void oldChecksumIsMadeAsKeepalivedMakesIt(DaemonKind kind) {
    String[] old = {"version 3", "advert_int 0.5", "old_unicast_checksum"};
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.introduce();
      StartedDaemon master =
          nodes.first.start(kind, instance(150).with(old).toPeers(ADDRESS_2).text());
      nodes.second.start(DaemonKind.KEEPALIVED, instance(100).with(old).toPeers(ADDRESS_1).text());
      nodes.second.awaitListensToPeers();
      nodes.awaitFirstIsMaster();
      nodes.awaitAdvertisements(4, FROM_1);
      assertTrue(nodes.wire.sinceSkip(FROM_2).isEmpty(), nodes::evidence);
      assertTrue(
          nodes.wire.sinceSkip(FROM_1).stream().noneMatch(Advertisement::checksumValid),
          nodes::evidence);
      nodes.wire.skip();
      master.kill();
      nodes.awaitSecondIsMaster();
    }
  }
}
