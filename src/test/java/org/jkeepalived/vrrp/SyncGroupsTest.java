package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.TestMachine.Seen;
import org.junit.jupiter.api.Test;

/** Groups of virtual routers on links: what the kernel, the wire and the listeners see of them. */
class SyncGroupsTest {

  private static final VrrpInstance A = on("eth0", "A", 51);
  private static final VrrpInstance B = on("eth1", "B", 52);
  private static final VrrpInstance C = on("eth2", "C", 53);
  private static final SyncGroup A_B = group("A", "B");
  private static final SyncGroup A_B_C = group("A", "B", "C");

  private RoutersRig rig = new RoutersRig(TestConfiguration.of());

  // ---- transitions ----

  @Test
  void takesOverInOneTurnAndTellsOfTheGroupLast() {
    run(List.of(A_B), A, B);
    assertEquals(List.of("VG BACKUP 0", "A BACKUP 100", "B BACKUP 100"), drain());
    rig.fireTimersUntil(State.MASTER);
    assertEquals(
        List.of(
            "eth1 says 100",
            "+10.0.0.52",
            "B MASTER 100",
            "eth0 says 100",
            "+10.0.0.51",
            "A MASTER 100",
            "VG MASTER 0"),
        drain());
  }

  @Test
  void oneLinkDownIsAFaultOfAll() {
    master(List.of(A_B), A, B);
    link(0, false);
    assertEquals(
        List.of(
            "eth0 says 0",
            "-10.0.0.51",
            "A FAULT 100",
            "eth1 says 0",
            "-10.0.0.52",
            "B FAULT 100",
            "VG FAULT 0"),
        drain());
    link(1, false);
    link(0, true);
    link(1, true);
    assertEquals(List.of("B BACKUP 100", "A BACKUP 100", "VG BACKUP 0"), drain());
  }

  @Test
  void betterMasterOfOneEndsAll() {
    master(List.of(A_B), A, B);
    rig.receive(1, B, 200);
    assertEquals(
        List.of(
            "eth1 says 100",
            "-10.0.0.52",
            "B BACKUP 100",
            "eth0 says 0",
            "-10.0.0.51",
            "A BACKUP 100",
            "VG BACKUP 0"),
        drain());
  }

  @Test
  void stopsWithTheGroupLast() {
    master(List.of(A_B), A, B);
    rig.routers().stop(true);
    assertEquals(
        List.of(
            "eth0 says 0",
            "-10.0.0.51",
            "A STOP 100",
            "eth1 says 0",
            "-10.0.0.52",
            "B STOP 100",
            "VG STOP 0"),
        drain());
  }

  @Test
  void othersAreNotConcerned() {
    run(List.of(group("A")), A, B);
    link(0, false);
    assertEquals(Map.of("A", State.FAULT, "B", State.BACKUP), rig.states());
    rig.fireTimersUntil(State.MASTER);
    assertEquals(Map.of("A", State.FAULT, "B", State.MASTER), rig.states());
  }

  // ---- failures of our own ----

  @Test
  void failureInOneIsAFaultOfAll() {
    run(List.of(A_B), A, B);
    drain();
    rig.machine().breakKernelFor("A");
    rig.fireTimersUntil(State.FAULT);
    assertEquals(Map.of("A", State.FAULT, "B", State.FAULT), rig.states());
    assertTrue(seen().contains("-10.0.0.52"), () -> "" + seen());
  }

  @Test
  void oneThatDoesNothingAnyMoreHoldsTheOthersInFault() {
    master(List.of(A_B), A, B);
    rig.machine().breakKernelFor("A");
    link(0, false);
    assertEquals(State.FAULT, rig.states().get("B"));
    assertTrue(seen().containsAll(List.of("-10.0.0.51", "-10.0.0.52")), () -> "" + seen());
  }

  // ---- reload ----

  @Test
  void memberOnALinkThatIsOnlyOpenedDisturbsNobody() {
    master(List.of(A_B), A, B);
    bring(2);
    reload(List.of(A_B_C), A, B, C);
    assertEquals(List.of(), drain());
    rig.routers().portOpened(2);
    assertEquals(List.of("C BACKUP 100"), drain());
    rig.fireTimersUntil(State.MASTER);
    assertEquals(Map.of("A", State.MASTER, "B", State.MASTER, "C", State.MASTER), rig.states());
    assertTrue(drain().stream().noneMatch(line -> line.startsWith("VG")));
  }

  @Test
  void memberThatWaitsForItsLinkOutlivesAReload() {
    master(List.of(A_B), A, B);
    bring(2);
    reload(List.of(A_B_C), A, B, C);
    reload(List.of(A_B_C), A, B, TestInstance.of("interface=eth2", "name=C", "vrid=53"));
    assertEquals(List.of(), drain());
    rig.routers().portOpened(2);
    assertEquals(List.of("C BACKUP 100"), drain());
  }

  @Test
  void memberOnALinkThatCannotBeOpenedIsAFault() {
    master(List.of(A_B), A, B);
    bring(2);
    reload(List.of(A_B_C), A, B, C);
    rig.routers().portFailed(2, "for the test");
    assertTrue(allAre(State.FAULT), () -> "" + rig.states());
  }

  @Test
  void memberOnALinkThatIsGoneBeforeItWasOpenedIsAFault() {
    master(List.of(A_B), A, B);
    bring(2);
    reload(List.of(A_B_C), A, B, C);
    rig.routers().links().linkRemoved(TestLinks.up(2, "eth2"));
    assertTrue(allAre(State.FAULT), () -> "" + rig.states());
  }

  @Test
  void memberThatIsGoneAgainBeforeItsLinkIsOpenIsForgotten() {
    master(List.of(A_B), A, B);
    bring(2);
    reload(List.of(A_B_C), A, B, C);
    reload(List.of(A_B), A, B);
    assertTrue(rig.machine().seen(Seen.PORTS).contains("close 2"));
    assertEquals(List.of("C DELETED 100"), drain());
    assertEquals(Map.of("A", State.MASTER, "B", State.MASTER), rig.states());
  }

  @Test
  void renamedMemberStaysAMember() {
    master(List.of(A_B), A, B);
    reload(List.of(group("A", "Z")), A, on("eth1", "Z", 52));
    assertEquals(List.of(), drain());
    link(1, false);
    assertEquals(Map.of("A", State.FAULT, "Z", State.FAULT), rig.states());
    assertTrue(drain().contains("Z FAULT 100"));
  }

  @Test
  void groupThatIsRemovedLeavesItsMembersAsTheyAre() {
    master(List.of(A_B), A, B);
    List<RunningRouter> before = List.copyOf(rig.routers().all());
    reload(List.of(), A, B);
    assertEquals(List.of(), drain());
    assertSame(before.get(0), List.copyOf(rig.routers().all()).get(0));
    assertEquals(List.of(), rig.routers().groups());
    link(1, false);
    assertEquals(Map.of("A", State.MASTER, "B", State.FAULT), rig.states());
  }

  @Test
  void memberThatLeavesAGroupInFaultIsWellAgain() {
    run(List.of(A_B), A, B);
    link(0, false);
    drain();
    reload(List.of(group("A")), A, B);
    assertEquals(List.of("B BACKUP 100"), drain());
  }

  @Test
  void groupThatAReloadMakesOfDifferentOnesFindsAState() {
    run(List.of(), A, B);
    rig.fireTimersUntil(State.MASTER);
    rig.receive(1, B, 200);
    assertEquals(Map.of("A", State.MASTER, "B", State.BACKUP), rig.states());
    drain();
    reload(List.of(A_B), A, B);
    assertEquals(List.of("eth0 says 0", "-10.0.0.51", "A BACKUP 100", "VG BACKUP 0"), drain());
  }

  @Test
  void groupThatAReloadMakesOfEqualOnesHasNothingToTell() {
    run(List.of(), A, B);
    rig.fireTimersUntil(State.MASTER);
    drain();
    reload(List.of(A_B), A, B);
    assertEquals(List.of(), drain());
    assertEquals(State.MASTER, rig.routers().groups().get(0).state());
    rig.routers().stop(true);
    assertTrue(drain().contains("VG STOP 0"));
  }

  @Test
  void memberThatGoesFromOneGroupToAnotherGoesByThat() {
    run(List.of(group("A", "B"), otherGroup("C")), A, B, C);
    link(0, false);
    assertEquals(State.FAULT, rig.states().get("B"));
    reload(List.of(otherGroup("B", "C"), group("A")), A, B, C);
    assertEquals(Map.of("A", State.FAULT, "B", State.BACKUP, "C", State.BACKUP), rig.states());
    link(2, false);
    assertEquals(State.FAULT, rig.states().get("B"));
  }

  // ---- words ----

  /** The links are eth0, eth1, … of these indices. The kernel never says that it has an address. */
  private void run(List<SyncGroup> groups, VrrpInstance... instances) {
    rig = new RoutersRig(configuration(groups, instances));
    rig.machine().silenceKernel();
    for (int index = 0; index < instances.length; index++) {
      bring(index);
    }
    rig.routers().links().resynchronised();
    for (int index = 0; index < instances.length; index++) {
      rig.routers().portOpened(index);
    }
    rig.routers().start();
  }

  /** Runs them until all are master. */
  private void master(List<SyncGroup> groups, VrrpInstance... instances) {
    run(groups, instances);
    rig.fireTimersUntil(State.MASTER);
    assertTrue(allAre(State.MASTER));
    rig.machine().forget();
  }

  private boolean allAre(State state) {
    return rig.count(state) == rig.routers().all().size();
  }

  private void reload(List<SyncGroup> groups, VrrpInstance... instances) {
    rig.reload(configuration(groups, instances));
  }

  private List<String> drain() {
    return rig.machine().drain(Seen.SENT, Seen.KERNEL, Seen.TOLD);
  }

  private List<String> seen() {
    return rig.machine().seen(Seen.SENT, Seen.KERNEL, Seen.TOLD);
  }

  private void bring(int index) {
    rig.bring(index, "eth" + index, "10.0.0." + (index + 1));
  }

  private void link(int index, boolean running) {
    rig.carrier(index, "eth" + index, running);
  }

  private static VrrpInstance on(String link, String name, int vrid) {
    return TestInstance.of(
        "interface=" + link, "name=" + name, "vrid=" + vrid, "addresses=10.0.0." + vrid);
  }

  private static SyncGroup group(String... members) {
    return TestConfiguration.group("VG", List.of(), members);
  }

  private static SyncGroup otherGroup(String... members) {
    return TestConfiguration.group("W", List.of(), members);
  }

  private static Configuration configuration(List<SyncGroup> groups, VrrpInstance... instances) {
    return TestConfiguration.with(instances).groups(groups).done();
  }
}
