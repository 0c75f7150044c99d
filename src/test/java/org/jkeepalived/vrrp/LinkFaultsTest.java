package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Tracking;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.Weight;
import org.jkeepalived.vrrp.TestMachine.Seen;
import org.junit.jupiter.api.Test;

/** Which faults follow from links and addresses, and in which words. */
class LinkFaultsTest {

  private static final String ON_ETH7 = "addresses=10.0.0.51,10.7.0.51@eth7";

  private RoutersRig rig = new RoutersRig(TestConfiguration.of());

  private static VrrpInstance instance(String... words) {
    List<String> all = new java.util.ArrayList<>(List.of("name=A"));
    all.addAll(List.of(words));
    return TestInstance.of(all.toArray(String[]::new));
  }

  /** Both links are up; eth0 is 1, eth7 is 7. */
  private void run(VrrpInstance... instances) {
    prepare(instances);
    rig.bring(7, "eth7", "10.7.0.1");
    begin();
  }

  private void prepare(VrrpInstance... instances) {
    rig = RoutersRig.withOpenPorts(TestConfiguration.of(instances));
    rig.bring(1, "eth0", "10.0.0.1");
  }

  private void begin() {
    rig.routers().links().resynchronised();
    rig.routers().start();
  }

  private void becomeMaster() {
    rig.advance(10);
    assertEquals(State.MASTER, rig.state("A"));
    rig.machine().forget();
  }

  private void assertFaults(String... expected) {
    Map<Fault, String> faults = new EnumMap<>(Fault.class);
    for (String each : expected) {
      String[] parts = each.split(": ", 2);
      faults.put(Fault.valueOf(parts[0]), parts[1]);
    }
    assertEquals(faults, rig.router("A").faults());
  }

  // ---- the link of a virtual address ----

  @Test
  void linkOfAnAddressLosesItsCarrier() {
    run(instance(ON_ETH7));
    becomeMaster();
    rig.carrier(7, "eth7", false);
    assertFaults("ADDRESS_LINK_DOWN: interface eth7 of 10.7.0.51 has no carrier");
    assertEquals(
        List.of("eth0 says 0", "-10.0.0.51", "-10.7.0.51", "A FAULT 100"),
        rig.machine().drain(Seen.SENT, Seen.KERNEL, Seen.TOLD));
    rig.carrier(7, "eth7", true);
    assertEquals(State.BACKUP, rig.state("A"));
  }

  @Test
  void linkOfAnAddressIsSetDownOrRemoved() {
    run(instance(ON_ETH7));
    rig.routers().links().linkChanged(TestLinks.down(7, "eth7"));
    assertFaults("ADDRESS_LINK_DOWN: interface eth7 of 10.7.0.51 is down");
    rig.routers().links().linkRemoved(TestLinks.up(7, "eth7"));
    assertFaults("ADDRESS_LINK_DOWN: interface eth7 of 10.7.0.51 does not exist");
    rig.routers().links().linkChanged(TestLinks.up(9, "eth7"));
    assertFaults();
    assertEquals(State.BACKUP, rig.state("A"));
  }

  /** The healthy master is left alone: not one advertisement is sent. */
  @Test
  void linkOfAnAddressIsMissingOrDownAtTheStart() {
    prepare(instance(ON_ETH7, "priority=255", "state=MASTER"));
    begin();
    rig.advance(60);
    assertFaults("ADDRESS_LINK_DOWN: interface eth7 of 10.7.0.51 does not exist");
    assertEquals(List.of("A FAULT 255"), rig.machine().seen(Seen.TOLD));
    assertEquals(List.of(), rig.machine().seen(Seen.SENT, Seen.KERNEL));

    rig.routers().links().linkChanged(TestLinks.noCarrier(7, "eth7"));
    assertFaults("ADDRESS_LINK_DOWN: interface eth7 of 10.7.0.51 has no carrier");
    rig.carrier(7, "eth7", true);
    assertEquals(State.MASTER, rig.state("A"));
  }

  @Test
  void excludedAddressCountsAsWell() {
    run(instance("addresses=10.0.0.51", "excluded=10.7.0.51@eth7"));
    rig.carrier(7, "eth7", false);
    assertFaults("ADDRESS_LINK_DOWN: interface eth7 of 10.7.0.51 has no carrier");
  }

  @Test
  void linkOfAnAddressThatIsNotTrackedIsNoFault() {
    run(instance("addresses=10.0.0.51,10.7.0.51@eth7/no_track"));
    becomeMaster();
    rig.carrier(7, "eth7", false);
    assertFaults();
    assertEquals(State.MASTER, rig.state("A"));
  }

  /** {@code track_interface eth7 weight -20} beside it changes the priority, and nothing else. */
  @Test
  void weightOfTheSameLinkMakesItNoLessAFault() {
    Tracked eth7 =
        new Tracked(new TrackTarget(TrackKind.INTERFACE, "eth7"), new Weight(-20, false));
    run(instance(ON_ETH7).tracking(new Tracking(List.of(eth7), true, false)));
    becomeMaster();
    rig.carrier(7, "eth7", false);
    assertEquals(List.of("A FAULT 80"), rig.statesAndPriorities());
  }

  /** What is spoken on is another fault, which that option is about. */
  @Test
  void dontTrackPrimaryConcernsTheLinkThatIsSpokenOn() {
    run(instance(ON_ETH7).tracking(new Tracking(List.of(), false, false)));
    becomeMaster();
    rig.carrier(1, "eth0", false);
    assertFaults();
    rig.carrier(7, "eth7", false);
    assertFaults("ADDRESS_LINK_DOWN: interface eth7 of 10.7.0.51 has no carrier");
  }

  @Test
  void delaysOfTheLinkHoldForItsAddresses() {
    LinkWatch watch =
        new LinkWatch(
            Map.of("eth7", new LinkWatch.Delays(2_000_000_000L, 2_000_000_000L)), Map.of());
    rig = RoutersRig.withOpenPorts(TestConfiguration.with(instance(ON_ETH7)).watch(watch).done());
    rig.bring(1, "eth0", "10.0.0.1");
    rig.bring(7, "eth7", "10.7.0.1");
    begin();
    rig.carrier(7, "eth7", false);
    rig.advance(1);
    assertFaults();
    rig.advance(1);
    assertFaults("ADDRESS_LINK_DOWN: interface eth7 of 10.7.0.51 has no carrier");
  }

  @Test
  void reloadThatMovesAnAddressGoesByItsNewLink() {
    run(instance("addresses=10.0.0.51"));
    rig.carrier(7, "eth7", false);
    assertFaults();
    rig.reload(TestConfiguration.of(instance(ON_ETH7)));
    assertFaults("ADDRESS_LINK_DOWN: interface eth7 of 10.7.0.51 has no carrier");
    rig.reload(TestConfiguration.of(instance("addresses=10.0.0.51")));
    assertFaults();
    rig.carrier(7, "eth7", true);
    rig.carrier(7, "eth7", false);
    assertFaults();
  }

  @Test
  void everyInstanceWithAnAddressThereIsConcernedAndNobodyElse() {
    VrrpInstance other = TestInstance.of("name=B", "vrid=52", "addresses=10.0.0.52");
    VrrpInstance third =
        TestInstance.of("name=C", "vrid=53", "interface=eth7", "addresses=10.7.0.53");
    run(instance(ON_ETH7), other, third);
    rig.carrier(7, "eth7", false);
    assertEquals(Map.of("A", State.FAULT, "B", State.BACKUP, "C", State.FAULT), rig.states());
    rig.reload(TestConfiguration.of(other));
    rig.carrier(7, "eth7", true);
    rig.carrier(7, "eth7", false);
    assertEquals(Map.of("B", State.BACKUP), rig.states());
  }

  // ---- the address that is sent from ----

  @Test
  void virtualAddressIsNamedWhereItIsAllThatTheLinkHas() {
    rig = RoutersRig.withOpenPorts(TestConfiguration.of(instance("addresses=10.0.0.51")));
    rig.routers().links().linkChanged(TestLinks.up(1, "eth0"));
    begin();
    assertFaults("NO_SOURCE_ADDRESS: interface eth0 has no IPv4 address to send from");
    rig.routers().links().addressAdded(TestLinks.address(1, "10.0.0.51"));
    assertFaults(
        "NO_SOURCE_ADDRESS: interface eth0 has no IPv4 address to send from:"
            + " 10.0.0.51 is a virtual address");
    rig.routers().links().addressAdded(TestLinks.address(1, "10.0.0.1"));
    assertFaults();
  }
}
