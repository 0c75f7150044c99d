package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.time.TimerQueue;

/** {@link VirtualRouters} on a {@link TestMachine}, with the time in the test's hand. */
final class RoutersRig {

  static final int IP_AT = 14;

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final byte[] PEERS_MAC = {2, 0, 0, 0, 1, 0};

  private final TimerQueue timers = new TimerQueue();
  private final TestMachine machine = new TestMachine(this::linkName);
  private final VirtualRouters routers;

  RoutersRig(Configuration configuration) {
    routers =
        new VirtualRouters(
            configuration,
            new VrrpContext(timers, machine, machine, machine, machine, machine),
            new Links(),
            machine);
  }

  /** One whose ports are open as soon as they are asked for. */
  static RoutersRig withOpenPorts(Configuration configuration) {
    RoutersRig rig = new RoutersRig(configuration);
    rig.machine.openPortsAtOnce(rig.routers::portOpened);
    return rig;
  }

  private String linkName(int index) {
    return routers.links().numbered(index).map(LinkState::name).orElse("?");
  }

  TestMachine machine() {
    return machine;
  }

  VirtualRouters routers() {
    return routers;
  }

  // ---- the machine ----

  /** A link with an address comes up. */
  void bring(int index, String name, String address) {
    routers.links().linkChanged(TestLinks.up(index, name));
    routers.links().addressAdded(TestLinks.address(index, address));
  }

  /** A link gets, or loses, its carrier. */
  void carrier(int index, String name, boolean running) {
    routers.links().linkChanged(TestLinks.link(index, name, running));
  }

  /** An advertisement comes in as another machine with that configuration would send it. */
  void receive(int linkIndex, VrrpInstance from, int priority) {
    byte[] frame =
        new SentFrames(from, PEERS_MAC, TestInstance.address("10.0.0.250")).next(priority);
    routers.received(linkIndex, frame, IP_AT, frame.length);
  }

  /** The same from a peer. */
  void receive(int linkIndex, VrrpInstance from, int priority, String source) {
    byte[] packet =
        SentFrames.toPeer(from, TestInstance.address(source), TestInstance.address("10.0.0.1"), 255)
            .next(priority);
    routers.received(linkIndex, packet, 0, packet.length);
  }

  void reload(Configuration changed) {
    routers.reload(ReloadPlan.of(routers.configuration(), changed));
  }

  // ---- time ----

  void advance(int seconds) {
    long end = machine.nowNanos() + seconds * SECOND_NANOS;
    while (timers.nanosUntilNext(machine.nowNanos()) <= end - machine.nowNanos()) {
      fireNextTimer();
    }
    machine.setTime(end);
  }

  void fireNextTimer() {
    machine.setTime(machine.nowNanos() + timers.nanosUntilNext(machine.nowNanos()));
    timers.fireNext(machine.nowNanos());
  }

  /** Fires timers until one more virtual router has a state, and all that are due then. */
  void fireTimersUntil(State state) {
    long before = count(state);
    for (int i = 0; count(state) == before; i++) {
      assertTrue(i < 1000, () -> "still " + states());
      fireNextTimer();
      while (timers.fireNext(machine.nowNanos())) {
        // all that matters happens in the condition
      }
    }
  }

  // ---- how they are ----

  RunningRouter running(String name) {
    return routers.all().stream()
        .filter(each -> each.router().instance().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  VirtualRouter router(String name) {
    return running(name).router();
  }

  State state(String name) {
    return router(name).state();
  }

  Set<Fault> faults(String name) {
    return router(name).faults().keySet();
  }

  /** Each instance's state, in the file's order. */
  Map<String, State> states() {
    Map<String, State> states = new LinkedHashMap<>();
    routers
        .all()
        .forEach(each -> states.put(each.router().instance().name(), each.router().state()));
    return states;
  }

  /** {@code A MASTER 100}: each instance's state and effective priority, in the file's order. */
  List<String> statesAndPriorities() {
    return routers.all().stream()
        .map(RunningRouter::router)
        .map(one -> one.instance().name() + " " + one.state() + " " + one.priority())
        .toList();
  }

  /** How many advertisements each instance has received, in the file's order. */
  List<Long> received() {
    return routers.all().stream()
        .map(each -> each.router().statistics().get(Counter.ADVERTISEMENTS_RECEIVED))
        .toList();
  }

  long count(State state) {
    return states().values().stream().filter(state::equals).count();
  }
}
