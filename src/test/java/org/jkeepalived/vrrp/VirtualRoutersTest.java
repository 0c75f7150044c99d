package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.TestMachine.Seen;
import org.junit.jupiter.api.Test;

/** Whole sets of virtual routers on links: packets, ports, sources, reloads, our own failures. */
class VirtualRoutersTest {

  private static final byte[] OTHER_MAC = {2, 0, 0, 0, 0, 2};

  private RoutersRig rig = make();
  private VirtualRouters routers = rig.routers();

  private RoutersRig make(VrrpInstance... instances) {
    rig = new RoutersRig(TestConfiguration.of(instances));
    routers = rig.routers();
    return rig;
  }

  // ---- packets ----

  /** It is about to be replaced, and on the wire it is the master until then. */
  @Test
  void aMasterOfLowerPriorityIsKnownToo() {
    VrrpInstance instance = on("eth0", "A", 51, "10.0.0.51");
    run(instance);
    assertEquals(Optional.empty(), rig.router("A").master());
    rig.receive(1, instance, 50);
    assertEquals(State.BACKUP, rig.state("A"));
    assertEquals(Optional.of(50), rig.router("A").master().map(ReceivedAdvertisement::priority));
    rig.receive(1, instance, 150);
    assertEquals(Optional.of(150), rig.router("A").master().map(ReceivedAdvertisement::priority));
    assertFalse(rig.router("A").isKnownMaster(TestInstance.address("10.0.0.99")));
  }

  @Test
  void packetGoesToTheRouterOfItsLinkGroupAndVrid() {
    VrrpInstance first = on("eth0", "A", 51, "10.0.0.51");
    VrrpInstance second = on("eth0", "B", 52, "10.0.0.52");
    VrrpInstance elsewhere = on("eth1", "C", 51, "10.0.1.51");
    VrrpInstance otherGroup = inGroup(on("eth0", "D", 51, "10.0.0.61"), "224.0.0.99");
    run(first, second, elsewhere, otherGroup);

    receive(1, first);
    assertEquals(List.of(1L, 0L, 0L, 0L), rig.received());
    receive(2, elsewhere);
    assertEquals(List.of(1L, 0L, 1L, 0L), rig.received());
    receive(1, otherGroup);
    assertEquals(List.of(1L, 0L, 1L, 1L), rig.received());
    receive(1, second);
    assertEquals(List.of(1L, 1L, 1L, 1L), rig.received());
    assertEquals(0, routers.get(VirtualRouters.Stray.UNKNOWN_VRID));
  }

  @Test
  void packetOfNobodyIsCounted() {
    VrrpInstance here = on("eth0", "A", 51, "10.0.0.51");
    run(here);
    receive(1, here);
    assertEquals(List.of(1L), rig.received());

    receive(1, on("eth0", "X", 99, "10.0.0.99"));
    receive(1, inGroup(here, "224.0.0.77"));
    receive(7, here);
    assertEquals(3, routers.get(VirtualRouters.Stray.UNKNOWN_VRID));
    assertEquals(List.of(1L), rig.received());
  }

  // ---- floods ----

  private void receiveFrom(String source, VrrpInstance like, int priority) {
    byte[] frame = new SentFrames(like, OTHER_MAC, TestInstance.address(source)).next(priority);
    routers.received(1, frame, RoutersRig.IP_AT, frame.length);
  }

  @Test
  void floodOfLowerPrioritiesIsNotAnsweredPacketByPacket() {
    VrrpInstance master = TestInstance.of("name=A", "priority=200");
    run(master);
    rig.fireTimersUntil(State.MASTER);
    rig.machine().forget();
    for (int i = 0; i < 2_000; i++) {
      receiveFrom("10.0.0.25" + i % 2, master, i % 3 == 0 ? 0 : 50 + i % 7);
    }
    assertEquals(10, rig.machine().seen(Seen.SENT).size());
    assertTrue(rig.machine().seen(Seen.ANNOUNCED).size() <= 10);
    int lines = rig.machine().seen(Seen.LOGGED).size();
    assertTrue(lines > 0 && lines <= 20, () -> lines + " lines");
    assertEquals(2_000L, rig.received().get(0));
  }

  @Test
  void floodOfAllThatCanBeWrongIsToldOfInAFewLines() {
    VrrpInstance here = TestInstance.of("name=A", "priority=200", "version=3");
    run(here);
    rig.machine().forget();
    VrrpInstance plain = TestInstance.of("version=3", "v3_checksum_as_v2");
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 100; i++) {
        receiveFrom("10.0.0." + (100 + i), i % 2 == 0 ? here : plain, 201 + i % 9);
        receiveFrom("10.0.0.99", i % 2 == 0 ? here : plain, 201);
        receiveFrom("10.0.0.98", TestInstance.of("vrid=51"), 201);
        receiveFrom("10.0.0.97", TestInstance.of("version=3", "addresses=10.9.9." + i), 201);
      }
      rig.advance(1);
    }
    int lines = rig.machine().seen(Seen.LOGGED).size();
    assertTrue(lines > 10 && lines <= 41, () -> lines + " lines");
  }

  /** What is as it should be is never kept back: two that cannot hear us, an hour long. */
  @Test
  void neighboursThatGoOnAreAnsweredEachTime() {
    VrrpInstance master = TestInstance.of("name=A", "priority=200");
    run(master);
    rig.fireTimersUntil(State.MASTER);
    for (int second = 0; second < 3_600; second++) {
      rig.machine().forget();
      receiveFrom("10.0.0.250", master, 50);
      receiveFrom("10.0.0.251", master, 60);
      assertEquals(2, rig.machine().seen(Seen.SENT).size());
      rig.advance(1);
    }
  }

  // ---- who may speak ----

  @Test
  void thoseThatMayNotSpeakAreCountedAndNotBelieved() {
    VrrpInstance listed = TestInstance.of("name=A", "allow_from=10.0.0.240/28");
    run(listed, TestInstance.of("name=B", "vrid=52"));
    receive(1, listed);
    assertEquals(List.of(1L, 0L), rig.received());

    VrrpInstance closed = TestInstance.of("name=A", "allow_from=10.0.0.0/25");
    reload(closed, TestInstance.of("name=B", "vrid=52"));
    receive(1, closed);
    assertEquals(List.of(1L, 0L), rig.received());
    assertEquals(1, rig.router("A").statistics().get(Discard.NOT_ALLOWED));
    receive(1, TestInstance.of("vrid=52"));
    assertEquals(List.of(1L, 1L), rig.received());
  }

  @Test
  void packetThatIsTooShortIsCounted() {
    VrrpInstance here = on("eth0", "A", 51, "10.0.0.51");
    run(here);
    byte[] frame = new SentFrames(here, OTHER_MAC, TestInstance.address("10.0.0.250")).next(200);
    routers.received(1, frame, RoutersRig.IP_AT, frame.length);
    assertEquals(0, routers.get(VirtualRouters.Stray.TRUNCATED));

    frame[RoutersRig.IP_AT + 3] = 22; // the IP header's total length
    SentFrames.sumHeader(frame);
    routers.received(1, frame, RoutersRig.IP_AT, RoutersRig.IP_AT + 22);
    assertEquals(1, routers.get(VirtualRouters.Stray.TRUNCATED));
    assertEquals(List.of(1L), rig.received());
  }

  // ---- what an advertisement says otherwise ----

  /** Two masters would be worse: it is told of, counted, and believed. */
  @Test
  void listThatDiffersIsBelieved() {
    run(on("eth0", "A", 51, "10.0.0.51"));
    VrrpInstance more =
        TestInstance.of("vrid=51", "addresses=10.0.0.51,10.0.0.52", "interface=eth0");
    for (int i = 0; i < 30; i++) {
      receive(1, more);
      rig.advance(1);
    }
    assertEquals(State.BACKUP, rig.state("A"));
    assertEquals(List.of(30L), rig.received());
    assertEquals(30, statistics("A").get(Discard.StatisticsLine.ADDRESS_LIST));
    assertEquals(
        List.of("(A) expected 1 VIPs but received 2 (from 10.0.0.250)"),
        rig.machine().seen(Seen.LOGGED).stream().filter(line -> line.contains("VIPs")).toList());

    VrrpInstance other = TestInstance.of("vrid=51", "addresses=10.0.0.77", "interface=eth0");
    rig.machine().forget();
    receive(1, other);
    assertEquals(
        List.of(
            "(A) ip address associated with VRID 51 not present in MASTER advert: 10.0.0.51"
                + " (from 10.0.0.250)"),
        rig.machine().drain(Seen.LOGGED));
    rig.advance(60);
    receive(1, other);
    assertEquals(State.BACKUP, rig.state("A"), "a master again, once it was heard");
  }

  @Test
  void intervalThatDiffersIsToldOfAndLearnt() {
    run(TestInstance.of("name=A", "vrid=51", "addresses=10.0.0.51", "version=3", "advert=0.5"));
    rig.machine().forget();
    VrrpInstance slow = TestInstance.of("vrid=51", "addresses=10.0.0.51", "version=3", "advert=7");
    receive(1, slow);
    receive(1, slow);
    assertEquals(
        List.of(
            "(A) advertisement interval mismatch ours = 50 centi-sec rcv'd=700 centi-sec"
                + " (from 10.0.0.250)"),
        rig.machine().drain(Seen.LOGGED));
    rig.advance(21);
    assertEquals(State.BACKUP, rig.state("A"));
    assertEquals(0, statistics("A").get(Discard.StatisticsLine.INTERVAL));
    rig.advance(5);
    assertEquals(State.MASTER, rig.state("A"));
  }

  private Statistics statistics(String name) {
    return rig.router(name).statistics();
  }

  // ---- links and ports ----

  @Test
  void routerIsInFaultUntilItsPortIsOpen() {
    make(on("eth0", "A", 51, "10.0.0.51"));
    routers.links().linkChanged(TestLinks.up(1, "eth0"));
    routers.links().addressAdded(TestLinks.address(1, "10.0.0.1"));
    assertFalse(routers.portsAnswered());
    routers.links().resynchronised();
    assertFalse(routers.portsAnswered());
    assertEquals(Set.of(Fault.LINK_DOWN), rig.faults("A"));
    routers.portOpened(1);
    assertTrue(routers.portsAnswered());
    assertEquals(Set.of(), rig.faults("A"));
    routers.start();
    assertEquals(State.BACKUP, rig.state("A"));
  }

  @Test
  void portThatFailsIsAFaultAndIsAskedForAgain() {
    make(on("eth0", "A", 51, "10.0.0.51"));
    routers.links().linkChanged(TestLinks.up(1, "eth0"));
    routers.links().addressAdded(TestLinks.address(1, "10.0.0.1"));
    routers.links().resynchronised();
    routers.portFailed(1, "no memory");
    assertTrue(routers.portsAnswered());
    routers.start();
    assertEquals(State.FAULT, rig.state("A"));
    assertEquals("no memory", rig.router("A").faults().get(Fault.LINK_UNUSABLE));

    rig.machine().forget();
    routers.retryPorts();
    assertEquals(List.of("open 1 [224.0.0.18] 1"), ports());
    assertEquals(State.FAULT, rig.state("A"));
    routers.portOpened(1);
    assertEquals(State.BACKUP, rig.state("A"));
  }

  @Test
  void linkThatGoesDownAndUpKeepsItsPort() {
    run(on("eth0", "A", 51, "10.0.0.51"));
    routers.links().linkChanged(TestLinks.noCarrier(1, "eth0"));
    assertEquals(State.FAULT, rig.state("A"));
    assertEquals(Set.of(Fault.LINK_DOWN), rig.faults("A"));
    routers.links().linkChanged(TestLinks.up(1, "eth0"));
    assertEquals(State.BACKUP, rig.state("A"));
    assertFalse(ports().contains("close 1"));
  }

  @Test
  void linkThatIsDeletedAndMadeAgainHasAPortUnderItsNewIndex() {
    VrrpInstance here = on("eth0", "A", 51, "10.0.0.51");
    run(here);
    routers.links().addressRemoved(TestLinks.address(1, "10.0.0.1"));
    assertEquals(Set.of(Fault.NO_SOURCE_ADDRESS), rig.faults("A"));
    routers.links().linkRemoved(TestLinks.up(1, "eth0"));
    assertEquals(Set.of(Fault.INTERFACE_MISSING), rig.faults("A"));
    assertTrue(ports().contains("close 1"));

    routers.links().linkChanged(TestLinks.up(8, "eth0"));
    routers.portOpened(1);
    assertEquals(State.FAULT, rig.state("A"), "an answer for the old one");
    routers.links().addressAdded(TestLinks.address(8, "10.0.0.1"));
    routers.portOpened(8);
    assertEquals(State.BACKUP, rig.state("A"));
    receive(8, here);
    receive(1, here);
    assertEquals(List.of(1L), rig.received());
  }

  @Test
  void linksThatSwapTheirNamesSwapTheirRouters() {
    VrrpInstance a = on("eth0", "A", 51, "10.0.0.51");
    VrrpInstance b = on("eth1", "B", 52, "10.0.1.52");
    run(a, b);
    rig.machine().forget();

    routers.links().linkChanged(TestLinks.up(1, "tmp"));
    assertEquals(Set.of(Fault.INTERFACE_MISSING), rig.faults("A"));
    assertEquals(Set.of(), rig.faults("B"));
    routers.links().linkChanged(TestLinks.up(2, "eth0"));
    assertEquals(Set.of(Fault.INTERFACE_MISSING), rig.faults("B"));
    routers.links().linkChanged(TestLinks.up(1, "eth1"));
    assertEquals(
        List.of("close 1", "close 2", "open 2 [224.0.0.18] 1", "open 1 [224.0.0.18] 1"), ports());
    routers.portOpened(1);
    routers.portOpened(2);
    assertEquals(State.BACKUP, rig.state("A"));
    assertEquals(State.BACKUP, rig.state("B"));
    receive(2, a);
    receive(1, b);
    assertEquals(List.of(1L, 1L), rig.received());
  }

  @Test
  void linkThatIsNoEthernetNeedsAPortToo() {
    VrrpInstance onTunnel = on("tun0", "T", 51, "10.0.9.51");
    make(onTunnel, on("eth0", "A", 51, "10.0.0.51"));
    routers.links().linkChanged(TestLinks.tunnel(9, "tun0"));
    routers.links().addressAdded(TestLinks.address(9, "10.0.9.1"));
    routers.links().linkChanged(TestLinks.up(1, "eth0"));
    routers.links().addressAdded(TestLinks.address(1, "10.0.0.1"));
    routers.links().resynchronised();
    routers.portOpened(1);
    routers.start();
    assertEquals(Set.of(Fault.LINK_DOWN), rig.faults("T"));
    assertEquals(State.BACKUP, rig.state("A"));
    routers.portFailed(9, "no");
    assertEquals(Set.of(Fault.LINK_UNUSABLE), rig.faults("T"));
    routers.portOpened(9);
    assertEquals(State.BACKUP, rig.state("T"));
  }

  @Test
  void sourceIsTheFirstAddressThatIsNobodysVirtualOne() {
    make(on("eth0", "A", 51, "10.0.0.51"));
    routers.links().linkChanged(TestLinks.up(1, "eth0"));
    routers.links().addressAdded(TestLinks.address(1, "10.0.0.51"));
    routers.links().resynchronised();
    routers.portOpened(1);
    assertEquals(Set.of(Fault.NO_SOURCE_ADDRESS), rig.faults("A"));
    routers.links().addressAdded(TestLinks.address(1, "10.0.0.7"));
    assertEquals(Set.of(), rig.faults("A"));
    assertEquals("10.0.0.7", rig.router("A").source().orElseThrow().getHostAddress());

    routers.links().addressAdded(TestLinks.address(1, "10.0.0.8"));
    routers.links().addressAdded(TestLinks.address(1, "10.0.0.9"));
    routers.links().addressRemoved(TestLinks.address(1, "10.0.0.8"));
    assertEquals("10.0.0.7", rig.router("A").source().orElseThrow().getHostAddress());
    routers.links().addressRemoved(TestLinks.address(1, "10.0.0.7"));
    assertEquals("10.0.0.9", rig.router("A").source().orElseThrow().getHostAddress());
    routers.links().addressRemoved(TestLinks.address(1, "10.0.0.9"));
    assertEquals(Set.of(Fault.NO_SOURCE_ADDRESS), rig.faults("A"));
  }

  @Test
  void masterWhoseHardwareAddressChangesAnnouncesAgain() {
    run(on("eth0", "A", 51, "10.0.0.51"));
    rig.advance(10);
    assertEquals(State.MASTER, rig.state("A"));
    rig.machine().forget();
    routers.links().linkChanged(TestLinks.up(1, "eth0"));
    assertEquals(List.of(), rig.machine().seen(Seen.ANNOUNCED));
    routers.links().linkChanged(TestLinks.up(1, "eth0", OTHER_MAC));
    assertEquals(List.of("A"), rig.machine().seen(Seen.ANNOUNCED));
  }

  // ---- reload ----

  @Test
  void reloadDoesNotDisturbOthersOnTheSameLink() {
    VrrpInstance kept = on("eth0", "A", 51, "10.0.0.51");
    run(kept, on("eth0", "B", 52, "10.0.0.52"));
    rig.advance(10);
    rig.machine().forget();
    RunningRouter before = rig.running("A");
    long deadline = before.protocolDeadlineNanos().orElseThrow();

    reload(kept, on("eth0", "C", 53, "10.0.0.53"));
    assertEquals(
        List.of("eth0 says 0", "-10.0.0.52"),
        rig.machine().seen(Seen.SENT, Seen.KERNEL),
        "the farewell");
    assertSame(before, rig.running("A"));
    assertEquals(State.MASTER, rig.state("A"));
    assertEquals(deadline, before.protocolDeadlineNanos().orElseThrow());
    assertEquals(State.BACKUP, rig.state("C"));
    assertFalse(ports().contains("close 1"));
  }

  @Test
  void changedRouterKeepsItsStateAndItsBeat() {
    run(on("eth0", "A", 51, "10.0.0.51"));
    rig.advance(10);
    RunningRouter before = rig.running("A");
    long deadline = before.protocolDeadlineNanos().orElseThrow();
    reload(TestInstance.of("name=A", "vrid=51", "addresses=10.0.0.51", "garp_master_refresh=60"));
    assertSame(before, rig.running("A"));
    assertEquals(State.MASTER, rig.state("A"));
    assertEquals(deadline, before.protocolDeadlineNanos().orElseThrow());
  }

  @Test
  void newGroupOnAnOpenLinkIsAskedForAndHeard() {
    VrrpInstance a = on("eth0", "A", 51, "10.0.0.51");
    run(a);
    rig.machine().forget();
    VrrpInstance further = inGroup(on("eth0", "B", 51, "10.0.0.61"), "224.0.0.99");
    reload(a, further);
    assertEquals(List.of("open 1 [224.0.0.18, 224.0.0.99] 2"), ports());
    assertEquals(State.BACKUP, rig.state("B"));
    receive(1, further);
    assertEquals(List.of(0L, 1L), rig.received());

    reload(a);
    receive(1, further);
    assertEquals(1, routers.get(VirtualRouters.Stray.UNKNOWN_VRID));
  }

  @Test
  void reloadToALinkThatIsNewWaitsForItsPort() {
    VrrpInstance a = on("eth0", "A", 51, "10.0.0.51");
    run(a);
    routers.links().linkChanged(TestLinks.up(2, "eth1"));
    routers.links().addressAdded(TestLinks.address(2, "10.0.1.1"));
    reload(a, on("eth1", "B", 51, "10.0.1.51"));
    assertEquals(Set.of(Fault.LINK_DOWN), rig.faults("B"));
    routers.portOpened(2);
    assertEquals(State.BACKUP, rig.state("B"));
  }

  @Test
  void linkThatNobodyMentionsAnyMoreIsClosed() {
    VrrpInstance a = on("eth0", "A", 51, "10.0.0.51");
    run(a, on("eth1", "B", 51, "10.0.1.51"));
    reload(a);
    assertTrue(ports().contains("close 2"));
    assertFalse(ports().contains("close 1"));
  }

  @Test
  void reloadTellsOfWhatItRemovesAndOfNothingElse() {
    VrrpInstance a = on("eth0", "A", 51, "10.0.0.51");
    run(a, on("eth0", "B", 52, "10.0.0.52"));
    rig.advance(10);
    rig.machine().forget();
    reload(a);
    reload(a);
    assertEquals(List.of("B DELETED 100"), rig.machine().seen(Seen.TOLD));
  }

  @Test
  void reloadBeforeTheStartStartsNothing() {
    make(on("eth0", "A", 51, "10.0.0.51"));
    rig.bring(1, "eth0", "10.0.0.1");
    routers.links().resynchronised();
    routers.portOpened(1);
    reload(on("eth0", "B", 52, "10.0.0.52"));
    assertEquals(State.INIT, rig.state("B"));
    routers.start();
    assertEquals(State.BACKUP, rig.state("B"));
  }

  @Test
  void sameNameWithAnotherVridIsAnotherRouter() {
    run(on("eth0", "A", 51, "10.0.0.51"));
    rig.advance(10);
    RunningRouter before = rig.running("A");
    reload(on("eth0", "A", 52, "10.0.0.51"));
    assertTrue(before != rig.running("A"));
    assertEquals(State.INIT, before.router().state());
    assertEquals(State.BACKUP, rig.state("A"));
    receive(1, on("eth0", "X", 52, "10.0.0.51"));
    assertEquals(List.of(1L), rig.received());
  }

  /** Link, group and VRID are what it is; the name is what it is called. */
  @Test
  void renamedRouterStaysMasterAndKeepsItsStatistics() {
    run(on("eth0", "A", 51, "10.0.0.51"));
    rig.advance(10);
    RunningRouter before = rig.running("A");
    long deadline = before.protocolDeadlineNanos().orElseThrow();
    rig.machine().forget();

    reload(on("eth0", "NEW", 51, "10.0.0.51"));
    assertSame(before, rig.running("NEW"));
    assertEquals(Map.of("NEW", State.MASTER), rig.states());
    assertEquals(List.of(), rig.machine().seen(Seen.SENT, Seen.KERNEL, Seen.ANNOUNCED, Seen.TOLD));
    assertEquals(deadline, before.protocolDeadlineNanos().orElseThrow());
    assertEquals(1, statistics("NEW").get(Counter.BECAME_MASTER));
    receive(1, on("eth0", "X", 51, "10.0.0.51"));
    assertEquals(List.of(1L), rig.received());
    assertEquals(List.of("NEW BACKUP 100"), rig.machine().seen(Seen.TOLD));
  }

  @Test
  void routersThatSwapTheirNamesStayWhatTheyAre() {
    run(on("eth0", "A", 51, "10.0.0.51"), on("eth0", "B", 52, "10.0.0.52"));
    receive(1, on("eth0", "A", 51, "10.0.0.51"));
    RunningRouter of51 = rig.running("A");
    RunningRouter of52 = rig.running("B");
    reload(on("eth0", "B", 51, "10.0.0.51"), on("eth0", "A", 52, "10.0.0.52"));
    assertSame(of51, rig.running("B"));
    assertSame(of52, rig.running("A"));
    assertEquals(
        List.of("A RENAMED 100", "B RENAMED 100", "B BACKUP 100", "A BACKUP 100"),
        rig.machine().seen(Seen.RENAMED));
    assertEquals(List.of(1L, 0L), rig.received());
  }

  /** The others must change as well, and whoever is master goes on as master until then. */
  @Test
  void masterThatSpeaksAnotherVersionStaysMaster() {
    run(TestInstance.of("name=A", "addresses=10.0.0.51"));
    rig.advance(10);
    rig.machine().forget();
    VrrpInstance third = TestInstance.of("name=A", "addresses=10.0.0.51", "version=3");
    reload(third);
    assertEquals(State.MASTER, rig.state("A"));
    assertEquals(List.of("eth0 says 100"), rig.machine().seen(Seen.SENT, Seen.KERNEL, Seen.TOLD));
    receive(1, TestInstance.of("addresses=10.0.0.51"));
    assertEquals(1, statistics("A").get(Discard.VERSION));
    receive(1, third);
    assertEquals(State.BACKUP, rig.state("A"));
  }

  /** What was learnt of a master of version 3 is nothing to go by in version 2, nor the reverse. */
  @Test
  void backupThatSpeaksAnotherVersionGoesByItsOwnInterval() {
    run(TestInstance.of("name=A", "addresses=10.0.0.51", "version=3"));
    receive(1, TestInstance.of("addresses=10.0.0.51", "version=3", "advert=7"));
    assertEquals(25_265_625_000L, rig.router("A").masterDownNanos());
    reload(TestInstance.of("name=A", "addresses=10.0.0.51", "version=2"));
    assertEquals(3_609_375_000L, rig.router("A").masterDownNanos());
    receive(1, TestInstance.of("addresses=10.0.0.51"));
    reload(TestInstance.of("name=A", "addresses=10.0.0.51", "version=3", "advert=0.1"));
    assertEquals(360_937_500L, rig.router("A").masterDownNanos());
  }

  // ---- failures of our own ----

  @Test
  void failureCostsTheOneInstance() {
    run(on("eth0", "A", 51, "10.0.0.51"), on("eth0", "B", 52, "10.0.0.52"));
    rig.machine().breakKernelFor("A");
    rig.fireNextTimer();
    rig.machine().repairKernel();
    rig.advance(10);
    assertEquals(Map.of("A", State.FAULT, "B", State.MASTER), rig.states());
    routers.stop(true);
    assertEquals(2, rig.count(State.INIT));
  }

  // ---- words ----

  private void run(VrrpInstance... instances) {
    make(instances);
    rig.bring(1, "eth0", "10.0.0.1");
    if (Arrays.stream(instances).anyMatch(each -> each.key().interfaceName().equals("eth1"))) {
      rig.bring(2, "eth1", "10.0.1.1");
    }
    routers.links().resynchronised();
    routers.portOpened(1);
    routers.portOpened(2);
    routers.start();
    assertEquals(instances.length, rig.count(State.BACKUP), "all are ready");
  }

  private void reload(VrrpInstance... instances) {
    rig.reload(TestConfiguration.of(instances));
  }

  private void receive(int linkIndex, VrrpInstance from) {
    rig.receive(linkIndex, from, 200);
  }

  private List<String> ports() {
    return rig.machine().seen(Seen.PORTS);
  }

  private static VrrpInstance on(String link, String name, int vrid, String address) {
    return TestInstance.of(
        "interface=" + link, "name=" + name, "vrid=" + vrid, "addresses=" + address);
  }

  private static VrrpInstance inGroup(VrrpInstance instance, String group) {
    return instance.key(
        new VrrpInstance.Key(
            instance.key().interfaceName(),
            TestInstance.address(group),
            instance.key().virtualRouterId()));
  }
}
