package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Gratuitous ARP: how many, when, and how far apart. */
@Lab
final class AnnouncementLabTest {

  private static final long MILLI_NANOS = 1_000_000L;

  /**
   * Announcements with no advertisement of their master between them: sent at once, however long
   * the machine takes for it.
   *
   * @param before how many advertisements it has sent since the set before this one
   */
  record Burst(int before, int count) {}

  @EachDaemon
  void byDefaultFiveAndFiveMore(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(kind, instance(255).text());
      nodes.awaitFirstIsMaster();
      List<Burst> bursts = awaitBursts(nodes, 2);
      assertEquals(List.of(5, 5), counts(bursts), nodes::evidence);
      assertAdvertisementsBefore(bursts.get(1), 3, 6, nodes);
    }
  }

  @EachDaemon
  void countAndDelayAsConfigured(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(
          kind, instance(255).with("garp_master_repeat 3", "garp_master_delay 2").text());
      nodes.awaitFirstIsMaster();
      List<Burst> bursts = awaitBursts(nodes, 2);
      assertEquals(List.of(3, 3), counts(bursts), nodes::evidence);
      assertAdvertisementsBefore(bursts.get(1), 1, 3, nodes);
    }
  }

  @EachDaemon
  void refreshedWhileMaster(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(
          kind,
          instance(255)
              .with(
                  "garp_master_repeat 3",
                  "garp_master_delay 0",
                  "garp_master_refresh 2",
                  "garp_master_refresh_repeat 2")
              .text());
      nodes.awaitFirstIsMaster();
      List<Burst> bursts = awaitBursts(nodes, 4);
      assertEquals(List.of(3, 2, 2, 2), counts(bursts), nodes::evidence);
      // Refreshed with the advertisement that finds it due.
      for (Burst burst : bursts.subList(2, bursts.size())) {
        assertAdvertisementsBefore(burst, 1, 4, nodes);
      }
    }
  }

  @EachDaemon
  void oneEachWithMinGarp(DaemonKind kind) {
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(kind, "global_defs {\n vrrp_min_garp\n}\n" + instance(255).text());
      nodes.awaitFirstIsMaster();
      nodes.awaitAdvertisements(7, TwoNodes.FROM_1); // beyond the usual second time
      assertEquals(List.of(1), counts(bursts(nodes)), nodes::evidence);
    }
  }

  @EachDaemon
  void intervalKeepsThemApart(DaemonKind kind) {
    assumeTrue(kind != DaemonKind.KEEPALIVED, "keepalived 2.2.7 sends two of them, then no more");
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.start(
          kind,
          "global_defs {\n vrrp_garp_interval 1.5\n}\n"
              + instance(255).with("garp_master_repeat 4", "garp_master_delay 0").text());
      nodes.awaitFirstIsMaster();
      Await.until("four announcements", () -> announcements(nodes).size() >= 4, nodes::evidence);
      List<Arp> heard = announcements(nodes);
      for (int i = 1; i < 4; i++) {
        // One that is sent late is closer to the next one; without the setting all are sent at
        // once.
        assertTrue(
            Frame.nanosBetween(heard.get(i - 1), heard.get(i)) > 300 * MILLI_NANOS,
            nodes::evidence);
      }
    }
  }

  /** The link's port is opened only then: the announcements wait for it. */
  @EachDaemon
  void addressOnALinkThatOnlyAReloadNamesIsAnnouncedAtOnce(DaemonKind kind) {
    String other = "192.168.77.5";
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.first.attach("lan", "eth1", "192.168.77.1/24");
      nodes.first.awaitForwarding("eth1");
      // without a second set there is only the first to be seen
      InstanceBlock before = instance(255).with("garp_master_delay 0");
      StartedDaemon master = nodes.first.start(kind, before.text());
      nodes.awaitFirstIsMaster();
      nodes.first.configure(before.withAddresses(VIRTUAL + "/16", other + "/24 dev eth1").text());
      nodes.wire.skip();
      master.signal("HUP");
      String mac = nodes.first.mac("eth1");
      for (int i = 0; i < 5; i++) {
        nodes.wire.next(
            "announcement " + i + " of " + other,
            Arp.class,
            arp -> arp.announces(other) && arp.senderMac().equals(mac));
      }
    }
  }

  @EachPair
  void masterThatHearsALowerOneAnnouncesAgain(Pair pair) {
    String[] lines = {"garp_master_delay 0", "garp_lower_prio_repeat 2", "garp_lower_prio_delay 0"};
    try (TwoNodes nodes = new TwoNodes()) {
      nodes.second.deafen(InstanceBlock.DEVICE);
      nodes.first.start(pair.first(), instance(150).with(lines).text());
      nodes.awaitFirstIsMaster();
      nodes.wire.skip();
      nodes.second.start(pair.second(), instance(100).with(lines).text());
      nodes.awaitSecondIsMaster();
      nodes.awaitAnnouncementBy(nodes.first);
      nodes.awaitAnnouncementBy(nodes.first);
    }
  }

  private static List<Arp> announcements(TwoNodes nodes) {
    return nodes.wire.heard(Arp.class, arp -> arp.announces(VIRTUAL));
  }

  /** Waits for a number of bursts, and until the last of them is certainly over. */
  private static List<Burst> awaitBursts(TwoNodes nodes, int count) {
    Await.until("bursts: " + count, () -> bursts(nodes).size() >= count, nodes::evidence);
    nodes.awaitAdvertisements(1, TwoNodes.FROM_1);
    return bursts(nodes).subList(0, count);
  }

  private static List<Burst> bursts(TwoNodes nodes) {
    List<Burst> bursts = new ArrayList<>();
    int advertisements = 0;
    boolean goesOn = false;
    for (Frame frame : nodes.wire.heard(Frame.class, each -> true)) {
      if (frame instanceof Advertisement sent && TwoNodes.FROM_1.test(sent)) {
        advertisements++;
        goesOn = false;
      } else if (frame instanceof Arp arp && arp.announces(VIRTUAL)) {
        if (goesOn) {
          Burst last = bursts.remove(bursts.size() - 1);
          bursts.add(new Burst(last.before(), last.count() + 1));
        } else {
          bursts.add(new Burst(advertisements, 1));
        }
        goesOn = true;
        advertisements = 0;
      }
    }
    return bursts;
  }

  private static List<Integer> counts(List<Burst> bursts) {
    return bursts.stream().map(Burst::count).collect(Collectors.toList());
  }

  /** Counted in advertisements, one a second: a machine that is late is late with both. */
  private static void assertAdvertisementsBefore(Burst burst, int least, int most, TwoNodes nodes) {
    assertTrue(
        burst.before() >= least && burst.before() <= most,
        () -> burst + " instead of " + least + " to " + most + "\n" + nodes.evidence());
  }
}
