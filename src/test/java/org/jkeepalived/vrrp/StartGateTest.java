package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;

/** Who may start when. */
class StartGateTest {

  private static final SyncGroup A_AND_B = TestConfiguration.group("G", List.of(), "A", "B");

  private final TestMachine machine = new TestMachine(index -> "eth0");
  private final SyncGroups groups = new SyncGroups(machine);
  private final Map<String, RunningRouter> routers = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();
  private final StartGate gate = new StartGate(groups, instance -> known.contains(instance.name()));

  StartGateTest() {
    VrrpContext context =
        new VrrpContext(new TimerQueue(), machine, machine, machine, machine, machine);
    for (String name : List.of("A", "B", "C")) {
      routers.put(name, new RunningRouter(TestInstance.of("name=" + name), context));
    }
  }

  private void form(SyncGroup... wanted) {
    groups.form(List.of(wanted), routers, 0);
  }

  private void open() {
    gate.open(routers.values(), 0);
  }

  private void know(String... names) {
    known.addAll(List.of(names));
    gate.startThoseKnown(0);
  }

  private void assertStarted(String... names) {
    assertEquals(
        List.of(names),
        routers.keySet().stream()
            .filter(name -> routers.get(name).router().state() != State.INIT)
            .toList());
  }

  @Test
  void eachStartsAsSoonAsItIsKnownHowItIs() {
    form();
    known.add("C");
    open();
    assertStarted("C");
    know("A");
    assertStarted("A", "C");
    know("B");
    assertStarted("A", "B", "C");
  }

  @Test
  void nobodyStartsBeforeTheGateIsOpen() {
    form();
    routers.values().forEach(gate::add);
    know("A");
    assertStarted();
    open();
    assertStarted("A");
  }

  @Test
  void membersOfAGroupStartTogether() {
    form(A_AND_B);
    open();
    know("A");
    assertStarted();
    know("C");
    assertStarted("C");
    know("B");
    assertStarted("A", "B", "C");
  }

  /** A member that a reload adds waits for nobody that runs already, and nobody waits for it. */
  @Test
  void onlyThoseThatWaitAreWaitedFor() {
    form(A_AND_B);
    gate.open(List.of(routers.get("A")), 0);
    know("A");
    assertStarted("A");
    gate.add(routers.get("B"));
    known.remove("A");
    know("B");
    assertStarted("A", "B");
  }

  @Test
  void nobodyStartsWhileAReloadIsUnderWay() {
    form();
    open();
    groups.dissolve();
    know("A");
    assertStarted();
    form();
    know();
    assertStarted("A");
  }

  @Test
  void whoIsRemovedOrComesAfterTheEndDoesNotStart() {
    form();
    open();
    gate.remove(routers.get("A"));
    know("A", "B");
    assertStarted("B");
    gate.close();
    know("C");
    assertStarted("B");
  }
}
