package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.jkeepalived.link.Links;
import org.jkeepalived.link.TestLinks;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.vrrp.TestMachine.Seen;
import org.jkeepalived.vrrp.VirtualRouters.Stray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of packets that are nobody's. */
class PacketDispatchTest {

  private static final int TTL_AT = RoutersRig.IP_AT + 8;
  private static final VrrpInstance A = TestInstance.of("name=A", "vrid=51");
  private static final VrrpInstance NOBODY = TestInstance.of("vrid=99");

  private final TestMachine machine = new TestMachine(index -> "eth0");
  private final RouterLookup lookup = new RouterLookup();
  private final Links links = new Links();
  private final RunningRouter router;
  private final PacketDispatch dispatch;

  PacketDispatchTest() {
    VrrpContext context =
        new VrrpContext(new TimerQueue(), machine, machine, machine, machine, machine);
    router = new RunningRouter(A, context);
    lookup.add(router);
    lookup.attachLink(1, "eth0");
    links.linkChanged(TestLinks.up(1, "eth0"));
    dispatch = new PacketDispatch(lookup, links, context, true);
  }

  private static byte[] frame(VrrpInstance sender) {
    return new SentFrames(sender, new byte[6], TestInstance.address("10.0.0.9")).next(100);
  }

  private void receive(byte[] frame, int end) {
    dispatch.receive(1, frame, RoutersRig.IP_AT, end);
  }

  private void receive(byte[] frame) {
    receive(frame, frame.length);
  }

  private void assertCounted(long received, long unknown, long truncated) {
    assertEquals(
        List.of(received, unknown, truncated),
        List.of(
            router.router().statistics().get(Counter.ADVERTISEMENTS_RECEIVED),
            dispatch.get(Stray.UNKNOWN_VRID),
            dispatch.get(Stray.TRUNCATED)));
  }

  @Test
  void strayIsCountedAndToldOnceInAWhile() {
    receive(frame(A));
    assertCounted(1, 0, 0);
    receive(frame(NOBODY));
    receive(frame(NOBODY));
    assertCounted(1, 2, 0);
    assertEquals(List.of("Unknown VRID(99) received from 10.0.0.9"), machine.drain(Seen.LOGGED));
    machine.setTime(machine.nowNanos() + 10_000_000_000L);
    receive(frame(NOBODY));
    assertEquals(List.of("Unknown VRID(99) received from 10.0.0.9"), machine.drain(Seen.LOGGED));
  }

  @Test
  void unknownVridIsOnlyCountedUnlessItIsToBeLogged() {
    receive(frame(NOBODY));
    assertEquals(1, machine.drain(Seen.LOGGED).size());
    dispatch.setLogUnknownVrids(false);
    machine.setTime(machine.nowNanos() + 10_000_000_000L);
    receive(frame(NOBODY));
    assertCounted(0, 2, 0);
    assertEquals(List.of(), machine.drain(Seen.LOGGED));
  }

  @Test
  void packetThatEndsTooEarlyIsNobodys() {
    byte[] cut = frame(A);
    receive(cut, RoutersRig.IP_AT + 27);
    assertCounted(0, 0, 1);
    assertEquals(List.of("IPv4 VRRP packet too short - 27 bytes"), machine.drain(Seen.LOGGED));
    receive(cut, RoutersRig.IP_AT + 19);
    assertCounted(0, 0, 1);
  }

  @Test
  void whatIsWrongWithAPacketIsItsRoutersBusiness() {
    byte[] farTravelled = frame(A);
    receive(farTravelled.clone());
    assertCounted(1, 0, 0);
    farTravelled[TTL_AT] = 64;
    SentFrames.sumHeader(farTravelled);
    receive(farTravelled);
    assertCounted(1, 0, 0);
    assertEquals(1, router.router().statistics().get(Discard.TTL));
  }

  // ---- what the kernel would not have heard ----

  private void assertIgnored(Stray stray, byte[] frame) {
    receive(frame(A));
    final long before = dispatch.get(stray);
    receive(frame);
    assertEquals(before + 1, dispatch.get(stray));
    assertCounted(1 + before, 0, 0);
    assertEquals(List.of(), machine.seen(Seen.LOGGED));
  }

  @Test
  void frameForAnotherMachineIsIgnored() {
    byte[] foreign = frame(A);
    System.arraycopy(new byte[] {2, 0, 0, 0, 0, 7}, 0, foreign, 0, 6);
    assertIgnored(Stray.FOREIGN_FRAME, foreign);
  }

  @Test
  void frameForThisMachineAloneOrForAllIsHeard() {
    byte[] frame = frame(A);
    System.arraycopy(TestLinks.up(1, "eth0").mac(), 0, frame, 0, 6);
    receive(frame);
    Arrays.fill(frame, 0, 6, (byte) 0xff);
    receive(frame);
    assertCounted(2, 0, 0);
  }

  @Test
  void packetWithAWrongHeaderChecksumIsIgnored() {
    byte[] damaged = frame(A);
    damaged[RoutersRig.IP_AT + 10] ^= 1;
    assertIgnored(Stray.HEADER_CHECKSUM, damaged);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.255.0.9", "255.255.255.255", "224.0.0.18"})
  void packetFromWhereNoMachineIsIsIgnored(String source) {
    assertIgnored(
        Stray.MARTIAN_SOURCE,
        new SentFrames(A, new byte[6], TestInstance.address(source)).next(100));
  }

  /** A machine without an address may speak on its link (RFC 1122 section 3.2.1.3). */
  @Test
  void packetFromNoAddressIsHeardWhereItStaysOnItsLink() {
    receive(new SentFrames(A, new byte[6], TestInstance.address("0.0.0.0")).next(100));
    assertCounted(1, 0, 0);
    VrrpInstance wide = TestInstance.of("vrid=51", "group=239.1.2.3");
    receive(new SentFrames(wide, new byte[6], TestInstance.address("0.0.0.0")).next(100));
    assertEquals(1, dispatch.get(Stray.MARTIAN_SOURCE));
  }

  /** The kernel has looked at what it hands over, which is what is for this machine alone. */
  @Test
  void packetOfAPeerIsNotLookedAtAgain() {
    VrrpInstance peers = TestInstance.of("name=P", "vrid=60", "peers=10.0.0.9");
    RunningRouter other =
        new RunningRouter(
            peers, new VrrpContext(new TimerQueue(), machine, machine, machine, machine, machine));
    lookup.add(other);
    byte[] packet =
        SentFrames.toPeer(
                peers, TestInstance.address("10.0.0.9"), TestInstance.address("10.0.0.1"), 255)
            .next(100);
    packet[10] ^= 1;
    dispatch.receive(1, packet, 0, packet.length);
    assertEquals(1, other.router().statistics().get(Counter.ADVERTISEMENTS_RECEIVED));
  }

  /** What is captured on a tunnel has no frame, and was not looked at by the kernel. */
  @Test
  void packetForAGroupWithoutAFrameIsLookedAt() {
    byte[] packet = Arrays.copyOfRange(frame(A), RoutersRig.IP_AT, frame(A).length);
    dispatch.receive(1, packet, 0, packet.length);
    assertCounted(1, 0, 0);
    packet[10] ^= 1;
    dispatch.receive(1, packet, 0, packet.length);
    assertCounted(1, 0, 0);
    assertEquals(1, dispatch.get(Stray.HEADER_CHECKSUM));
  }

  @Test
  void priorityTagMovesThePacketOnly() {
    byte[] plain = frame(A);
    byte[] tagged = new byte[plain.length + 4];
    System.arraycopy(plain, 0, tagged, 0, 12);
    tagged[12] = (byte) 0x81;
    System.arraycopy(plain, 12, tagged, 16, plain.length - 12);
    dispatch.receive(1, tagged, RoutersRig.IP_AT + 4, tagged.length);
    assertCounted(1, 0, 0);
  }

  /** The whole way of a packet with an authentication header, and one that is nobody's. */
  @Test
  void authenticatedPacketIsHeard() {
    VrrpInstance authenticated = TestInstance.of("name=B", "vrid=77", "ah=s3cret");
    RunningRouter other =
        new RunningRouter(
            authenticated,
            new VrrpContext(new TimerQueue(), machine, machine, machine, machine, machine));
    lookup.add(other);
    byte[] frame = frame(authenticated);
    receive(frame);
    receive(frame);
    assertEquals(1, other.router().statistics().get(Counter.ADVERTISEMENTS_RECEIVED));
    assertEquals(1, other.router().statistics().get(Discard.AUTHENTICATION_REPLAY));
    byte[] stranger = frame(TestInstance.of("vrid=78", "ah=s3cret"));
    receive(stranger);
    assertCounted(0, 1, 0);
    byte[] carriesSomethingElse = frame(authenticated);
    carriesSomethingElse[RoutersRig.IP_AT + 20] = 17;
    receive(carriesSomethingElse);
    assertCounted(0, 1, 0);
  }

  // ---- our own address ----

  @Test
  void copyOfThisMachineIsCountedAndWarnedOfOnceAMinute() {
    byte[] own = {2, 0, 0, 0, 0, 1};
    router.attach(1, own, TestInstance.address("10.0.0.1"));
    final byte[] copy =
        new SentFrames(A, new byte[] {2, 0, 0, 0, 0, 9}, TestInstance.address("10.0.0.1"))
            .next(200);
    receive(new SentFrames(A, own, TestInstance.address("10.0.0.1")).next(200));
    assertEquals(1, router.router().statistics().get(Counter.OWN_ADDRESS_RECEIVED));
    assertEquals(List.of(), machine.seen(Seen.LOGGED), "it came back on a loop");
    for (int second = 0; second < 61; second++) {
      receive(copy);
      machine.setTime(machine.nowNanos() + 1_000_000_000L);
    }
    String warning =
        "(A) WARNING - advert received from remote host 02:00:00:00:00:09 with our IP address"
            + " 10.0.0.1: is it a copy of this machine?";
    assertEquals(List.of(warning, warning), machine.seen(Seen.LOGGED));
    assertEquals(62, router.router().statistics().get(Counter.OWN_ADDRESS_RECEIVED));
    assertCounted(0, 0, 0);
  }
}
