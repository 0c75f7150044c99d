package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.time.Moment;
import org.jkeepalived.vrrp.TestMachine.Seen;
import org.junit.jupiter.api.Test;

/** The operator takes virtual routers out, and back. */
class MaintenanceTest {

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final VrrpInstance A = instance("A", 51);
  private static final VrrpInstance B = instance("B", 52);
  private static final VrrpInstance C = instance("C", 53);
  private static final SyncGroup A_B = TestConfiguration.group("VG", List.of(), "A", "B");

  private RoutersRig rig = new RoutersRig(TestConfiguration.of());

  @Test
  void aMasterHandsOverAtOnceAndStaysOut() {
    master(List.of(), A);
    maintenance().begin(List.of("A"), order("until told"));
    assertEquals(List.of("eth0 says 0", "-10.0.0.51", "A FAULT 100"), drain());
    rig.advance(60);
    assertEquals(List.of(), drain(), "nobody else speaks, and it does not either");
    maintenance().end(List.of("A"), "asked for by me");
    assertEquals(List.of("A BACKUP 100"), drain());
    rig.fireTimersUntil(State.MASTER);
  }

  @Test
  void theLogSaysWhoHasAskedAndWhatHasBecomeOfIt() {
    master(List.of(), A);
    maintenance().begin(List.of("A"), order("until told"));
    maintenance().end(List.of("A"), "asked for by me");
    assertEquals(
        List.of(
            "(A) until told",
            "(A) Entering FAULT STATE",
            "(A) maintenance is over, asked for by me",
            "(A) Entering BACKUP STATE"),
        rig.machine().seen(Seen.LOGGED));
    assertEquals("its maintenance is over", rig.router("A").cause());
  }

  @Test
  void theCauseIsTheOrderThatHoldsAndWhatElseIsWrong() {
    master(List.of(), A);
    maintenance().begin(List.of("A"), order("until told"));
    maintenance().begin(List.of("A"), order("for 10 s"));
    assertEquals("for 10 s", rig.router("A").cause());
    rig.carrier(0, "eth0", false);
    assertTrue(rig.router("A").cause().contains("for 10 s"), rig.router("A").cause());
    maintenance().end(List.of("A"), "asked for by me");
    assertFalse(rig.router("A").cause().contains("for 10 s"), rig.router("A").cause());
    assertTrue(rig.router("A").cause().contains("eth0"), rig.router("A").cause());
  }

  @Test
  void anotherFaultOutlivesIt() {
    master(List.of(), A);
    maintenance().begin(List.of("A"), order("until told"));
    rig.carrier(0, "eth0", false);
    maintenance().end(List.of("A"), "asked for by me");
    assertEquals(Set.of(Fault.LINK_DOWN), rig.faults("A"));
    rig.carrier(0, "eth0", true);
    assertEquals(State.BACKUP, rig.state("A"));
  }

  @Test
  void itEndsWhenItsTimeHasComeAndSaysSo() {
    master(List.of(), A, C);
    int[] over = {0};
    maintenance().whenOver(() -> over[0]++);
    maintenance().begin(List.of("A"), order("for 10 s", 10));
    maintenance().begin(List.of("C"), order("for 20 s", 20));
    rig.advance(9);
    assertEquals(Map.of("A", State.FAULT, "C", State.FAULT), rig.states());
    rig.advance(2);
    assertEquals(Set.of("C"), maintenance().orders().keySet());
    assertEquals(1, over[0]);
    rig.advance(20);
    assertEquals(Map.of("A", State.MASTER, "C", State.MASTER), rig.states());
    assertTrue(
        rig.machine().seen(Seen.LOGGED).contains("(A) maintenance is over, its time has come"));
  }

  @Test
  void anotherOrderTakesThePlaceOfTheFirst() {
    master(List.of(), A);
    maintenance().begin(List.of("A"), order("for 10 s", 10));
    maintenance().begin(List.of("A"), order("until told"));
    assertEquals("until told", rig.router("A").faults().get(Fault.MAINTENANCE));
    rig.advance(60);
    assertEquals(State.FAULT, rig.state("A"));
  }

  // ---- groups ----

  @Test
  void aNameStandsForTheWholeSyncGroup() {
    master(List.of(A_B), A, B, C);
    assertEquals(List.of("A", "B"), maintenance().namedBy("VG"));
    assertEquals(List.of("A", "B"), maintenance().namedBy("B"));
    assertEquals(List.of("C"), maintenance().namedBy("C"));
    assertEquals(List.of(), maintenance().namedBy("X"));
  }

  @Test
  void aGroupGoesAndComesAsOne() {
    master(List.of(A_B), A, B);
    maintenance().begin(List.of("A", "B"), order("until told"));
    assertEquals(
        List.of(
            "eth0 says 0",
            "-10.0.0.51",
            "A FAULT 100",
            "eth0 says 0",
            "-10.0.0.52",
            "B FAULT 100",
            "VG FAULT 0"),
        drain());
    rig.advance(60);
    assertEquals(List.of(), drain());
    maintenance().end(List.of("A", "B"), "asked for by me");
    assertEquals(List.of("B BACKUP 100", "A BACKUP 100", "VG BACKUP 0"), drain());
    assertEquals(Set.of(), rig.faults("A"));
    rig.fireTimersUntil(State.MASTER);
    assertEquals(Map.of("A", State.MASTER, "B", State.MASTER), rig.states());
  }

  // ---- reload, start ----

  @Test
  void aReloadThatChangesTheInstanceLeavesItOut() {
    master(List.of(), A, C);
    maintenance().begin(List.of("A"), order("until told"));
    reload(
        List.of(),
        TestInstance.of("interface=eth0", "name=A", "vrid=51", "addresses=10.0.0.99"),
        C);
    rig.advance(60);
    assertEquals(Map.of("A", State.FAULT, "C", State.MASTER), rig.states());
    assertEquals(Set.of("A"), maintenance().orders().keySet());
  }

  /** Another VRID is another virtual router; to the operator it is the same one. */
  @Test
  void aReloadThatMakesTheInstanceAnewLeavesItOut() {
    master(List.of(), A, C);
    maintenance().begin(List.of("A"), order("until told"));
    rig.machine().forget();
    reload(List.of(), instance("A", 77), C);
    rig.advance(60);
    assertEquals(Map.of("A", State.FAULT, "C", State.MASTER), rig.states());
    assertEquals(List.of(), rig.machine().seen(Seen.KERNEL), "it never held anything");
  }

  @Test
  void anInstanceTakesItsOrderToItsNewName() {
    master(List.of(), A, C);
    maintenance().begin(List.of("A"), order("until told"));
    reload(List.of(), instance("Z", 51), instance("A", 99), C);
    rig.advance(60);
    assertEquals(Map.of("Z", State.FAULT, "A", State.MASTER, "C", State.MASTER), rig.states());
    maintenance().end(List.of("Z"), "asked for by me");
    assertEquals(State.BACKUP, rig.state("Z"));
  }

  @Test
  void anOrderGoesWithItsInstance() {
    master(List.of(), A, C);
    maintenance().begin(List.of("A"), order("until told"));
    reload(List.of(), C);
    reload(List.of(), A, C);
    rig.advance(60);
    assertEquals(State.MASTER, rig.state("A"));
  }

  @Test
  void anOrderForAllHoldsForThoseThatComeLater() {
    master(List.of(), A);
    maintenance().beginForAll(order("until told"));
    reload(List.of(), A, C);
    rig.advance(60);
    assertEquals(Map.of("A", State.FAULT, "C", State.FAULT), rig.states());
    maintenance().end(List.of("A"), "asked for by me");
    rig.advance(60);
    assertEquals(Map.of("A", State.MASTER, "C", State.FAULT), rig.states());
    reload(List.of(), A, B, C);
    rig.advance(60);
    assertEquals(State.MASTER, rig.state("B"), "there is no order for all any more");
  }

  @Test
  void whoseTimeHasComeStaysInThoughAllOthersAreOut() {
    master(List.of(), A, C);
    maintenance().beginForAll(order("until told"));
    maintenance().begin(List.of("A"), order("for 10 s", 10));
    rig.advance(60);
    assertEquals(Map.of("A", State.MASTER, "C", State.FAULT), rig.states());
    assertEquals(List.of("A"), maintenance().backBeforeAll());
    reload(List.of(), A, B, C);
    rig.advance(60);
    assertEquals(Map.of("A", State.MASTER, "B", State.FAULT, "C", State.FAULT), rig.states());
    maintenance().end(List.of("B", "C"), "asked for by me");
    assertEquals(List.of(), maintenance().backBeforeAll());
  }

  @Test
  void whatIsOutAtTheStartNeverSpeaks() {
    rig = RoutersRig.withOpenPorts(configuration(List.of(), A, C));
    maintenance().begin(List.of("A"), order("until told"));
    start();
    rig.advance(60);
    assertEquals(Map.of("A", State.FAULT, "C", State.MASTER), rig.states());
    assertTrue(rig.machine().seen(Seen.KERNEL).contains("+10.0.0.53"));
    assertTrue(!rig.machine().seen(Seen.KERNEL).contains("+10.0.0.51"));
  }

  /** The owner of the addresses is master whenever it can be: not now. */
  @Test
  void evenAnOwnerStaysOut() {
    VrrpInstance owner =
        TestInstance.of(
            "interface=eth0", "name=A", "vrid=51", "addresses=10.0.0.51", "priority=255");
    master(List.of(), owner);
    maintenance().begin(List.of("A"), order("until told"));
    rig.receive(0, owner, 0);
    rig.advance(60);
    assertEquals(State.FAULT, rig.state("A"));
  }

  // ---- words ----

  private Maintenance maintenance() {
    return rig.routers().maintenance();
  }

  private MaintenanceOrder order(String text) {
    return new MaintenanceOrder("me", text, Optional.empty(), false);
  }

  private MaintenanceOrder order(String text, int seconds) {
    Moment end =
        new Moment(rig.machine().nowNanos() + seconds * SECOND_NANOS, Instant.ofEpochSecond(9));
    return new MaintenanceOrder("me", text, Optional.of(end), false);
  }

  private void master(List<SyncGroup> groups, VrrpInstance... instances) {
    rig = RoutersRig.withOpenPorts(configuration(groups, instances));
    rig.machine().silenceKernel();
    start();
    rig.advance(5);
    assertEquals(instances.length, rig.count(State.MASTER));
    rig.machine().forget();
  }

  private void start() {
    rig.bring(0, "eth0", "10.0.0.1");
    rig.routers().links().resynchronised();
    rig.routers().start();
  }

  private void reload(List<SyncGroup> groups, VrrpInstance... instances) {
    rig.reload(configuration(groups, instances));
  }

  private List<String> drain() {
    return rig.machine().drain(Seen.SENT, Seen.KERNEL, Seen.TOLD);
  }

  private static VrrpInstance instance(String name, int vrid) {
    return TestInstance.of(
        "interface=eth0", "name=" + name, "vrid=" + vrid, "addresses=10.0.0." + vrid);
  }

  private static org.jkeepalived.model.Configuration configuration(
      List<SyncGroup> groups, VrrpInstance... instances) {
    return TestConfiguration.with(instances).groups(groups).done();
  }
}
