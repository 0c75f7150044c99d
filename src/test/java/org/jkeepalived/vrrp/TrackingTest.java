package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Tracked.Kind;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.Tracking;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.Weight;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.track.Condition;
import org.junit.jupiter.api.Test;

/** What virtual routers do with what they track, and whom they tell of it. */
class TrackingTest {

  private static final Tracked.Thing SCRIPT = new Tracked.Thing(Kind.SCRIPT, "s");
  private static final Tracked.Thing FILE = new Tracked.Thing(Kind.FILE, "f");
  private static final Tracked.Thing ETH1 = new Tracked.Thing(Kind.INTERFACE, "eth1");
  private static final long SECOND = 1_000_000_000L;

  private final TimerQueue timers = new TimerQueue();
  private final List<String> told = new ArrayList<>();
  private long nowNanos = SECOND;
  private VirtualRouters routers = make(file());

  private VirtualRouters make(Configuration configuration) {
    return new VirtualRouters(
        configuration,
        new VrrpContext(
            timers,
            (endpoint, payload, length) -> true,
            new Kernel(),
            new Silence(),
            () -> nowNanos,
            (router, from, to) -> {},
            event -> told.add(event.name() + " " + event.what() + " " + event.priority())),
        new Ports());
  }

  /** Does at once what it is asked for. */
  private static final class Kernel implements AddressBook {
    @Override
    public void add(
        Holder owner, List<VirtualAddress> addresses, Consumer<Optional<String>> answer) {
      answer.accept(Optional.empty());
    }

    @Override
    public void remove(Holder owner, List<VirtualAddress> addresses) {
      // nobody looks
    }
  }

  private static final class Silence implements Announcer {
    @Override
    public void announce(
        Object owner, String name, List<VirtualAddress> all, int repeat, long intervalNanos) {
      // nobody listens
    }

    @Override
    public void cancel(Object owner) {
      // nothing is queued
    }
  }

  /** Open as soon as they are asked for. */
  private final class Ports implements LinkPorts {
    @Override
    public void open(LinkState link, Demand demand) {
      routers.portOpened(link.index());
    }

    @Override
    public void close(int linkIndex) {
      // nothing is open
    }
  }

  // ---- words ----

  private static Tracked of(Tracked.Thing thing, int weight) {
    return new Tracked(thing, new Weight(weight, false));
  }

  private static VrrpInstance instance(String name, int vrid, Tracked... things) {
    return TestInstance.of("name=" + name, "vrid=" + vrid, "addresses=10.0.0." + vrid)
        .tracking(new Tracking(List.of(things), true, false));
  }

  private static VrrpInstance telling(VrrpInstance instance, boolean deleted) {
    return new VrrpInstance(
        instance.name(),
        instance.key(),
        instance.protocol(),
        instance.election(),
        instance.conduct(),
        instance.addresses(),
        instance.announcements(),
        instance.tracking(),
        new Notifications(Map.of(), deleted, true, false));
  }

  private static VrrpInstance from(VrrpInstance instance, String source) {
    VrrpInstance.Protocol protocol = instance.protocol();
    return new VrrpInstance(
        instance.name(),
        instance.key(),
        new VrrpInstance.Protocol(
            protocol.version(),
            protocol.advertIntervalNanos(),
            protocol.downTimerAdverts(),
            protocol.authentication(),
            Optional.of(TestInstance.address(source))),
        instance.election(),
        instance.conduct(),
        instance.addresses(),
        instance.announcements(),
        new Tracking(List.of(), true, true),
        instance.notifications());
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
    return new Configuration(
        new GlobalDefinitions("test", Optional.empty(), Optional.empty(), false, 0, 0, false),
        List.of(instances),
        groups,
        new Trackers(List.of(script), List.of(file), List.of()),
        watch,
        Reporting.NONE,
        LifeScripts.NONE);
  }

  private void run(Configuration configuration) {
    routers = make(configuration);
    routers.links().linkChanged(link(1, "eth0", true));
    routers.links().linkChanged(link(2, "eth1", true));
    routers.links().addressAdded(address(1, "10.0.0.1"));
    routers.links().addressAdded(address(2, "10.0.1.1"));
    routers.links().resynchronised();
    routers.start();
  }

  private void reload(Configuration changed) {
    routers.reload(ReloadPlan.of(routers.configuration(), changed));
  }

  private static LinkState link(int index, String name, boolean running) {
    return new LinkState(
        index,
        name,
        new byte[] {2, 0, 0, 0, 0, 1},
        true,
        running,
        true,
        true,
        1500,
        LinkState.ETHERNET,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static LinkAddress address(int index, String address) {
    return new LinkAddress(
        index,
        TestInstance.address(address),
        24,
        Optional.empty(),
        Optional.empty(),
        0,
        false,
        Optional.empty());
  }

  private void eth0(boolean running) {
    routers.links().linkChanged(link(1, "eth0", running));
  }

  private void eth1(boolean running) {
    routers.links().linkChanged(link(2, "eth1", running));
  }

  private void advance(int seconds) {
    long end = nowNanos + seconds * SECOND;
    while (timers.nanosUntilNext(nowNanos) <= end - nowNanos) {
      nowNanos += timers.nanosUntilNext(nowNanos);
      timers.fireNext(nowNanos);
    }
    nowNanos = end;
  }

  private void assertTold(String... expected) {
    assertEquals(List.of(expected), told);
    told.clear();
  }

  /** Each instance's state and effective priority. */
  private void assertAre(String... expected) {
    List<String> found = new ArrayList<>();
    for (RunningRouter running : routers.all()) {
      VirtualRouter router = running.router();
      found.add(router.instance().name() + " " + router.state() + " " + router.priority());
    }
    assertEquals(Arrays.asList(expected), found);
  }

  // ---- scripts ----

  @Test
  void nothingStartsBeforeItsScriptsHaveRunOnce() {
    run(file(instance("A", 51, of(SCRIPT, 0)), instance("B", 52, of(SCRIPT, 10))));
    advance(10);
    assertAre("A INIT 100", "B MASTER 100");
    assertTold("B BACKUP 100", "B MASTER 100");
    routers.changed(SCRIPT, Condition.UP);
    assertAre("A BACKUP 100", "B MASTER 110");
    assertTold("A BACKUP 100");
    advance(10);
    assertAre("A MASTER 100", "B MASTER 110");
  }

  @Test
  void scriptThatFailsAtFirstIsAFaultAtTheStart() {
    run(file(instance("A", 51, of(SCRIPT, 0))));
    routers.changed(SCRIPT, Condition.DOWN);
    assertTold("A FAULT 100");
    routers.changed(SCRIPT, Condition.UP);
    assertTold("A BACKUP 100");
  }

  @Test
  void scriptMayHaveRunBeforeTheStart() {
    routers = make(file(instance("A", 51, of(SCRIPT, 0))));
    routers.changed(SCRIPT, Condition.UP);
    assertTold();
    routers.links().linkChanged(link(1, "eth0", true));
    routers.links().addressAdded(address(1, "10.0.0.1"));
    routers.links().resynchronised();
    routers.start();
    assertTold("A BACKUP 100");
  }

  @Test
  void membersOfAGroupWaitForEachOther() {
    VrrpInstance first = instance("A", 51);
    VrrpInstance second = instance("B", 52, of(SCRIPT, 0));
    SyncGroup group = new SyncGroup("G", List.of("A", "B"), List.of(), Notifications.NONE);
    run(file(List.of(group), LinkWatch.KERNEL, false, first, second));
    advance(10);
    assertAre("A INIT 100", "B INIT 100");
    routers.changed(SCRIPT, Condition.UP);
    advance(10);
    assertAre("A MASTER 100", "B MASTER 100");
  }

  @Test
  void reloadWhileAGroupWaitsDoesNotForgetIt() {
    SyncGroup group =
        new SyncGroup("G", List.of("A", "B"), List.of(of(SCRIPT, 0)), Notifications.NONE);
    run(file(List.of(group), LinkWatch.KERNEL, false, instance("A", 51), instance("B", 52)));
    VrrpInstance changed = telling(instance("A", 51), true);
    reload(file(List.of(group), LinkWatch.KERNEL, false, changed, instance("B", 52)));
    assertAre("A INIT 100", "B INIT 100");
    routers.changed(SCRIPT, Condition.UP);
    assertAre("A BACKUP 100", "B BACKUP 100");
  }

  @Test
  void whatAGroupTracksItsMembersTrack() {
    SyncGroup group =
        new SyncGroup("G", List.of("A", "B"), List.of(of(SCRIPT, -30)), Notifications.NONE);
    run(file(List.of(group), LinkWatch.KERNEL, false, instance("A", 51), instance("B", 52)));
    routers.changed(SCRIPT, Condition.DOWN);
    assertAre("A BACKUP 70", "B BACKUP 70");
  }

  @Test
  void initFailTakesTheWeightAwayUntilTheFirstRun() {
    Configuration configuration =
        file(List.of(), LinkWatch.KERNEL, true, instance("A", 51, of(SCRIPT, -30)));
    run(configuration);
    assertAre("A BACKUP 70");
    routers.changed(SCRIPT, Condition.UP);
    assertAre("A BACKUP 100");
  }

  @Test
  void priorityChangesAreToldToWhoAsksForThem() {
    run(file(telling(instance("A", 51, of(SCRIPT, 10)), false), instance("B", 52, of(SCRIPT, 10))));
    told.clear();
    routers.changed(SCRIPT, Condition.UP);
    assertTold("A BACKUP_PRIORITY 110");
    advance(10);
    told.clear();
    routers.changed(SCRIPT, Condition.DOWN);
    assertTold("A MASTER_PRIORITY 100");
  }

  // ---- the end ----

  @Test
  void stopIsToldOfEveryInstanceWhateverItsState() {
    run(file(instance("A", 51, of(SCRIPT, 0)), instance("B", 52), instance("C", 53, of(FILE, 0))));
    routers.changed(FILE, Condition.of(1));
    advance(10);
    assertAre("A INIT 100", "B MASTER 100", "C FAULT 100");
    told.clear();
    routers.stop(true);
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
    routers.changed(FILE, Condition.of(1));
    advance(10);
    told.clear();
    reload(file(e));
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
    routers.links().linkRemoved(link(2, "eth1", true));
    assertAre("A FAULT 100", "B BACKUP 100", "C BACKUP 90", "D BACKUP 100");
    routers.links().linkChanged(link(7, "eth1", true));
    assertAre("A BACKUP 100", "B BACKUP 110", "C BACKUP 100", "D BACKUP 100");
  }

  @Test
  void trackedLinkThatIsNotThereIsDown() {
    Tracked.Thing missing = new Tracked.Thing(Kind.INTERFACE, "eth9");
    run(file(instance("A", 51, of(missing, 0)), instance("B", 52, of(missing, -10))));
    assertAre("A FAULT 100", "B BACKUP 90");
    routers.links().linkChanged(link(9, "eth9", true));
    assertAre("A BACKUP 100", "B BACKUP 100");
  }

  @Test
  void trackedLinkIsTheOneOfThatName() {
    run(file(instance("A", 51, of(ETH1, 0))));
    routers.links().linkChanged(link(2, "other", true));
    assertAre("A FAULT 100");
    routers.links().linkChanged(link(3, "eth1", true));
    assertAre("A BACKUP 100");
    routers.links().linkRemoved(link(2, "other", true));
    assertAre("A BACKUP 100");
  }

  @Test
  void primaryLinkMayGoDownWhereItIsNotTracked() {
    VrrpInstance untracked =
        instance("A", 51).tracking(new Tracking(List.of(of(ETH1, 0)), false, false));
    run(file(untracked, instance("B", 52)));
    advance(10);
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
    run(file(List.of(), watch, false, instance("A", 51, of(ETH1, -10))));
    eth0(false);
    eth1(false);
    advance(1);
    eth0(true);
    eth1(true);
    advance(10);
    assertTold("A BACKUP 100", "A MASTER 100");
    eth1(false);
    advance(2);
    assertAre("A MASTER 90");
    eth0(false);
    advance(2);
    assertAre("A FAULT 90");
    eth0(true);
    eth1(true);
    advance(2);
    assertAre("A FAULT 100");
    advance(1);
    assertAre("A BACKUP 100");
  }

  @Test
  void polledLinkIsAsPollingFindsIt() {
    LinkWatch watch = new LinkWatch(Map.of(), Map.of("eth0", LinkWatch.Polling.ANY));
    run(file(List.of(), watch, false, instance("A", 51)));
    routers.beats().beat("eth0", false);
    assertAre("A FAULT 100");
    eth0(false);
    routers.beats().beat("eth0", true);
    assertAre("A BACKUP 100");
  }

  @Test
  void sourceAddressThatIsTrackedIsMissed() {
    VrrpInstance tracking = from(instance("A", 51), "10.0.1.1");
    VrrpInstance not = tracking.tracking(Tracking.PRIMARY_LINK);
    run(file(tracking));
    assertAre("A BACKUP 100");
    routers.links().addressRemoved(address(2, "10.0.1.1"));
    assertAre("A FAULT 100");
    routers.links().addressAdded(address(1, "10.0.1.1"));
    assertAre("A BACKUP 100");
    routers.links().addressRemoved(address(1, "10.0.1.1"));
    reload(file(not));
    assertAre("A BACKUP 100");
  }

  // ---- reload ----

  @Test
  void reloadWithOtherWeightsChangesThePriorityAndNothingElse() {
    run(file(telling(instance("A", 51, of(SCRIPT, 10)), false)));
    routers.changed(SCRIPT, Condition.UP);
    advance(10);
    told.clear();
    reload(file(telling(instance("A", 51, of(SCRIPT, 20), of(FILE, 1)), false)));
    assertAre("A MASTER 120");
    assertTold("A MASTER_PRIORITY 120");
  }

  @Test
  void reloadThatAddsAScriptWaitsForNothing() {
    run(file(instance("A", 51)));
    advance(10);
    reload(file(instance("A", 51, of(SCRIPT, 0))));
    assertAre("A MASTER 100");
    routers.changed(SCRIPT, Condition.DOWN);
    assertAre("A FAULT 100");
  }

  @Test
  void faultStaysUntilWhatReplacesTheFaultyScriptHasRun() {
    run(file(instance("A", 51, of(FILE, 0))));
    routers.changed(FILE, Condition.of(1));
    reload(file(instance("A", 51, of(SCRIPT, 0))));
    assertAre("A FAULT 100");
    routers.changed(SCRIPT, Condition.UP);
    assertAre("A BACKUP 100");
  }

  @Test
  void faultGoesWithWhatCausedIt() {
    run(file(instance("A", 51, of(FILE, 0))));
    routers.changed(FILE, Condition.of(1));
    reload(file(instance("A", 51)));
    assertAre("A BACKUP 100");
  }

  /** Whoever looks at files says something only when they change. */
  @Test
  void fileThatIsDefinedKeepsItsConditionWhileNobodyTracksIt() {
    run(file(instance("A", 51, of(FILE, -1))));
    routers.changed(FILE, Condition.of(7));
    reload(file(instance("A", 51)));
    assertAre("A BACKUP 100");
    reload(file(instance("A", 51, of(FILE, -1))));
    assertAre("A BACKUP 93");
  }

  @Test
  void linkThatAReloadTracksIsLookedAt() {
    run(file(instance("A", 51)));
    eth1(false);
    reload(file(instance("A", 51, of(ETH1, -10)), instance("B", 52, of(ETH1, 0))));
    assertAre("A BACKUP 90", "B FAULT 100");
    eth1(true);
    assertAre("A BACKUP 100", "B BACKUP 100");
  }

  @Test
  void faultsAreNamed() {
    run(file(instance("A", 51, of(FILE, 0), of(ETH1, 0))));
    routers.changed(FILE, Condition.of(1));
    eth0(false);
    Map<Fault, String> expected = new EnumMap<>(Fault.class);
    expected.put(Fault.TRACKED, "tracked file f now FAULT state");
    expected.put(Fault.LINK_DOWN, "interface eth0 has no carrier");
    assertEquals(expected, routers.all().iterator().next().router().faults());
  }
}
