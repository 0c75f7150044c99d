package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;

/** Groups of virtual routers on links: what the kernel, the wire and the listeners see of them. */
class SyncGroupsTest {

  private static final int IP_AT = 14;

  private static final VrrpInstance A = on("eth0", "A", 51);
  private static final VrrpInstance B = on("eth1", "B", 52);
  private static final VrrpInstance C = on("eth2", "C", 53);
  private static final SyncGroup A_B = group("A", "B");
  private static final SyncGroup A_B_C = group("A", "B", "C");

  private final TimerQueue timers = new TimerQueue();
  private final List<String> seen = new ArrayList<>();
  private final List<String> closed = new ArrayList<>();
  private Optional<String> brokenKernel = Optional.empty();
  private long nowNanos = 1_000_000_000L;
  private VirtualRouters routers = make(configuration(List.of()));

  private VirtualRouters make(Configuration configuration) {
    return new VirtualRouters(
        configuration,
        new VrrpContext(
            timers,
            (endpoint, payload, length) ->
                seen.add("eth" + endpoint.linkIndex() + " says " + (payload[2] & 0xff)),
            new Kernel(),
            new Silence(),
            () -> nowNanos,
            (router, from, to) -> {},
            event -> seen.add(event.name() + " " + event.what() + " " + event.priority())),
        new Ports());
  }

  /** Written down; it answers later, as the real one does. */
  private final class Kernel implements AddressBook {
    @Override
    public void add(
        Holder owner, List<VirtualAddress> addresses, Consumer<Optional<String>> answer) {
      if (brokenKernel.filter(name(owner)::equals).isPresent()) {
        throw new IllegalStateException("for the test");
      }
      addresses.forEach(address -> seen.add("+" + address.address().getHostAddress()));
    }

    @Override
    public void remove(Holder owner, List<VirtualAddress> addresses) {
      if (brokenKernel.filter(name(owner)::equals).isPresent()) {
        brokenKernel = Optional.empty();
        throw new IllegalStateException("for the test");
      }
      addresses.forEach(address -> seen.add("-" + address.address().getHostAddress()));
    }

    private String name(Holder owner) {
      return ((RunningRouter) owner).router().instance().name();
    }
  }

  private static final class Silence implements Announcer {
    @Override
    public void announce(
        Object owner, String name, List<VirtualAddress> addresses, int repeat, long intervalNanos) {
      // nobody looks
    }

    @Override
    public void cancel(Object owner) {
      // nothing is queued
    }
  }

  private final class Ports implements LinkPorts {
    @Override
    public void open(LinkState link, Demand demand) {
      // the test answers
    }

    @Override
    public void close(int linkIndex) {
      closed.add("eth" + linkIndex);
    }
  }

  // ---- transitions ----

  @Test
  void takesOverInOneTurnAndTellsOfTheGroupLast() {
    run(List.of(A_B), A, B);
    assertEquals(List.of("VG BACKUP 0", "A BACKUP 100", "B BACKUP 100"), drain());
    fireTimersUntil(State.MASTER);
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
    receive(1, B, 200);
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
    routers.stop(true);
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
    assertEquals(Map.of("A", State.FAULT, "B", State.BACKUP), states());
    fireTimersUntil(State.MASTER);
    assertEquals(Map.of("A", State.FAULT, "B", State.MASTER), states());
  }

  // ---- failures of our own ----

  @Test
  void failureInOneIsAFaultOfAll() {
    run(List.of(A_B), A, B);
    drain();
    brokenKernel = Optional.of("A");
    fireTimersUntil(State.FAULT);
    assertEquals(Map.of("A", State.FAULT, "B", State.FAULT), states());
    assertTrue(seen.contains("-10.0.0.52"), seen::toString);
  }

  @Test
  void oneThatDoesNothingAnyMoreHoldsTheOthersInFault() {
    master(List.of(A_B), A, B);
    brokenKernel = Optional.of("A");
    link(0, false);
    assertEquals(State.FAULT, states().get("B"));
    assertTrue(seen.containsAll(List.of("-10.0.0.51", "-10.0.0.52")), seen::toString);
  }

  // ---- reload ----

  @Test
  void memberOnALinkThatIsOnlyOpenedDisturbsNobody() {
    master(List.of(A_B), A, B);
    bring(2);
    reload(List.of(A_B_C), A, B, C);
    assertEquals(List.of(), drain());
    routers.portOpened(2);
    assertEquals(List.of("C BACKUP 100"), drain());
    fireTimersUntil(State.MASTER);
    assertEquals(Map.of("A", State.MASTER, "B", State.MASTER, "C", State.MASTER), states());
    assertTrue(drain().stream().noneMatch(line -> line.startsWith("VG")));
  }

  @Test
  void memberThatWaitsForItsLinkOutlivesAReload() {
    master(List.of(A_B), A, B);
    bring(2);
    reload(List.of(A_B_C), A, B, C);
    reload(List.of(A_B_C), A, B, TestInstance.of("interface=eth2", "name=C", "vrid=53"));
    assertEquals(List.of(), drain());
    routers.portOpened(2);
    assertEquals(List.of("C BACKUP 100"), drain());
  }

  @Test
  void memberOnALinkThatCannotBeOpenedIsAFault() {
    master(List.of(A_B), A, B);
    bring(2);
    reload(List.of(A_B_C), A, B, C);
    routers.portFailed(2, "for the test");
    assertTrue(states().values().stream().allMatch(State.FAULT::equals), () -> "" + states());
  }

  @Test
  void memberOnALinkThatIsGoneBeforeItWasOpenedIsAFault() {
    master(List.of(A_B), A, B);
    bring(2);
    reload(List.of(A_B_C), A, B, C);
    routers.links().linkRemoved(state(2, true));
    assertTrue(states().values().stream().allMatch(State.FAULT::equals), () -> "" + states());
  }

  @Test
  void memberThatIsGoneAgainBeforeItsLinkIsOpenIsForgotten() {
    master(List.of(A_B), A, B);
    bring(2);
    reload(List.of(A_B_C), A, B, C);
    reload(List.of(A_B), A, B);
    assertEquals(List.of("eth2"), closed);
    assertEquals(List.of("C DELETED 100"), drain());
    assertEquals(Map.of("A", State.MASTER, "B", State.MASTER), states());
  }

  @Test
  void groupThatIsRemovedLeavesItsMembersAsTheyAre() {
    master(List.of(A_B), A, B);
    List<RunningRouter> before = List.copyOf(routers.all());
    reload(List.of(), A, B);
    assertEquals(List.of(), drain());
    assertSame(before.get(0), List.copyOf(routers.all()).get(0));
    assertEquals(List.of(), routers.groups());
    link(1, false);
    assertEquals(Map.of("A", State.MASTER, "B", State.FAULT), states());
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
    fireTimersUntil(State.MASTER);
    receive(1, B, 200);
    assertEquals(Map.of("A", State.MASTER, "B", State.BACKUP), states());
    drain();
    reload(List.of(A_B), A, B);
    assertEquals(List.of("eth0 says 0", "-10.0.0.51", "A BACKUP 100", "VG BACKUP 0"), drain());
  }

  @Test
  void groupThatAReloadMakesOfEqualOnesHasNothingToTell() {
    run(List.of(), A, B);
    fireTimersUntil(State.MASTER);
    drain();
    reload(List.of(A_B), A, B);
    assertEquals(List.of(), drain());
    assertEquals(State.MASTER, routers.groups().get(0).state());
    routers.stop(true);
    assertTrue(drain().contains("VG STOP 0"));
  }

  @Test
  void memberThatGoesFromOneGroupToAnotherGoesByThat() {
    run(
        List.of(group("A", "B"), new SyncGroup("W", List.of("C"), List.of(), Notifications.NONE)),
        A,
        B,
        C);
    link(0, false);
    assertEquals(State.FAULT, states().get("B"));
    reload(
        List.of(new SyncGroup("W", List.of("B", "C"), List.of(), Notifications.NONE), group("A")),
        A,
        B,
        C);
    assertEquals(Map.of("A", State.FAULT, "B", State.BACKUP, "C", State.BACKUP), states());
    link(2, false);
    assertEquals(State.FAULT, states().get("B"));
  }

  // ---- words ----

  private void run(List<SyncGroup> groups, VrrpInstance... instances) {
    routers = make(configuration(groups, instances));
    for (int index = 0; index < instances.length; index++) {
      bring(index);
    }
    routers.links().resynchronised();
    for (int index = 0; index < instances.length; index++) {
      routers.portOpened(index);
    }
    routers.start();
  }

  /** Runs them until all are master. */
  private void master(List<SyncGroup> groups, VrrpInstance... instances) {
    run(groups, instances);
    fireTimersUntil(State.MASTER);
    assertTrue(states().values().stream().allMatch(State.MASTER::equals));
    drain();
  }

  private void reload(List<SyncGroup> groups, VrrpInstance... instances) {
    routers.reload(ReloadPlan.of(routers.configuration(), configuration(groups, instances)));
  }

  /** Fires timers until one more virtual router has a state, all that are due then. */
  private void fireTimersUntil(State state) {
    long before = count(state);
    for (int i = 0; count(state) == before; i++) {
      assertTrue(i < 1000, () -> "still " + states());
      nowNanos += timers.nanosUntilNext(nowNanos);
      while (timers.fireNext(nowNanos)) {
        // all that matters happens in the condition
      }
    }
  }

  private long count(State state) {
    return states().values().stream().filter(state::equals).count();
  }

  private Map<String, State> states() {
    return routers.all().stream()
        .map(RunningRouter::router)
        .collect(Collectors.toMap(router -> router.instance().name(), VirtualRouter::state));
  }

  private List<String> drain() {
    List<String> drained = List.copyOf(seen);
    seen.clear();
    return drained;
  }

  private void receive(int index, VrrpInstance from, int priority) {
    byte[] frame =
        new SentFrames(from, new byte[6], TestInstance.address("10.0.0.250")).next(priority);
    routers.received(index, frame, IP_AT, frame.length);
  }

  private void bring(int index) {
    routers.links().linkChanged(state(index, true));
    routers
        .links()
        .addressAdded(
            new LinkAddress(
                index,
                TestInstance.address("10.0.0." + (index + 1)),
                24,
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                Optional.empty()));
  }

  private void link(int index, boolean running) {
    routers.links().linkChanged(state(index, running));
  }

  private static LinkState state(int index, boolean running) {
    return new LinkState(
        index,
        "eth" + index,
        new byte[] {2, 0, 0, 0, 0, (byte) index},
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

  private static VrrpInstance on(String link, String name, int vrid) {
    return TestInstance.of(
        "interface=" + link, "name=" + name, "vrid=" + vrid, "addresses=10.0.0." + vrid);
  }

  private static SyncGroup group(String... members) {
    return new SyncGroup("VG", Arrays.asList(members), List.of(), Notifications.NONE);
  }

  private static Configuration configuration(List<SyncGroup> groups, VrrpInstance... instances) {
    return new Configuration(
        new GlobalDefinitions("test", Optional.empty(), Optional.empty(), false, 0, 0, false),
        List.of(instances),
        groups,
        Trackers.NONE,
        LinkWatch.KERNEL,
        Reporting.NONE,
        LifeScripts.NONE);
  }
}
