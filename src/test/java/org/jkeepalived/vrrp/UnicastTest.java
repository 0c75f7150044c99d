package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.TestMachine.Seen;
import org.jkeepalived.vrrp.packet.ChecksumKind;
import org.junit.jupiter.api.Test;

/** Virtual routers that speak to peers. */
class UnicastTest {

  private static final String PEERS = "peers=10.0.0.2,10.0.0.3";

  private RoutersRig rig = new RoutersRig(TestConfiguration.of());

  /** On a machine with the link eth0 and the address 10.0.0.1. */
  private void run(VrrpInstance... instances) {
    rig = RoutersRig.withOpenPorts(TestConfiguration.of(instances));
    rig.bring(1, "eth0", "10.0.0.1");
    rig.routers().links().resynchronised();
    rig.routers().start();
  }

  private static VrrpInstance instance(String... words) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 1);
    all[words.length] = "name=A";
    return TestInstance.of(all);
  }

  private void become(State state) {
    rig.fireTimersUntil(state);
  }

  private Map<Fault, String> reasons() {
    return rig.router("A").faults();
  }

  // ---- whom it speaks to ----

  @Test
  void everyPeerIsSpokenTo() {
    run(instance(PEERS));
    become(State.MASTER);
    assertEquals(
        List.of("eth0 says 100 to 10.0.0.2", "eth0 says 100 to 10.0.0.3"),
        rig.machine().drain(Seen.SENT));
    rig.routers().stop(true);
    assertEquals(
        List.of("eth0 says 0 to 10.0.0.2", "eth0 says 0 to 10.0.0.3"),
        rig.machine().drain(Seen.SENT));
  }

  /** The port of the link is there for the announcements: it hears no group. */
  @Test
  void noGroupIsJoined() {
    run(instance(PEERS), TestInstance.of("name=B", "vrid=52"));
    assertTrue(rig.machine().seen(Seen.PORTS).contains("open 1 [224.0.0.18] 2"));
    run(instance(PEERS));
    assertEquals(List.of("open 1 [] 1"), rig.machine().seen(Seen.PORTS));
  }

  @Test
  void whoIsAmongItsOwnPeersIsLeftOutAndToldSoOnce() {
    run(instance("peers=10.0.0.1,10.0.0.2"));
    become(State.MASTER);
    rig.advance(3);
    assertEquals(Set.of("eth0 says 100 to 10.0.0.2"), Set.copyOf(rig.machine().seen(Seen.SENT)));
    List<String> said =
        rig.machine().seen(Seen.LOGGED).stream()
            .filter(line -> line.contains("with our IP address"))
            .toList();
    assertEquals(
        List.of(
            "(A) WARNING - equal priority advert received from remote host with our IP address:"
                + " it is unicast_peer 10.0.0.1, which is ourselves - left out"),
        said);
  }

  @Test
  void peerThatCannotBeReachedIsCountedAndKeepsNobodyElseWaiting() {
    run(instance(PEERS));
    rig.machine().loseRouteTo(TestInstance.address("10.0.0.2"));
    become(State.MASTER);
    assertTrue(rig.machine().seen(Seen.SENT).contains("eth0 says 100 to 10.0.0.3"));
    assertEquals(1, rig.router("A").statistics().get(Counter.SEND_FAILURES));
    assertEquals(1, rig.router("A").statistics().get(Counter.ADVERTISEMENTS_SENT));
  }

  // ---- whom it hears ----

  @Test
  void peersMasterIsFollowedAndAStrangersToo() {
    VrrpInstance backup = instance(PEERS);
    run(backup);
    rig.advance(2);
    rig.receive(1, backup, 200, "10.0.0.2");
    rig.advance(3);
    assertEquals(State.BACKUP, rig.state("A"), "three seconds after its advertisement");
    rig.receive(1, backup, 200, "10.0.0.99");
    rig.advance(3);
    assertEquals(State.BACKUP, rig.state("A"));
    assertEquals(List.of(2L), rig.received());
    rig.advance(1);
    assertEquals(State.MASTER, rig.state("A"));
  }

  @Test
  void strangersAreDiscardedAndCountedWithCheckUnicastSrc() {
    VrrpInstance wary = instance(PEERS, "check_unicast_src");
    run(wary);
    rig.receive(1, wary, 200, "10.0.0.2");
    rig.receive(1, wary, 200, "10.0.0.99");
    assertEquals(List.of(1L), rig.received());
    assertEquals(1, rig.router("A").statistics().get(Discard.SOURCE));
    assertTrue(
        rig.machine()
            .seen(Seen.LOGGED)
            .contains("(A) unicast source address 10.0.0.99 not a unicast peer (from 10.0.0.99)"));
  }

  @Test
  void whatCameInOnAnotherLinkIsNotHeard() {
    VrrpInstance here = instance(PEERS);
    run(here);
    rig.bring(2, "eth1", "10.0.1.1");
    rig.receive(1, here, 200, "10.0.0.2");
    rig.receive(2, here, 200, "10.0.0.2");
    assertEquals(List.of(1L), rig.received());
    assertEquals(1, rig.routers().get(VirtualRouters.Stray.UNKNOWN_VRID));
  }

  // ---- old peers ----

  /** What the payloads would say, of the checksum of version 3 before keepalived 1.3.7. */
  @Test
  void oldPeerIsAnsweredInKindAndNobodyElse() {
    VrrpInstance here = instance(PEERS, "version=3", "priority=200");
    VrrpInstance old = instance(PEERS, "version=3", "old_unicast_checksum=ALWAYS");
    run(here);
    become(State.MASTER);
    assertEquals(Map.of(), rig.running("A").otherChecksums());
    rig.machine().forget();
    rig.receive(1, old, 100, "10.0.0.3");
    rig.receive(1, old, 100, "10.0.0.3");
    assertEquals(
        Map.of(TestInstance.address("10.0.0.3"), ChecksumKind.OLD_UNICAST),
        rig.running("A").otherChecksums());
    assertEquals(
        List.of("(A) Setting unicast VRRPv3 checksum to old version (from 10.0.0.3)"),
        rig.machine().seen(Seen.LOGGED).stream().filter(line -> line.contains("sum")).toList());
    rig.machine().payloads().clear();
    rig.advance(1);
    assertEquals(
        List.of("10.0.0.2 PSEUDO_HEADER", "10.0.0.3 OLD_UNICAST"), kindsSent(here, "10.0.0.1"));

    rig.reload(TestConfiguration.of(instance(PEERS, "version=3", "priority=201")));
    rig.machine().payloads().clear();
    rig.advance(1);
    assertEquals(
        List.of("10.0.0.2 PSEUDO_HEADER", "10.0.0.3 OLD_UNICAST"), kindsSent(here, "10.0.0.1"));

    rig.receive(1, here, 100, "10.0.0.3");
    rig.machine().payloads().clear();
    rig.advance(1);
    assertEquals(
        List.of("10.0.0.2 PSEUDO_HEADER", "10.0.0.3 PSEUDO_HEADER"), kindsSent(here, "10.0.0.1"));
    assertEquals(Map.of(), rig.running("A").otherChecksums());
  }

  @Test
  void oldPeerIsNotBelievedWhereItIsNeverToBe() {
    VrrpInstance here = instance(PEERS, "version=3", "old_unicast_checksum=NEVER");
    VrrpInstance old = instance(PEERS, "version=3", "old_unicast_checksum=ALWAYS");
    run(here);
    rig.receive(1, here, 200, "10.0.0.3");
    assertEquals(List.of(1L), rig.received());
    rig.receive(1, old, 200, "10.0.0.3");
    assertEquals(List.of(1L), rig.received());
    assertEquals(1, rig.router("A").statistics().get(Discard.CHECKSUM));
  }

  @Test
  void neighbourWithoutAPseudoHeaderIsBelievedAndToldOfOnce() {
    VrrpInstance here = instance("version=3");
    run(here);
    VrrpInstance plain = instance("version=3", "v3_checksum_as_v2");
    for (int second = 0; second < 200; second++) {
      rig.receive(1, plain, 200);
      rig.advance(1);
    }
    assertEquals(State.BACKUP, rig.state("A"));
    assertEquals(
        Map.of(TestInstance.address("10.0.0.250"), ChecksumKind.PLAIN),
        rig.running("A").otherChecksums());
    assertEquals(
        List.of(
            "(A) VRRPv3 checksum is made without the pseudo header there, and believed (from"
                + " 10.0.0.250)"),
        rig.machine().seen(Seen.LOGGED).stream().filter(line -> line.contains("sum")).toList());
  }

  /** How the checksums of all that was sent are made, in the order of sending. */
  private List<String> kindsSent(VrrpInstance like, String source) {
    return rig.machine().payloads().stream()
        .map(
            sent ->
                sent.to().getHostAddress()
                    + " "
                    + SentFrames.kind(like, TestInstance.address(source), sent.to(), sent.bytes()))
        .toList();
  }

  // ---- where it speaks from ----

  @Test
  void sourceThatIsNotThereYetIsAFaultUntilItIs() {
    run(instance(PEERS, "source=10.0.0.77"));
    assertEquals(State.FAULT, rig.state("A"));
    assertEquals(
        Map.of(
            Fault.NO_SOURCE_ADDRESS,
            "entering FAULT state (src address not configured): waiting for 10.0.0.77"),
        reasons());

    rig.routers().links().addressAdded(TestLinks.address(1, "10.0.0.77"));
    assertEquals(State.BACKUP, rig.state("A"));
    become(State.MASTER);

    rig.routers().links().addressRemoved(TestLinks.address(1, "10.0.0.77"));
    assertEquals(State.FAULT, rig.state("A"));
    assertEquals(Set.of(Fault.NO_SOURCE_ADDRESS), rig.faults("A"));
  }

  @Test
  void sourceMayBeOnAnotherLink() {
    run(instance(PEERS, "source=10.0.9.9"));
    assertEquals(State.FAULT, rig.state("A"));
    rig.bring(2, "loopback", "10.0.9.9");
    assertEquals(State.BACKUP, rig.state("A"));
  }

  @Test
  void sourceThatTwoLinksHaveIsThereUntilTheLastLosesIt() {
    run(instance(PEERS, "source=10.0.0.77"));
    rig.bring(2, "eth1", "10.0.0.77");
    rig.routers().links().addressAdded(TestLinks.address(1, "10.0.0.77"));
    assertEquals(State.BACKUP, rig.state("A"));
    rig.routers().links().addressRemoved(TestLinks.address(1, "10.0.0.77"));
    assertEquals(State.BACKUP, rig.state("A"));
    rig.routers().links().linkRemoved(TestLinks.up(2, "eth1"));
    rig.routers().links().addressAdded(TestLinks.address(1, "10.0.0.5"));
    assertEquals(State.FAULT, rig.state("A"));
  }

  // ---- over whatever link ----

  private static VrrpInstance anywhere(String... words) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 4);
    all[words.length] = "name=A";
    all[words.length + 1] = "interface=";
    all[words.length + 2] = "peers=10.0.9.2,10.0.0.3";
    all[words.length + 3] = "addresses=192.0.2.100@eth0";
    return TestInstance.of(all);
  }

  @Test
  void withoutALinkTheKernelFindsTheWay() {
    VrrpInstance here = anywhere();
    run(here);
    assertEquals(TestInstance.address("10.0.0.1"), rig.router("A").source().orElseThrow());
    rig.bring(2, "eth1", "10.0.9.1");
    assertEquals(TestInstance.address("10.0.9.1"), rig.router("A").source().orElseThrow());
    assertEquals(State.BACKUP, rig.state("A"));
    rig.receive(1, here, 200, "10.0.0.3");
    rig.receive(2, here, 200, "10.0.9.2");
    rig.receive(7, here, 200, "10.0.9.2");
    assertEquals(List.of(3L), rig.received());
    rig.machine().forget();
    become(State.MASTER);
    assertEquals(
        List.of("? says 100 to 10.0.9.2", "? says 100 to 10.0.0.3"), rig.machine().seen(Seen.SENT));
    rig.routers().links().linkChanged(TestLinks.down(2, "eth1"));
    assertEquals(State.MASTER, rig.state("A"));
    rig.routers().links().linkChanged(TestLinks.down(1, "eth0"));
    assertEquals(Set.of(Fault.ADDRESS_LINK_DOWN), rig.faults("A"));
  }

  @Test
  void withoutAnyAddressItWaitsForOne() {
    rig = RoutersRig.withOpenPorts(TestConfiguration.of(anywhere()));
    rig.routers().links().linkChanged(TestLinks.up(1, "eth0"));
    rig.routers().links().resynchronised();
    rig.routers().start();
    assertEquals(
        Map.of(Fault.NO_SOURCE_ADDRESS, "no address to send to the peers from, waiting for one"),
        reasons());
    rig.routers().links().addressAdded(TestLinks.address(1, "10.0.0.1"));
    assertEquals(State.BACKUP, rig.state("A"));
  }

  @Test
  void sourceThatIsNamedIsWaitedForOnWhateverLink() {
    run(anywhere("source=10.0.5.5"));
    assertEquals(Set.of(Fault.NO_SOURCE_ADDRESS), rig.faults("A"));
    rig.bring(2, "eth1", "10.0.5.5");
    assertEquals(State.BACKUP, rig.state("A"));
  }

  /** What has come in on a link of the VRF is for those who speak in it. */
  @Test
  void vrfIsHeardOnItsLinks() {
    VrrpInstance here = instance("interface=blue", "peers=10.0.9.2", "addresses=192.0.2.100@eth0");
    run(here);
    assertEquals(Set.of(Fault.INTERFACE_MISSING), rig.faults("A"));
    rig.routers().links().linkChanged(TestLinks.vrf(9, "blue"));
    rig.routers().links().linkChanged(TestLinks.portOf(2, "eth1", 9));
    rig.routers().links().addressAdded(TestLinks.address(2, "10.0.9.1"));
    assertEquals(State.BACKUP, rig.state("A"));
    assertEquals(TestInstance.address("10.0.9.1"), rig.router("A").source().orElseThrow());
    rig.receive(2, here, 200, "10.0.9.2");
    assertEquals(List.of(1L), rig.received());
    rig.receive(1, here, 200, "10.0.9.2");
    assertEquals(List.of(1L), rig.received());
    rig.machine().forget();
    become(State.MASTER);
    assertEquals(List.of("blue says 100 to 10.0.9.2"), rig.machine().seen(Seen.SENT));
  }

  // ---- what keeps it from running ----

  @Test
  void withoutPeersItIsInFaultIfItIsToldTo() {
    run(instance("unicast_fault_no_peer"));
    assertEquals(State.FAULT, rig.state("A"));
    assertEquals(
        Map.of(Fault.NO_PEERS, "Cannot use unicast without any peers - going to fault state"),
        reasons());
    rig.reload(TestConfiguration.of(instance("unicast_fault_no_peer", PEERS)));
    assertEquals(State.BACKUP, rig.state("A"));
  }

  @Test
  void withoutASocketNothingIsSentToPeers() {
    rig =
        RoutersRig.withOpenPorts(
            TestConfiguration.of(instance(PEERS), TestInstance.of("name=B", "vrid=52")));
    rig.machine().breakUnicast("open raw socket: Operation not permitted");
    rig.bring(1, "eth0", "10.0.0.1");
    rig.routers().links().resynchronised();
    rig.routers().start();
    assertEquals(
        Map.of(Fault.LINK_UNUSABLE, "open raw socket: Operation not permitted"), reasons());
    assertEquals(State.BACKUP, rig.state("B"));
  }

  /** It would be master beside the others, all of whom it cannot hear. */
  @Test
  void withoutASocketForAuthenticationHeadersWhoeverNeedsItIsAtFault() {
    rig =
        RoutersRig.withOpenPorts(
            TestConfiguration.of(
                instance(PEERS, "ah=secret"),
                TestInstance.of("name=B", "vrid=52", PEERS),
                TestInstance.of("name=C", "vrid=53", "ah=secret")));
    rig.machine().breakAuthenticated("open raw socket: Operation not permitted");
    rig.bring(1, "eth0", "10.0.0.1");
    rig.routers().links().resynchronised();
    rig.routers().start();
    assertEquals(
        Map.of(Fault.LINK_UNUSABLE, "open raw socket: Operation not permitted"), reasons());
    assertEquals(Map.of("A", State.FAULT, "B", State.BACKUP, "C", State.BACKUP), rig.states());
  }

  @Test
  void linkThatIsNotEthernetWillDo() {
    rig =
        RoutersRig.withOpenPorts(
            TestConfiguration.of(
                instance(PEERS, "interface=wg0"),
                TestInstance.of("name=B", "vrid=52", "interface=wg0")));
    rig.routers().links().linkChanged(TestLinks.tunnel(1, "wg0"));
    rig.routers().links().addressAdded(TestLinks.address(1, "10.0.0.1"));
    rig.routers().links().resynchronised();
    rig.routers().start();
    assertEquals(Map.of("A", State.BACKUP, "B", State.BACKUP), rig.states());
    become(State.MASTER);
    assertTrue(rig.machine().seen(Seen.SENT).contains("wg0 says 100 to 10.0.0.2"));
    // the kernel makes what the link carries, of packets to groups, too
    assertTrue(rig.machine().seen(Seen.SENT).contains("wg0 says 100 to 224.0.0.18"));
    assertEquals(List.of("open 1 [224.0.0.18] 2"), rig.machine().seen(Seen.PORTS));
    rig.routers().links().linkChanged(TestLinks.tunnelDown(1, "wg0"));
    assertEquals(State.FAULT, rig.state("A"));
  }

  // ---- reload ----

  @Test
  void masterStaysMasterWhenItsPeersChange() {
    run(instance(PEERS));
    become(State.MASTER);
    rig.machine().forget();
    rig.reload(TestConfiguration.of(instance("peers=10.0.0.3,10.0.0.4")));
    assertEquals(State.MASTER, rig.state("A"));
    rig.advance(1);
    assertEquals(
        Set.of("eth0 says 100 to 10.0.0.3", "eth0 says 100 to 10.0.0.4"),
        Set.copyOf(rig.machine().seen(Seen.SENT)));
    assertEquals(List.of(), rig.machine().seen(Seen.TOLD));
  }

  @Test
  void thoseThatShareAVridGoOnEachForItself() {
    VrrpInstance one = instance("peers=10.0.0.2", "state=MASTER", "priority=255");
    VrrpInstance other = TestInstance.of("name=B", "peers=10.0.0.3", "addresses=192.0.2.200");
    run(one, other);
    assertEquals(Map.of("A", State.MASTER, "B", State.BACKUP), rig.states());
    rig.machine().forget();
    rig.reload(
        TestConfiguration.of(
            one,
            TestInstance.of("name=C", "peers=10.0.0.3", "addresses=192.0.2.200", "priority=200")));
    assertEquals(Map.of("A", State.MASTER, "C", State.BACKUP), rig.states());
    assertEquals(200, rig.router("C").priority());
    assertEquals(255, rig.router("A").priority());
    rig.advance(1);
    assertEquals(List.of("eth0 says 255 to 10.0.0.2"), rig.machine().seen(Seen.SENT));
  }

  @Test
  void fromPeersToAGroupIsAnotherVirtualRouter() {
    run(instance(PEERS));
    become(State.MASTER);
    rig.machine().forget();
    rig.reload(TestConfiguration.of(instance()));
    assertEquals(
        List.of("eth0 says 0 to 10.0.0.2", "eth0 says 0 to 10.0.0.3"),
        rig.machine().seen(Seen.SENT));
    assertEquals(State.BACKUP, rig.state("A"));
    become(State.MASTER);
    assertTrue(rig.machine().seen(Seen.SENT).contains("eth0 says 100"));
  }
}
