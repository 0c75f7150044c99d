package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;

class VirtualRoutersTest {

  private static final int ETHERNET_HEADER_BYTES = 14;
  private static final byte[] MAC = {2, 0, 0, 0, 0, 1};
  private static final byte[] OTHER_MAC = {2, 0, 0, 0, 0, 2};

  private final TimerQueue timers = new TimerQueue();
  private final List<String> ports = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private final List<String> kernel = new ArrayList<>();
  private final List<String> announced = new ArrayList<>();
  private Optional<RuntimeException> brokenKernel = Optional.empty();
  private long nowNanos = 1_000_000_000L;

  /** Written down; answers are the test's. */
  private final LinkPorts fakePorts =
      new LinkPorts() {
        @Override
        public void open(LinkState link, Demand demand) {
          Set<String> groups = new TreeSet<>();
          demand.groups().forEach(group -> groups.add(group.getHostAddress()));
          ports.add("open " + link.index() + " " + groups + " " + demand.routers());
        }

        @Override
        public void close(int linkIndex) {
          ports.add("close " + linkIndex);
        }
      };

  private final AddressBook fakeKernel =
      new AddressBook() {
        @Override
        public void add(
            Holder owner, List<VirtualAddress> addresses, Consumer<Optional<String>> answer) {
          brokenKernel.ifPresent(
              broken -> {
                throw broken;
              });
          addresses.forEach(address -> kernel.add("+" + address.address().getHostAddress()));
          answer.accept(Optional.empty());
        }

        @Override
        public void remove(Holder owner, List<VirtualAddress> addresses) {
          addresses.forEach(address -> kernel.add("-" + address.address().getHostAddress()));
        }
      };

  private final Announcer fakeAnnouncer =
      new Announcer() {
        @Override
        public void announce(
            Object owner,
            String name,
            List<VirtualAddress> addresses,
            int repeat,
            long intervalNanos) {
          announced.add(name);
        }

        @Override
        public void cancel(Object owner) {
          // nothing is queued
        }
      };

  private final List<String> told = new ArrayList<>();
  private VirtualRouters routers = make();

  private VirtualRouters make(VrrpInstance... instances) {
    return new VirtualRouters(
        configuration(instances),
        new VrrpContext(
            timers,
            (endpoint, payload, length) ->
                sent.add(endpoint.linkIndex() + " " + (payload[1] & 0xff)),
            fakeKernel,
            fakeAnnouncer,
            () -> nowNanos,
            (router, from, to) -> {},
            event -> told.add(event.name() + " " + event.what())),
        fakePorts);
  }

  // ---- packets ----

  @Test
  void packetGoesToTheRouterOfItsLinkGroupAndVrid() {
    VrrpInstance first = on("eth0", "A", 51, "10.0.0.51");
    VrrpInstance second = on("eth0", "B", 52, "10.0.0.52");
    VrrpInstance elsewhere = on("eth1", "C", 51, "10.0.1.51");
    VrrpInstance otherGroup = inGroup(on("eth0", "D", 51, "10.0.0.61"), "224.0.0.99");
    run(first, second, elsewhere, otherGroup);

    receive(1, first);
    assertEquals(List.of(1L, 0L, 0L, 0L), received());
    receive(2, elsewhere);
    assertEquals(List.of(1L, 0L, 1L, 0L), received());
    receive(1, otherGroup);
    assertEquals(List.of(1L, 0L, 1L, 1L), received());
    receive(1, second);
    assertEquals(List.of(1L, 1L, 1L, 1L), received());
    assertEquals(0, routers.get(VirtualRouters.Stray.UNKNOWN_VRID));
  }

  @Test
  void packetOfNobodyIsCounted() {
    VrrpInstance here = on("eth0", "A", 51, "10.0.0.51");
    run(here);
    receive(1, here);
    assertEquals(List.of(1L), received());

    receive(1, on("eth0", "X", 99, "10.0.0.99"));
    receive(1, inGroup(here, "224.0.0.77"));
    receive(7, here);
    assertEquals(3, routers.get(VirtualRouters.Stray.UNKNOWN_VRID));
    assertEquals(List.of(1L), received());
  }

  @Test
  void packetThatIsTooShortIsCounted() {
    VrrpInstance here = on("eth0", "A", 51, "10.0.0.51");
    run(here);
    byte[] frame = frame(here);
    routers.received(1, frame, ETHERNET_HEADER_BYTES, frame.length);
    assertEquals(0, routers.get(VirtualRouters.Stray.TRUNCATED));

    frame[ETHERNET_HEADER_BYTES + 3] = 22; // the IP header's total length
    routers.received(1, frame, ETHERNET_HEADER_BYTES, ETHERNET_HEADER_BYTES + 22);
    assertEquals(1, routers.get(VirtualRouters.Stray.TRUNCATED));
    assertEquals(List.of(1L), received());
  }

  // ---- links and ports ----

  @Test
  void routerIsInFaultUntilItsPortIsOpen() {
    routers = make(on("eth0", "A", 51, "10.0.0.51"));
    routers.links().linkChanged(link(1, "eth0"));
    routers.links().addressAdded(address(1, "10.0.0.1"));
    assertFalse(routers.portsAnswered());
    routers.links().resynchronised();
    assertFalse(routers.portsAnswered());
    assertEquals(Set.of(Fault.LINK_DOWN), faults("A"));
    routers.portOpened(1);
    assertTrue(routers.portsAnswered());
    assertEquals(Set.of(), faults("A"));
    routers.start();
    assertEquals(State.BACKUP, state("A"));
  }

  @Test
  void portThatFailsIsAFaultAndIsAskedForAgain() {
    routers = make(on("eth0", "A", 51, "10.0.0.51"));
    routers.links().linkChanged(link(1, "eth0"));
    routers.links().addressAdded(address(1, "10.0.0.1"));
    routers.links().resynchronised();
    routers.portFailed(1, "no memory");
    assertTrue(routers.portsAnswered());
    routers.start();
    assertEquals(State.FAULT, state("A"));
    assertEquals("no memory", router("A").faults().get(Fault.LINK_UNUSABLE));

    ports.clear();
    routers.retryPorts();
    assertEquals(List.of("open 1 [224.0.0.18] 1"), ports);
    assertEquals(State.FAULT, state("A"));
    routers.portOpened(1);
    assertEquals(State.BACKUP, state("A"));
  }

  @Test
  void linkThatGoesDownAndUpKeepsItsPort() {
    run(on("eth0", "A", 51, "10.0.0.51"));
    routers.links().linkChanged(down(1, "eth0"));
    assertEquals(State.FAULT, state("A"));
    assertEquals(Set.of(Fault.LINK_DOWN), faults("A"));
    routers.links().linkChanged(link(1, "eth0"));
    assertEquals(State.BACKUP, state("A"));
    assertFalse(ports.contains("close 1"));
  }

  @Test
  void linkThatIsDeletedAndMadeAgainHasAPortUnderItsNewIndex() {
    VrrpInstance here = on("eth0", "A", 51, "10.0.0.51");
    run(here);
    routers.links().addressRemoved(address(1, "10.0.0.1"));
    assertEquals(Set.of(Fault.NO_SOURCE_ADDRESS), faults("A"));
    routers.links().linkRemoved(link(1, "eth0"));
    assertEquals(Set.of(Fault.INTERFACE_MISSING), faults("A"));
    assertTrue(ports.contains("close 1"));

    routers.links().linkChanged(link(8, "eth0"));
    routers.portOpened(1);
    assertEquals(State.FAULT, state("A"), "an answer for the old one");
    routers.links().addressAdded(address(8, "10.0.0.1"));
    routers.portOpened(8);
    assertEquals(State.BACKUP, state("A"));
    receive(8, here);
    receive(1, here);
    assertEquals(List.of(1L), received());
  }

  @Test
  void linksThatSwapTheirNamesSwapTheirRouters() {
    VrrpInstance a = on("eth0", "A", 51, "10.0.0.51");
    VrrpInstance b = on("eth1", "B", 52, "10.0.1.52");
    run(a, b);
    ports.clear();

    routers.links().linkChanged(link(1, "tmp"));
    assertEquals(Set.of(Fault.INTERFACE_MISSING), faults("A"));
    assertEquals(Set.of(), faults("B"));
    routers.links().linkChanged(link(2, "eth0"));
    assertEquals(Set.of(Fault.INTERFACE_MISSING), faults("B"));
    routers.links().linkChanged(link(1, "eth1"));
    assertEquals(
        List.of("close 1", "close 2", "open 2 [224.0.0.18] 1", "open 1 [224.0.0.18] 1"), ports);
    routers.portOpened(1);
    routers.portOpened(2);
    assertEquals(State.BACKUP, state("A"));
    assertEquals(State.BACKUP, state("B"));
    receive(2, a);
    receive(1, b);
    assertEquals(List.of(1L, 1L), received());
  }

  @Test
  void linkThatIsNoEthernetIsAFaultOfItsRoutersOnly() {
    VrrpInstance onTunnel = on("tun0", "T", 51, "10.0.9.51");
    routers = make(onTunnel, on("eth0", "A", 51, "10.0.0.51"));
    routers.links().linkChanged(tunnel(9, "tun0"));
    routers.links().addressAdded(address(9, "10.0.9.1"));
    routers.links().linkChanged(link(1, "eth0"));
    routers.links().addressAdded(address(1, "10.0.0.1"));
    routers.links().resynchronised();
    routers.portOpened(1);
    routers.start();
    assertEquals(Set.of(Fault.LINK_UNUSABLE), faults("T"));
    assertEquals(State.FAULT, state("T"));
    assertEquals(State.BACKUP, state("A"));
  }

  @Test
  void sourceIsTheFirstAddressThatIsNobodysVirtualOne() {
    routers = make(on("eth0", "A", 51, "10.0.0.51"));
    routers.links().linkChanged(link(1, "eth0"));
    routers.links().addressAdded(address(1, "10.0.0.51"));
    routers.links().resynchronised();
    routers.portOpened(1);
    assertEquals(Set.of(Fault.NO_SOURCE_ADDRESS), faults("A"));
    routers.links().addressAdded(address(1, "10.0.0.7"));
    assertEquals(Set.of(), faults("A"));
    assertEquals("10.0.0.7", router("A").source().orElseThrow().getHostAddress());
  }

  @Test
  void masterWhoseHardwareAddressChangesAnnouncesAgain() {
    run(on("eth0", "A", 51, "10.0.0.51"));
    advance(10);
    assertEquals(State.MASTER, state("A"));
    announced.clear();
    routers.links().linkChanged(link(1, "eth0"));
    assertEquals(List.of(), announced);
    routers.links().linkChanged(link(1, "eth0", OTHER_MAC));
    assertEquals(List.of("A"), announced);
  }

  // ---- reload ----

  @Test
  void reloadDoesNotDisturbOthersOnTheSameLink() {
    VrrpInstance kept = on("eth0", "A", 51, "10.0.0.51");
    run(kept, on("eth0", "B", 52, "10.0.0.52"));
    advance(10);
    sent.clear();
    kernel.clear();
    RunningRouter before = running("A");
    long deadline = before.protocolDeadlineNanos().orElseThrow();

    reload(kept, on("eth0", "C", 53, "10.0.0.53"));
    assertEquals(List.of("1 52"), sent, "the farewell");
    assertEquals(List.of("-10.0.0.52"), kernel);
    assertSame(before, running("A"));
    assertEquals(State.MASTER, state("A"));
    assertEquals(deadline, before.protocolDeadlineNanos().orElseThrow());
    assertEquals(State.BACKUP, state("C"));
    assertFalse(ports.contains("close 1"));
  }

  @Test
  void changedRouterKeepsItsStateAndItsBeat() {
    run(on("eth0", "A", 51, "10.0.0.51"));
    advance(10);
    RunningRouter before = running("A");
    long deadline = before.protocolDeadlineNanos().orElseThrow();
    reload(TestInstance.of("name=A", "vrid=51", "addresses=10.0.0.51", "garp_master_refresh=60"));
    assertSame(before, running("A"));
    assertEquals(State.MASTER, state("A"));
    assertEquals(deadline, before.protocolDeadlineNanos().orElseThrow());
  }

  @Test
  void newGroupOnAnOpenLinkIsAskedForAndHeard() {
    VrrpInstance a = on("eth0", "A", 51, "10.0.0.51");
    run(a);
    ports.clear();
    VrrpInstance further = inGroup(on("eth0", "B", 51, "10.0.0.61"), "224.0.0.99");
    reload(a, further);
    assertEquals(List.of("open 1 [224.0.0.18, 224.0.0.99] 2"), ports);
    assertEquals(State.BACKUP, state("B"));
    receive(1, further);
    assertEquals(List.of(0L, 1L), received());

    reload(a);
    receive(1, further);
    assertEquals(1, routers.get(VirtualRouters.Stray.UNKNOWN_VRID));
  }

  @Test
  void reloadToALinkThatIsNewWaitsForItsPort() {
    VrrpInstance a = on("eth0", "A", 51, "10.0.0.51");
    run(a);
    routers.links().linkChanged(link(2, "eth1"));
    routers.links().addressAdded(address(2, "10.0.1.1"));
    reload(a, on("eth1", "B", 51, "10.0.1.51"));
    assertEquals(Set.of(Fault.LINK_DOWN), faults("B"));
    routers.portOpened(2);
    assertEquals(State.BACKUP, state("B"));
  }

  @Test
  void linkThatNobodyMentionsAnyMoreIsClosed() {
    VrrpInstance a = on("eth0", "A", 51, "10.0.0.51");
    run(a, on("eth1", "B", 51, "10.0.1.51"));
    reload(a);
    assertTrue(ports.contains("close 2"));
    assertFalse(ports.contains("close 1"));
  }

  @Test
  void reloadTellsOfWhatItRemovesAndOfNothingElse() {
    VrrpInstance a = on("eth0", "A", 51, "10.0.0.51");
    run(a, on("eth0", "B", 52, "10.0.0.52"));
    advance(10);
    told.clear();
    reload(a);
    reload(a);
    assertEquals(List.of("B DELETED"), told);
  }

  @Test
  void reloadBeforeTheStartStartsNothing() {
    routers = make(on("eth0", "A", 51, "10.0.0.51"));
    bring(1, "eth0", "10.0.0.1");
    routers.links().resynchronised();
    routers.portOpened(1);
    reload(on("eth0", "B", 52, "10.0.0.52"));
    assertEquals(State.INIT, state("B"));
    routers.start();
    assertEquals(State.BACKUP, state("B"));
  }

  @Test
  void sameNameWithAnotherVridIsAnotherRouter() {
    run(on("eth0", "A", 51, "10.0.0.51"));
    advance(10);
    RunningRouter before = running("A");
    reload(on("eth0", "A", 52, "10.0.0.51"));
    assertTrue(before != running("A"));
    assertEquals(State.INIT, before.router().state());
    assertEquals(State.BACKUP, state("A"));
    receive(1, on("eth0", "X", 52, "10.0.0.51"));
    assertEquals(List.of(1L), received());
  }

  // ---- failures of our own ----

  @Test
  void failureCostsTheOneInstance() {
    run(on("eth0", "A", 51, "10.0.0.51"), on("eth0", "B", 52, "10.0.0.52"));
    brokenKernel = Optional.of(new IllegalStateException("for the test"));
    fireNextTimer();
    brokenKernel = Optional.empty();
    advance(10);
    long inFault =
        routers.all().stream().filter(each -> each.router().state() == State.FAULT).count();
    long master =
        routers.all().stream().filter(each -> each.router().state() == State.MASTER).count();
    assertEquals(1, inFault);
    assertEquals(1, master);
    routers.stop(true);
    assertTrue(routers.all().stream().allMatch(each -> each.router().state() == State.INIT));
  }

  // ---- words ----

  private void run(VrrpInstance... instances) {
    routers = make(instances);
    bring(1, "eth0", "10.0.0.1");
    if (Arrays.stream(instances).anyMatch(each -> each.key().interfaceName().equals("eth1"))) {
      bring(2, "eth1", "10.0.1.1");
    }
    routers.links().resynchronised();
    routers.portOpened(1);
    routers.portOpened(2);
    routers.start();
    assertTrue(
        routers.all().stream().allMatch(each -> each.router().state() == State.BACKUP),
        "all are ready");
  }

  private void bring(int index, String name, String address) {
    routers.links().linkChanged(link(index, name));
    routers.links().addressAdded(address(index, address));
  }

  private void reload(VrrpInstance... instances) {
    routers.reload(ReloadPlan.of(routers.configuration(), configuration(instances)));
  }

  private void receive(int linkIndex, VrrpInstance from) {
    byte[] frame = frame(from);
    routers.received(linkIndex, frame, ETHERNET_HEADER_BYTES, frame.length);
  }

  private static byte[] frame(VrrpInstance from) {
    return new SentFrames(from, OTHER_MAC, TestInstance.address("10.0.0.250")).next(200);
  }

  private List<Long> received() {
    return routers.all().stream()
        .map(each -> each.router().statistics().get(Counter.ADVERTISEMENTS_RECEIVED))
        .toList();
  }

  private void advance(int seconds) {
    long end = nowNanos + seconds * 1_000_000_000L;
    while (timers.nanosUntilNext(nowNanos) <= end - nowNanos) {
      fireNextTimer();
    }
    nowNanos = end;
  }

  private void fireNextTimer() {
    nowNanos += timers.nanosUntilNext(nowNanos);
    timers.fireNext(nowNanos);
  }

  private RunningRouter running(String name) {
    return routers.all().stream()
        .filter(each -> each.router().instance().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private VirtualRouter router(String name) {
    return running(name).router();
  }

  private State state(String name) {
    return router(name).state();
  }

  private Set<Fault> faults(String name) {
    return router(name).faults().keySet();
  }

  private static VrrpInstance on(String link, String name, int vrid, String address) {
    return TestInstance.of(
        "interface=" + link, "name=" + name, "vrid=" + vrid, "addresses=" + address);
  }

  private static VrrpInstance inGroup(VrrpInstance instance, String group) {
    return new VrrpInstance(
        instance.name(),
        new VrrpInstance.Key(
            instance.key().interfaceName(),
            TestInstance.address(group),
            instance.key().virtualRouterId()),
        instance.protocol(),
        instance.election(),
        instance.conduct(),
        instance.addresses(),
        instance.announcements());
  }

  private static Configuration configuration(VrrpInstance... instances) {
    return new Configuration(
        new GlobalDefinitions("test", Optional.empty(), Optional.empty(), false, 0, 0, false),
        List.of(instances));
  }

  private static LinkState link(int index, String name) {
    return link(index, name, MAC);
  }

  private static LinkState link(int index, String name, byte[] mac) {
    return link(index, name, mac, true, LinkState.ETHERNET);
  }

  private static LinkState down(int index, String name) {
    return link(index, name, MAC, false, LinkState.ETHERNET);
  }

  private static LinkState tunnel(int index, String name) {
    return link(index, name, new byte[0], true, 65534);
  }

  private static LinkState link(int index, String name, byte[] mac, boolean running, int type) {
    return new LinkState(
        index,
        name,
        mac,
        true,
        running,
        true,
        true,
        1500,
        type,
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
}
