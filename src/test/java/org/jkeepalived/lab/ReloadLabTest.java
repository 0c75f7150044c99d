package org.jkeepalived.lab;

import static org.jkeepalived.lab.InstanceBlock.DEVICE;
import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.FROM_2;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** SIGHUP: what did not change is not disturbed. */
@Lab
final class ReloadLabTest {

  private static final String OTHER = "192.168.32.201";

  /** About 450 ms. */
  private static final int PAUSES_BETWEEN_RELOADS = 11;

  private static final Predicate<Advertisement> OF_VI_1 = each -> each.vrid() == 51;

  @EachDaemon
  void unchangedMasterStaysOnTime(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      // The second announcement, five seconds after the first, would be mistaken for a new one.
      StartedDaemon master =
          nodes.first.start(kind, instance(150).with("garp_master_delay 0").text());
      nodes.awaitFirstIsMaster();
      nodes.awaitAdvertisements(2, FROM_1);
      int announced = announcements(nodes);

      awaitAdvertisementsDuringReloads(nodes, master, () -> {});
      assertUndisturbed(nodes, master, announced);
    }
  }

  @EachDaemon
  void unchangedInstanceDoesNotNoticeThatAnotherIsAdded(DaemonKind kind) {
    InstanceBlock kept = instance(150).with("garp_master_delay 0");
    InstanceBlock added =
        InstanceBlock.of(150, OTHER + "/16").named("VI_2", 52).with("garp_master_delay 0");
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(kind, kept.text());
      nodes.awaitFirstIsMaster();
      nodes.awaitAdvertisements(2, FROM_1);
      int announced = announcements(nodes);

      nodes.first.configure(kept.text() + added.text());
      master.signal("HUP");
      nodes.first.awaitHas(OTHER);
      nodes.awaitAdvertisements(2, FROM_1.and(OF_VI_1.negate()));

      // and now the other one comes and goes all the time
      AtomicBoolean there = new AtomicBoolean(true);
      awaitAdvertisementsDuringReloads(
          nodes,
          master,
          () -> {
            boolean add = !there.getAndSet(!there.get());
            nodes.first.configure(kept.text() + (add ? added.text() : ""));
          });
      nodes.first.configure(kept.text() + added.text());
      master.signal("HUP");
      nodes.first.awaitHas(OTHER);

      nodes.first.configure(kept.text());
      nodes.wire.skip();
      master.signal("HUP");
      nodes.first.awaitHasNot(OTHER);
      nodes.wire.nextAdvertisement(
          "VI_2's farewell", FROM_1.and(OF_VI_1.negate()).and(each -> each.priority() == 0));
      nodes.awaitAdvertisements(2, FROM_1);
      assertUndisturbed(nodes, master, announced);
    }
  }

  @EachDaemon
  void masterWithAnotherNameIsNotDisturbed(DaemonKind kind) {
    InstanceBlock instance = instance(150).with("garp_master_delay 0");
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(kind, instance.text());
      nodes.awaitFirstIsMaster();
      nodes.awaitAdvertisements(2, FROM_1);
      int announced = announcements(nodes);

      nodes.first.configure(instance.named("OTHER", 51).text());
      master.signal("HUP");
      nodes.awaitAdvertisements(3, FROM_1);
      assertStaysMaster(nodes, announced);
    }
  }

  /** The node goes on as master; the other one must be told to speak that version, too. */
  @EachDaemon
  void masterThatSpeaksAnotherVersionStaysMaster(DaemonKind kind) {
    InstanceBlock instance = instance(150).with("garp_master_delay 0");
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(kind, instance.text());
      nodes.awaitFirstIsMaster();
      nodes.awaitAdvertisements(2, FROM_1);
      int announced = announcements(nodes);

      nodes.first.configure(instance.with("version 3").text());
      master.signal("HUP");
      nodes.wire.nextAdvertisement("version 3", FROM_1.and(each -> each.version() == 3));
      nodes.awaitAdvertisements(2, FROM_1);
      assertStaysMaster(nodes, announced);
    }
  }

  @EachDaemon
  void addressesChange(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(kind, instance(150).text());
      nodes.awaitFirstIsMaster();

      nodes.first.configure(instance(150).withAddresses(OTHER + "/16").text());
      master.signal("HUP");
      nodes.first.awaitHas(OTHER);
      nodes.first.awaitHasNot(VIRTUAL);
      nodes.wire.nextAdvertisement(
          "the new address", FROM_1.and(each -> each.addresses().equals(List.of(OTHER))));
    }
  }

  @EachPair
  void priorityChanges(Pair pair) {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(pair.first(), instance(150).text());
      nodes.second.start(pair.second(), instance(100).text());
      nodes.awaitFirstIsMaster();

      nodes.first.configure(instance(50).text());
      nodes.wire.skip();
      master.signal("HUP");
      nodes.awaitSecondIsMaster();
      nodes.first.awaitHasNot(VIRTUAL);
    }
  }

  /** It may be another machine's now: 2.4 removes it, as at the start; 2.2.7 leaves it there. */
  @Test
  void addressThatIsThereAlreadyAndBecomesABackupsIsRemoved() {
    String other = InstanceBlock.of(100, OTHER + "/32").named("VI_2", 52).text();
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(DaemonKind.KEEPALIVED, instance(150).text() + other);
      nodes.first.awaitHas(OTHER);
      StartedDaemon backup = nodes.second.start(DaemonKind.JKEEPALIVED, instance(100).text());
      nodes.second.awaitListensTo("224.0.0.18");
      nodes.second.ip("address", "add", OTHER + "/32", "dev", DEVICE);
      nodes.second.awaitHas(OTHER);

      nodes.second.configure(instance(100).text() + other.replace("priority 100", "priority 50"));
      backup.signal("HUP");
      nodes.second.awaitHasNot(OTHER);
      nodes.awaitAdvertisements(5, FROM_1.and(OF_VI_1.negate()));
      assertTrue(nodes.first.has(OTHER), nodes::evidence);
      assertTrue(nodes.wire.advertisements(FROM_2).isEmpty(), nodes::evidence);
    }
  }

  /** For a while the nodes' lists differ: 2.4 believes such an advertisement, 2.2.7 discards it. */
  @EachPair
  void addressIsAddedNodeByNode(Pair pair) {
    assumeTrue(pair.second() != DaemonKind.KEEPALIVED, "keepalived 2.2.7 goes MASTER as well");
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(pair.first(), instance(150).text());
      nodes.awaitFirstIsMasterAlone();
      StartedDaemon backup = nodes.second.start(pair.second(), instance(100).text());
      nodes.second.awaitListensTo("224.0.0.18");
      nodes.awaitAdvertisements(2, FROM_1);

      String more = instance(150).withAddresses(VIRTUAL + "/16", OTHER + "/16").text();
      nodes.first.configure(more);
      master.signal("HUP");
      nodes.first.awaitHas(OTHER);
      nodes.awaitAdvertisements(5, FROM_1); // longer than a master-down interval
      assertTrue(nodes.wire.advertisements(FROM_2).isEmpty(), nodes::evidence);

      nodes.second.configure(instance(100).withAddresses(VIRTUAL + "/16", OTHER + "/16").text());
      backup.signal("HUP");
      nodes.awaitAdvertisements(5, FROM_1);
      assertTrue(nodes.wire.advertisements(FROM_2).isEmpty(), nodes::evidence);

      nodes.first.powerOff(DEVICE);
      nodes.awaitSecondIsMaster();
      nodes.second.awaitHas(OTHER);
    }
  }

  @EachPair
  void backupStaysBackup(Pair pair) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(pair.first(), instance(150).text());
      StartedDaemon backup = nodes.second.start(pair.second(), instance(100).text());
      nodes.awaitFirstIsMaster();
      nodes.second.awaitListensTo("224.0.0.18");

      backup.signal("HUP");
      nodes.awaitAdvertisements(5, FROM_1); // longer than a master-down interval
      assertTrue(nodes.wire.sinceSkip(FROM_2).isEmpty(), nodes::evidence);
      nodes.second.awaitHasNot(VIRTUAL);

      nodes.wire.skip();
      nodes.first.powerOff(DEVICE);
      nodes.awaitSecondIsMaster();
    }
  }

  @EachDaemon
  void brokenFileLeavesTheOldConfigurationRunning(DaemonKind kind) {
    assumeTrue(kind != DaemonKind.KEEPALIVED, "keepalived 2.2.7 ends");
    try (TwoNodes nodes = new TwoNodes()) {
      InstanceBlock instance = instance(150).with("garp_master_delay 0");
      StartedDaemon master = nodes.first.start(kind, instance.text());
      nodes.awaitFirstIsMaster();
      nodes.awaitAdvertisements(2, FROM_1);
      int announced = announcements(nodes);

      nodes.first.configure(instance.text() + "\nvrrp_instance VI_2 {\n  interface {{{\n");
      master.signal("HUP");
      nodes.awaitAdvertisements(3, FROM_1);
      assertUndisturbed(nodes, master, announced);

      // Nor does a slip cost it its address, after which nothing of the file would be left.
      for (String slip :
          List.of(
              instance.text().replace("vrrp_instance", "vrrp_instnce"),
              instance.with("auth_hmac {\n  }").text())) {
        nodes.first.configure(slip);
        master.signal("HUP");
        nodes.awaitAdvertisements(3, FROM_1);
        assertUndisturbed(nodes, master, announced);
      }

      // And it still listens to the next one.
      nodes.first.configure(instance.withAddresses(VIRTUAL + "/16", OTHER + "/16").text());
      master.signal("HUP");
      nodes.first.awaitHas(OTHER);
      assertTrue(nodes.first.has(VIRTUAL));
    }
  }

  /**
   * The kernel's log is a regular file that ends for nobody: like a file system that does not
   * answer, it keeps whoever reads it.
   */
  @Test
  void stopComesThroughWhileTheFileIsBeingRead() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(DaemonKind.JKEEPALIVED, instance(150).text());
      nodes.awaitFirstIsMaster();

      nodes.first.configure(instance(150).text() + "\ninclude /proc/kmsg\n");
      master.signal("HUP");
      Await.until("it reads", () -> master.threads().contains("reload"), () -> master.log());
      nodes.awaitAdvertisements(2, FROM_1);
      master.signal("HUP");
      nodes.awaitAdvertisements(2, FROM_1);
      assertEquals(
          1, master.threads().stream().filter("reload"::equals).count(), "nothing piles up");

      nodes.wire.skip();
      assertEquals(0, master.stop(), master::log);
      nodes.wire.nextAdvertisement("the farewell", FROM_1.and(each -> each.priority() == 0));
      nodes.first.awaitHasNot(VIRTUAL);
    }
  }

  /** Somebody reloads again and again; each reading takes longer than the pause between two. */
  @Test
  void stopDoesNotWaitForReloadsThatWait() {
    String much = "include /etc/keepalived/much.conf\n".repeat(8);
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon master = nodes.first.start(DaemonKind.JKEEPALIVED, instance(150).text());
      nodes.awaitFirstIsMaster();

      nodes.first.write("etc/much.conf", "! a comment that takes its time\n".repeat(200_000));
      nodes.first.configure(instance(150).text() + much);
      for (int i = 0; i < 60; i++) {
        master.signal("HUP");
      }
      nodes.wire.skip();
      assertEquals(0, master.stop(), master::log);
      nodes.wire.nextAdvertisement("the farewell", FROM_1.and(each -> each.priority() == 0));
      nodes.first.awaitHasNot(VIRTUAL);
    }
  }

  private static int announcements(TwoNodes nodes) {
    return nodes.wire.heard(Arp.class, arp -> arp.announces(VIRTUAL)).size();
  }

  /**
   * Reloads twice a second until some advertisements were sent meanwhile. The interval is a second:
   * if a reload began it anew there would be none.
   */
  private static void awaitAdvertisementsDuringReloads(
      TwoNodes nodes, StartedDaemon master, Runnable beforeEach) {
    nodes.wire.skip();
    AtomicInteger pauses = new AtomicInteger();
    Await.until(
        "advertisements while it reloads",
        () -> {
          if (pauses.getAndIncrement() % PAUSES_BETWEEN_RELOADS == 0) {
            beforeEach.run();
            master.signal("HUP");
          }
          return nodes.wire.sinceSkip(FROM_1.and(OF_VI_1)).size() >= 4;
        },
        nodes::evidence);
  }

  /** The state was left for no moment, no farewell, not announced again, address where it was. */
  private static void assertUndisturbed(TwoNodes nodes, StartedDaemon master, int announced) {
    assertStaysMaster(nodes, announced);
    String stats =
        Reports.await(nodes, master, "USR2", "stats", text -> text.contains("Released master"));
    String ofTheFirst = stats.split("VRRP Instance: ")[1];
    assertTrue(ofTheFirst.startsWith("VI_1\n"), stats);
    assertTrue(ofTheFirst.contains("Became master: 1\n"), stats);
    assertTrue(ofTheFirst.contains("Released master: 0\n"), stats);
  }

  /** No farewell, not announced again, address where it was. */
  private static void assertStaysMaster(TwoNodes nodes, int announced) {
    List<Advertisement> sent = nodes.wire.advertisements(FROM_1.and(OF_VI_1));
    assertTrue(sent.stream().allMatch(each -> each.priority() == 150), nodes::evidence);
    assertTrue(nodes.first.has(VIRTUAL), nodes::evidence);
    assertEquals(announced, announcements(nodes), nodes::evidence);
  }
}
