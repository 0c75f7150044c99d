package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkAddress.DuplicateCheck;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.TestMachine.Seen;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which address of a link IPv6 is spoken from, and what is a fault of it. */
class LinkFaults6Test {

  private static final VrrpInstance A =
      TestInstance.of("name=A", "addresses=fe80::51,2001:db8::51");

  private final RoutersRig rig = RoutersRig.withOpenPorts(TestConfiguration.of(A));

  @BeforeEach
  void bring() {
    rig.bring(1, "eth0", "10.0.0.1");
    rig.routers().links().resynchronised();
    rig.routers().start();
  }

  private static LinkAddress address(int link, String text, DuplicateCheck check) {
    return new LinkAddress(
        link,
        TestInstance.address(text),
        64,
        Optional.empty(),
        Optional.empty(),
        253,
        false,
        Optional.empty(),
        check);
  }

  private void add(String text, DuplicateCheck check) {
    rig.routers().links().addressAdded(address(1, text, check));
  }

  private void remove(String text) {
    rig.routers().links().addressRemoved(address(1, text, DuplicateCheck.PASSED));
  }

  private void assertNoSource(String why) {
    assertEquals(State.FAULT, rig.state("A"));
    assertEquals(
        Map.of(
            Fault.NO_SOURCE_ADDRESS,
            "interface eth0 has no IPv6 link-local address to send from" + why),
        rig.router("A").faults());
  }

  private void assertSource(String text) {
    assertEquals(Optional.of(TestInstance.address(text)), rig.router("A").source());
  }

  @Test
  void anIpv4AddressIsNone() {
    assertNoSource("");
  }

  @Test
  void itIsSpokenFromALinkLocalAddress() {
    add("2001:db8::1", DuplicateCheck.PASSED);
    assertNoSource("");
    add("fe80::1", DuplicateCheck.PASSED);
    assertEquals(State.BACKUP, rig.state("A"));
    assertSource("fe80::1");
    rig.advance(5);
    assertEquals(State.MASTER, rig.state("A"));
    assertEquals(
        List.of("+fe80::51", "+2001:db8::51"),
        rig.machine().drain(Seen.KERNEL).stream().limit(2).toList());
  }

  @Test
  void aVirtualAddressIsNone() {
    add("fe80::51", DuplicateCheck.PASSED);
    assertNoSource(": fe80::51 is a virtual address");
    add("fe80::1", DuplicateCheck.PASSED);
    assertSource("fe80::1");
  }

  @Test
  void theSameAddressIsVirtualOnItsOwnLinkOnly() {
    VrrpInstance b = TestInstance.of("name=B", "interface=eth7", "vrid=7", "addresses=fe80::7");
    RoutersRig two = RoutersRig.withOpenPorts(TestConfiguration.of(A, b));
    two.bring(1, "eth0", "10.0.0.1");
    two.bring(7, "eth7", "10.7.0.1");
    two.routers().links().addressAdded(address(1, "fe80::7", DuplicateCheck.PASSED));
    two.routers().links().addressAdded(address(7, "fe80::7", DuplicateCheck.PASSED));
    two.routers().links().resynchronised();
    two.routers().start();
    assertEquals(Map.of("A", State.BACKUP, "B", State.FAULT), two.states());
  }

  @Test
  void nothingIsSentFromAnAddressThatTheNeighboursAreBeingAskedFor() {
    add("fe80::1", DuplicateCheck.RUNNING);
    assertNoSource(": fe80::1 is still being looked for elsewhere (duplicate address detection)");
    add("fe80::1", DuplicateCheck.PASSED);
    assertEquals(State.BACKUP, rig.state("A"));
  }

  @Test
  void aDuplicateIsNone() {
    add("fe80::1", DuplicateCheck.RUNNING);
    add("fe80::1", DuplicateCheck.FAILED);
    assertNoSource(": fe80::1 is another machine's, too (duplicate address)");
  }

  /** Peers do not hear what comes from a duplicate, nor does this machine what is for it. */
  @Test
  void peersAreNotSpokenToFromADuplicate() {
    VrrpInstance b =
        TestInstance.of("name=B", "addresses=2001:db8::51", "peers=fd00::2", "source=fd00::1");
    RoutersRig one = RoutersRig.withOpenPorts(TestConfiguration.of(b));
    one.bring(1, "eth0", "10.0.0.1");
    one.routers().links().addressAdded(address(1, "fd00::1", DuplicateCheck.RUNNING));
    one.routers().links().resynchronised();
    one.routers().start();
    String waiting = "entering FAULT state (src address not configured): waiting for fd00::1";
    assertEquals(
        Map.of(
            Fault.NO_SOURCE_ADDRESS,
            waiting + ", which is still being looked for elsewhere (duplicate address detection)"),
        one.router("B").faults());
    one.routers().links().addressAdded(address(1, "fd00::1", DuplicateCheck.PASSED));
    assertEquals(State.BACKUP, one.state("B"));
    one.routers().links().addressAdded(address(1, "fd00::1", DuplicateCheck.FAILED));
    assertEquals(
        Map.of(
            Fault.NO_SOURCE_ADDRESS,
            waiting + ", which is another machine's, too (duplicate address)"),
        one.router("B").faults());
    one.routers().links().addressRemoved(address(1, "fd00::1", DuplicateCheck.PASSED));
    assertEquals(Map.of(Fault.NO_SOURCE_ADDRESS, waiting), one.router("B").faults());
    // somebody else's is no matter
    one.routers().links().addressAdded(address(1, "fd00::9", DuplicateCheck.FAILED));
    one.routers().links().addressAdded(address(1, "fd00::1", DuplicateCheck.PASSED));
    assertEquals(State.BACKUP, one.state("B"));
  }

  /** Another source would be another router, to those who go by it. */
  @Test
  void theSourceStaysAsLongAsItIsThere() {
    add("fe80::2", DuplicateCheck.RUNNING);
    add("fe80::1", DuplicateCheck.PASSED);
    assertSource("fe80::1");
    add("fe80::2", DuplicateCheck.PASSED);
    assertSource("fe80::1");
    remove("fe80::1");
    assertSource("fe80::2");
    assertEquals(State.BACKUP, rig.state("A"));
    add("fe80::1", DuplicateCheck.PASSED);
    assertSource("fe80::2");
    remove("fe80::2");
    assertSource("fe80::1");
    remove("fe80::1");
    assertNoSource("");
  }

  /** A master that is set down loses its addresses, and comes back when it has them again. */
  @Test
  void aLinkThatGoesDownLosesItsAddresses() {
    add("fe80::1", DuplicateCheck.PASSED);
    rig.advance(5);
    assertEquals(State.MASTER, rig.state("A"));
    rig.routers().links().linkChanged(TestLinks.noCarrier(1, "eth0"));
    remove("fe80::1");
    assertEquals(State.FAULT, rig.state("A"));
    rig.routers().links().linkChanged(TestLinks.up(1, "eth0"));
    assertNoSource("");
    add("fe80::1", DuplicateCheck.RUNNING);
    add("fe80::1", DuplicateCheck.PASSED);
    assertEquals(State.BACKUP, rig.state("A"));
    rig.advance(5);
    assertEquals(State.MASTER, rig.state("A"));
  }
}
