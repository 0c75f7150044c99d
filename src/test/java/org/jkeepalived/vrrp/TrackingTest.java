package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.link.Links;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.Tracking;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.Weight;
import org.jkeepalived.track.Condition;
import org.jkeepalived.vrrp.TestMachine.Seen;
import org.junit.jupiter.api.Test;

/** What virtual routers do with what they track, and whom they tell of it. */
class TrackingTest {

  private static final TrackTarget SCRIPT = new TrackTarget(TrackKind.SCRIPT, "s");
  private static final TrackTarget PROCESS = new TrackTarget(TrackKind.PROCESS, "p");
  private static final TrackTarget FILE = new TrackTarget(TrackKind.FILE, "f");
  private static final TrackTarget ETH1 = new TrackTarget(TrackKind.INTERFACE, "eth1");
  private static final long SECOND = 1_000_000_000L;

  private RoutersRig rig = RoutersRig.withOpenPorts(file());

  // ---- words ----

  private static Tracked of(TrackTarget thing, int weight) {
    return new Tracked(thing, new Weight(weight, false));
  }

  private static VrrpInstance instance(String name, int vrid, Tracked... things) {
    return TestInstance.of("name=" + name, "vrid=" + vrid, "addresses=10.0.0." + vrid)
        .tracking(new Tracking(List.of(things), true, false));
  }

  private static VrrpInstance telling(VrrpInstance instance, boolean deleted) {
    return instance.notifications(new Notifications(Map.of(), deleted, true, false));
  }

  private static VrrpInstance from(VrrpInstance instance, String source) {
    return instance
        .protocol(instance.protocol().source(Optional.of(TestInstance.address(source))))
        .tracking(new Tracking(List.of(), true, true));
  }

  private static Configuration file(VrrpInstance... instances) {
    return file(List.of(), LinkWatch.KERNEL, false, instances);
  }

  private static Configuration file(
      List<SyncGroup> groups, LinkWatch watch, boolean initFail, VrrpInstance... instances) {
    ScriptTracker script =
        new ScriptTracker(
            "s",
            new Command(List.of("s"), new Account("root", Optional.empty(), false), false),
            SECOND,
            SECOND,
            Weight.FAULT,
            1,
            1,
            initFail);
    FileTracker file = new FileTracker("f", "/f", Weight.FAULT, Optional.empty());
    return TestConfiguration.with(instances)
        .groups(groups)
        .trackers(new Trackers(List.of(script), List.of(file), List.of()))
        .watch(watch)
        .done();
  }

  private static SyncGroup group(Tracked... things) {
    return TestConfiguration.group("G", List.of(things), "A", "B");
  }

  private void run(Configuration configuration) {
    rig = RoutersRig.withOpenPorts(configuration);
    rig.bring(1, "eth0", "10.0.0.1");
    rig.bring(2, "eth1", "10.0.1.1");
    links().resynchronised();
    rig.routers().start();
  }

  private Links links() {
    return rig.routers().links();
  }

  private void changed(TrackTarget thing, Condition condition) {
    rig.routers().changed(thing, condition);
  }

  private void eth0(boolean running) {
    rig.carrier(1, "eth0", running);
  }

  private void eth1(boolean running) {
    rig.carrier(2, "eth1", running);
  }

  private void assertTold(String... expected) {
    assertEquals(List.of(expected), rig.machine().drain(Seen.TOLD));
  }

  /** Each instance's state and effective priority. */
  private void assertAre(String... expected) {
    assertEquals(List.of(expected), rig.statesAndPriorities());
  }

  // ---- scripts ----

  @Test
  void nothingStartsBeforeItsScriptsHaveRunOnce() {
    run(file(instance("A", 51, of(SCRIPT, 0)), instance("B", 52, of(SCRIPT, 10))));
    rig.advance(10);
    assertAre("A INIT 100", "B MASTER 100");
    assertTold("B BACKUP 100", "B MASTER 100");
    changed(SCRIPT, Condition.UP);
    assertAre("A BACKUP 100", "B MASTER 110");
    assertTold("A BACKUP 100");
    rig.advance(10);
    assertAre("A MASTER 100", "B MASTER 110");
  }

  @Test
  void scriptThatFailsAtFirstIsAFaultAtTheStart() {
    run(file(instance("A", 51, of(SCRIPT, 0))));
    changed(SCRIPT, Condition.DOWN);
    assertTold("A FAULT 100");
    changed(SCRIPT, Condition.UP);
    assertTold("A BACKUP 100");
  }

  @Test
  void scriptMayHaveRunBeforeTheStart() {
    rig = RoutersRig.withOpenPorts(file(instance("A", 51, of(SCRIPT, 0))));
    changed(SCRIPT, Condition.UP);
    assertTold();
    rig.bring(1, "eth0", "10.0.0.1");
    links().resynchronised();
    rig.routers().start();
    assertTold("A BACKUP 100");
  }

  @Test
  void membersOfAGroupWaitForEachOther() {
    VrrpInstance first = instance("A", 51);
    VrrpInstance second = instance("B", 52, of(SCRIPT, 0));
    SyncGroup group = group();
    run(file(List.of(group), LinkWatch.KERNEL, false, first, second));
    rig.advance(10);
    assertAre("A INIT 100", "B INIT 100");
    changed(SCRIPT, Condition.UP);
    rig.advance(10);
    assertAre("A MASTER 100", "B MASTER 100");
  }

  /** The kernel does not let us watch files, say: keepalived takes such a file's number for 0. */
  @Test
  void fileThatNobodyLooksAtIsNotWaitedForForEver() {
    run(file(instance("A", 51, of(FILE, 0)), instance("B", 52)));
    assertAre("A INIT 100", "B BACKUP 100");
    rig.machine().forget();
    rig.advance(9);
    assertAre("A INIT 100", "B MASTER 100");
    assertEquals(
        List.of("(A) does not start yet: tracked file f has not been looked at"),
        logged("tracked file"));
    rig.advance(1);
    assertAre("A BACKUP 100", "B MASTER 100");
    assertEquals(
        List.of(
            "tracked file f has not been looked at for 10 s: it counts as saying 0 until it is"),
        logged("tracked file"));
    changed(FILE, Condition.of(1));
    assertAre("A FAULT 100", "B MASTER 100");
  }

  @Test
  void processThatNobodyLooksAtCountsAsFailed() {
    run(file(instance("A", 51, of(PROCESS, 0)), instance("B", 52, of(PROCESS, 0))));
    rig.advance(9);
    assertAre("A INIT 100", "B INIT 100");
    rig.advance(1);
    assertAre("A FAULT 100", "B FAULT 100");
    assertEquals(
        "tracked process p quorum not achieved", rig.router("A").faults().get(Fault.TRACKED));
    assertEquals(
        List.of(
            "(A) does not start yet: tracked process p has not been looked at",
            "(B) does not start yet: tracked process p has not been looked at",
            "tracked process p has not been looked at for 10 s: it counts as failed until it is"),
        logged("looked at"));
    changed(PROCESS, Condition.UP);
    assertAre("A BACKUP 100", "B BACKUP 100");
  }

  /** A script may take as long as its timeout says. */
  @Test
  void scriptIsWaitedForUntilItsTimeoutIsOver() {
    run(file(instance("A", 51, of(SCRIPT, 0))));
    rig.advance(11);
    assertAre("A INIT 100");
    rig.advance(2);
    assertAre("A FAULT 100");
  }

  @Test
  void whatAReloadAddsIsNotWaitedForForEver() {
    run(file(instance("A", 51)));
    rig.advance(60);
    rig.reload(file(instance("A", 51), instance("B", 52, of(FILE, 0))));
    rig.advance(9);
    assertAre("A MASTER 100", "B INIT 100");
    rig.advance(2);
    assertAre("A MASTER 100", "B BACKUP 100");
  }

  private List<String> logged(String part) {
    return rig.machine().drain(Seen.LOGGED).stream().filter(line -> line.contains(part)).toList();
  }

  @Test
  void reloadWhileAGroupWaitsDoesNotForgetIt() {
    SyncGroup group = group(of(SCRIPT, 0));
    run(file(List.of(group), LinkWatch.KERNEL, false, instance("A", 51), instance("B", 52)));
    VrrpInstance changed = telling(instance("A", 51), true);
    rig.reload(file(List.of(group), LinkWatch.KERNEL, false, changed, instance("B", 52)));
    assertAre("A INIT 100", "B INIT 100");
    changed(SCRIPT, Condition.UP);
    assertAre("A BACKUP 100", "B BACKUP 100");
  }

  @Test
  void whatAGroupTracksItsMembersTrack() {
    SyncGroup group = group(of(SCRIPT, -30));
    run(file(List.of(group), LinkWatch.KERNEL, false, instance("A", 51), instance("B", 52)));
    changed(SCRIPT, Condition.DOWN);
    assertAre("A BACKUP 70", "B BACKUP 70");
  }

  @Test
  void initFailTakesTheWeightAwayUntilTheFirstRun() {
    Configuration configuration =
        file(List.of(), LinkWatch.KERNEL, true, instance("A", 51, of(SCRIPT, -30)));
    run(configuration);
    assertAre("A BACKUP 70");
    changed(SCRIPT, Condition.UP);
    assertAre("A BACKUP 100");
  }

  @Test
  void priorityChangesAreToldToWhoAsksForThem() {
    run(file(telling(instance("A", 51, of(SCRIPT, 10)), false), instance("B", 52, of(SCRIPT, 10))));
    rig.machine().forget();
    changed(SCRIPT, Condition.UP);
    assertTold("A BACKUP_PRIORITY 110");
    rig.advance(10);
    rig.machine().forget();
    changed(SCRIPT, Condition.DOWN);
    assertTold("A MASTER_PRIORITY 100");
  }

  // ---- what is said ----

  /** Nobody should take a change of the priority for the reason of a fault. */
  @Test
  void faultsAreToldBeforeThePriorityAndTheirEndAfterIt() {
    run(file(instance("A", 51, of(FILE, 1), of(SCRIPT, 0))));
    changed(SCRIPT, Condition.UP);
    changed(FILE, Condition.of(100));
    rig.machine().forget();

    changed(FILE, Condition.of(-300));
    assertEquals(
        List.of(
            "(A) tracked file f now FAULT state",
            "(A) Entering FAULT STATE",
            "(A) Changing effective priority from 200 to 100"),
        logged("(A)"));
    changed(SCRIPT, Condition.DOWN);
    assertEquals(List.of("(A) tracked script s failed"), logged("(A)"));
    changed(FILE, Condition.of(20));
    assertEquals(
        List.of(
            "(A) tracked file f leaving FAULT state",
            "(A) Changing effective priority from 100 to 120"),
        logged("(A)"));
    changed(SCRIPT, Condition.UP);
    assertEquals(
        List.of("(A) tracked script s succeeded", "(A) Entering BACKUP STATE"), logged("(A)"));
  }

  /** Before the start it is of no interest how things came to be as they are. */
  @Test
  void startTellsOfFaultsAndThenOfThePriority() {
    rig = RoutersRig.withOpenPorts(file(instance("A", 51, of(FILE, 0), of(SCRIPT, 100))));
    changed(FILE, Condition.of(5));
    changed(SCRIPT, Condition.UP);
    rig.bring(1, "eth0", "10.0.0.1");
    links().resynchronised();
    assertEquals(List.of(), logged("(A)"));
    rig.routers().start();
    assertEquals(
        List.of(
            "(A) tracked file f now FAULT state",
            "(A) Changing effective priority from 100 to 200",
            "(A) Entering FAULT STATE"),
        logged("(A)"));
  }

  @Test
  void addressesThatAReloadRemovesOrAddsAreNamed() {
    run(file(TestInstance.of("name=A", "addresses=10.0.0.1,10.0.0.2", "excluded=10.0.0.3")));
    rig.machine().forget();
    rig.reload(
        file(TestInstance.of("name=A", "addresses=10.0.0.2,10.0.0.4", "excluded=10.0.0.5@eth1")));
    assertEquals(
        List.of(
            "(A) ip address 10.0.0.1/24 dev eth0, no longer exist",
            "(A) ip address 10.0.0.3/24 dev eth0, no longer exist",
            "(A) ip address 10.0.0.4/24 dev eth0, is new",
            "(A) ip address 10.0.0.5/24 dev eth1, is new"),
        logged("ip address"));
  }

  @Test
  void changeOfALinkThatIsHeldBackIsToldOf() {
    LinkWatch watch =
        new LinkWatch(Map.of("eth1", new LinkWatch.Delays(2 * SECOND, 2 * SECOND)), Map.of());
    run(file(List.of(), watch, false, instance("A", 51, of(ETH1, 0))));
    rig.machine().forget();
    eth1(false);
    eth1(false);
    rig.advance(1);
    eth1(true);
    assertEquals(
        List.of("eth1: Adding flags change from 0x11043 to 0x1003 delay by 2000000"),
        logged("eth1"));
    eth1(false);
    links().linkChanged(TestLinks.flags(2, "eth1", TestLinks.UP | 0x100));
    assertEquals(
        List.of(
            "eth1: Adding flags change from 0x11043 to 0x1003 delay by 2000000",
            "Delay timer for eth1 cancelled"),
        logged("eth1"));
    eth1(false);
    rig.machine().forget();
    rig.advance(2);
    assertEquals(
        List.of("Netlink reports eth1 down", "(A) tracked interface eth1 is down"), logged("eth1"));
  }

  /** Of a link that only is tracked, delays may be any. */
  @Test
  void delaysOfALinkThatIsSpokenOnAreBounded() {
    LinkWatch watch =
        new LinkWatch(
            Map.of(
                "eth0", new LinkWatch.Delays(3 * SECOND, SECOND),
                "eth1", new LinkWatch.Delays(9 * SECOND, 9 * SECOND)),
            Map.of());
    String said = "A: interface eth0 debounce timer(s) not less that 2 * advert_int - resetting";
    run(file(List.of(), watch, false, instance("A", 51, of(ETH1, 0))));
    assertEquals(List.of(said), logged("debounce"));
    eth0(false);
    eth1(false);
    assertEquals(
        List.of(
            "eth0: Adding flags change from 0x11043 to 0x1003 delay by 1996094",
            "eth1: Adding flags change from 0x11043 to 0x1003 delay by 9000000"),
        logged("Adding"));
    rig.reload(file(List.of(), watch, true, instance("A", 51, of(ETH1, 0))));
    assertEquals(List.of(said), logged("debounce"));
  }

  @Test
  void linkThatIsNotTrackedAndCannotSendIsToldOf() {
    run(file(instance("A", 51).tracking(new Tracking(List.of(), false, false))));
    rig.machine().forget();
    eth0(false);
    eth0(false);
    assertAre("A BACKUP 100");
    assertEquals(
        List.of(
            "(A) interface eth0 has no carrier: nothing can be sent or heard, going on all the same"
                + " (dont_track_primary)"),
        logged("(A)"));
    eth0(true);
    assertEquals(List.of("(A) advertisements can be sent and heard again"), logged("(A)"));
  }

  @Test
  void linkThatGetsAnotherNameIsNotCalledRemoved() {
    run(file(instance("A", 51, of(ETH1, -10))));
    rig.machine().forget();
    links().linkChanged(TestLinks.up(1, "lan"));
    assertEquals(List.of("Netlink reports eth0 renamed to lan"), logged("Netlink"));
    links().linkChanged(TestLinks.up(2, "side"));
    assertEquals(List.of("Netlink reports eth1 renamed to side"), logged("Netlink"));
    links().linkChanged(TestLinks.up(1, "eth0"));
    assertEquals(List.of("Netlink reports eth0 up"), logged("Netlink"));
    links().linkRemoved(TestLinks.up(1, "eth0"));
    assertEquals(List.of("Netlink reports eth0 removed"), logged("Netlink"));
  }

  // ---- the end ----

  @Test
  void stopIsToldOfEveryInstanceWhateverItsState() {
    run(file(instance("A", 51, of(SCRIPT, 0)), instance("B", 52), instance("C", 53, of(FILE, 0))));
    changed(FILE, Condition.of(1));
    rig.advance(10);
    assertAre("A INIT 100", "B MASTER 100", "C FAULT 100");
    rig.machine().forget();
    rig.routers().stop(true);
    assertTold("A STOP 100", "B STOP 100", "C STOP 100");
  }

  @Test
  void instanceThatAReloadRemovesIsDeleted() {
    VrrpInstance a = instance("A", 51);
    VrrpInstance b = telling(instance("B", 52), true);
    VrrpInstance c = instance("C", 53, of(FILE, 0));
    VrrpInstance d = telling(instance("D", 54, of(FILE, 0)), true);
    VrrpInstance e = instance("E", 55);
    run(file(a, b, c, d, e));
    changed(FILE, Condition.of(1));
    rig.advance(10);
    rig.machine().forget();
    rig.reload(file(e));
    // who passes it on knows for whom that is a FAULT
    assertTold("A DELETED 100", "B DELETED 100", "C DELETED 100", "D DELETED 100");
  }

  // ---- links ----

  @Test
  void trackedLinkIsAFaultOrAWeight() {
    run(
        file(
            instance("A", 51, of(ETH1, 0)),
            instance("B", 52, of(ETH1, 10)),
            instance("C", 53, of(ETH1, -10)),
            instance("D", 54)));
    assertAre("A BACKUP 100", "B BACKUP 110", "C BACKUP 100", "D BACKUP 100");
    eth1(false);
    assertAre("A FAULT 100", "B BACKUP 100", "C BACKUP 90", "D BACKUP 100");
    eth1(true);
    assertAre("A BACKUP 100", "B BACKUP 110", "C BACKUP 100", "D BACKUP 100");
    links().linkRemoved(TestLinks.up(2, "eth1"));
    assertAre("A FAULT 100", "B BACKUP 100", "C BACKUP 90", "D BACKUP 100");
    links().linkChanged(TestLinks.up(7, "eth1"));
    assertAre("A BACKUP 100", "B BACKUP 110", "C BACKUP 100", "D BACKUP 100");
  }

  @Test
  void trackedLinkThatIsNotThereIsDown() {
    TrackTarget missing = new TrackTarget(TrackKind.INTERFACE, "eth9");
    run(file(instance("A", 51, of(missing, 0)), instance("B", 52, of(missing, -10))));
    assertAre("A FAULT 100", "B BACKUP 90");
    links().linkChanged(TestLinks.up(9, "eth9"));
    assertAre("A BACKUP 100", "B BACKUP 100");
  }

  @Test
  void trackedLinkIsTheOneOfThatName() {
    run(file(instance("A", 51, of(ETH1, 0))));
    links().linkChanged(TestLinks.up(2, "other"));
    assertAre("A FAULT 100");
    links().linkChanged(TestLinks.up(3, "eth1"));
    assertAre("A BACKUP 100");
    links().linkRemoved(TestLinks.up(2, "other"));
    assertAre("A BACKUP 100");
  }

  @Test
  void primaryLinkMayGoDownWhereItIsNotTracked() {
    VrrpInstance untracked =
        instance("A", 51).tracking(new Tracking(List.of(of(ETH1, 0)), false, false));
    run(file(untracked, instance("B", 52)));
    rig.advance(10);
    eth0(false);
    assertAre("A MASTER 100", "B FAULT 100");
    eth1(false);
    assertAre("A FAULT 100", "B FAULT 100");
    eth1(true);
    assertAre("A BACKUP 100", "B FAULT 100");
  }

  @Test
  void linkThatIsDownForLessThanItsDelayWasNeverDown() {
    LinkWatch watch =
        new LinkWatch(
            Map.of(
                "eth0",
                new LinkWatch.Delays(2 * SECOND, 3 * SECOND),
                "eth1",
                new LinkWatch.Delays(2 * SECOND, 0)),
            Map.of());
    VrrpInstance patient = instance("A", 51, of(ETH1, -10));
    run(
        file(
            List.of(),
            watch,
            false,
            patient.protocol(patient.protocol().advertIntervalNanos(2 * SECOND))));
    eth0(false);
    eth1(false);
    rig.advance(1);
    eth0(true);
    eth1(true);
    rig.advance(10);
    assertTold("A BACKUP 100", "A MASTER 100");
    eth1(false);
    rig.advance(2);
    assertAre("A MASTER 90");
    eth0(false);
    rig.advance(2);
    assertAre("A FAULT 90");
    eth0(true);
    eth1(true);
    rig.advance(2);
    assertAre("A FAULT 100");
    rig.advance(1);
    assertAre("A BACKUP 100");
  }

  @Test
  void polledLinkIsAsPollingFindsIt() {
    LinkWatch watch = new LinkWatch(Map.of(), Map.of("eth0", LinkWatch.Polling.ANY));
    run(file(List.of(), watch, false, instance("A", 51)));
    rig.routers().beats().beat("eth0", false);
    assertAre("A FAULT 100");
    eth0(false);
    rig.routers().beats().beat("eth0", true);
    assertAre("A BACKUP 100");
  }

  @Test
  void sourceAddressThatIsTrackedIsMissed() {
    VrrpInstance tracking = from(instance("A", 51), "10.0.1.1");
    VrrpInstance not = tracking.tracking(Tracking.PRIMARY_LINK);
    run(file(tracking));
    assertAre("A BACKUP 100");
    links().addressRemoved(TestLinks.address(2, "10.0.1.1"));
    assertAre("A FAULT 100");
    links().addressAdded(TestLinks.address(1, "10.0.1.1"));
    assertAre("A BACKUP 100");
    links().addressRemoved(TestLinks.address(1, "10.0.1.1"));
    rig.reload(file(not));
    assertAre("A BACKUP 100");
  }

  // ---- reload ----

  @Test
  void reloadWithOtherWeightsChangesThePriorityAndNothingElse() {
    run(file(telling(instance("A", 51, of(SCRIPT, 10)), false)));
    changed(SCRIPT, Condition.UP);
    rig.advance(10);
    rig.machine().forget();
    rig.reload(file(telling(instance("A", 51, of(SCRIPT, 20), of(FILE, 1)), false)));
    assertAre("A MASTER 120");
    assertTold("A MASTER_PRIORITY 120");
  }

  @Test
  void reloadThatAddsAScriptWaitsForNothing() {
    run(file(instance("A", 51)));
    rig.advance(10);
    rig.reload(file(instance("A", 51, of(SCRIPT, 0))));
    assertAre("A MASTER 100");
    changed(SCRIPT, Condition.DOWN);
    assertAre("A FAULT 100");
  }

  @Test
  void faultStaysUntilWhatReplacesTheFaultyScriptHasRun() {
    run(file(instance("A", 51, of(FILE, 0))));
    changed(FILE, Condition.of(1));
    rig.reload(file(instance("A", 51, of(SCRIPT, 0))));
    assertAre("A FAULT 100");
    changed(SCRIPT, Condition.UP);
    assertAre("A BACKUP 100");
  }

  @Test
  void faultGoesWithWhatCausedIt() {
    run(file(instance("A", 51, of(FILE, 0))));
    changed(FILE, Condition.of(1));
    rig.reload(file(instance("A", 51)));
    assertAre("A BACKUP 100");
  }

  @Test
  void renamedInstanceStillTracks() {
    run(file(instance("A", 51, of(SCRIPT, 0))));
    changed(SCRIPT, Condition.UP);
    rig.advance(10);
    rig.machine().forget();
    rig.reload(file(instance("B", 51, of(SCRIPT, 0))));
    assertTold();
    assertAre("B MASTER 100");
    changed(SCRIPT, Condition.DOWN);
    assertAre("B FAULT 100");
    assertTold("B FAULT 100");
  }

  /** Whoever looks at files says something only when they change. */
  @Test
  void fileThatIsDefinedKeepsItsConditionWhileNobodyTracksIt() {
    run(file(instance("A", 51, of(FILE, -1))));
    changed(FILE, Condition.of(7));
    rig.reload(file(instance("A", 51)));
    assertAre("A BACKUP 100");
    rig.reload(file(instance("A", 51, of(FILE, -1))));
    assertAre("A BACKUP 93");
  }

  @Test
  void linkThatAReloadTracksIsLookedAt() {
    run(file(instance("A", 51)));
    eth1(false);
    rig.reload(file(instance("A", 51, of(ETH1, -10)), instance("B", 52, of(ETH1, 0))));
    assertAre("A BACKUP 90", "B FAULT 100");
    eth1(true);
    assertAre("A BACKUP 100", "B BACKUP 100");
  }

  @Test
  void faultsAreNamed() {
    run(file(instance("A", 51, of(FILE, 0), of(ETH1, 0))));
    changed(FILE, Condition.of(1));
    eth0(false);
    Map<Fault, String> expected = new EnumMap<>(Fault.class);
    expected.put(Fault.TRACKED, "tracked file f now FAULT state");
    expected.put(Fault.LINK_DOWN, "interface eth0 has no carrier");
    assertEquals(expected, rig.router("A").faults());
  }
}
