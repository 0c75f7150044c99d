package org.jkeepalived.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.vrrp.TestMachine.Seen;
import org.jkeepalived.vrrp.VirtualRouters.Stray;
import org.junit.jupiter.api.Test;

/** What becomes of packets that are nobody's. */
class PacketDispatchTest {

  private static final int TTL_AT = RoutersRig.IP_AT + 8;
  private static final VrrpInstance A = TestInstance.of("name=A", "vrid=51");
  private static final VrrpInstance NOBODY = TestInstance.of("vrid=99");

  private final TestMachine machine = new TestMachine(index -> "eth0");
  private final RouterLookup lookup = new RouterLookup();
  private final RunningRouter router;
  private final PacketDispatch dispatch;

  PacketDispatchTest() {
    VrrpContext context =
        new VrrpContext(new TimerQueue(), machine, machine, machine, machine, machine);
    router = new RunningRouter(A, context);
    lookup.add(router);
    lookup.attachLink(1, "eth0");
    dispatch = new PacketDispatch(lookup, context, true);
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
    receive(farTravelled);
    assertCounted(1, 0, 0);
    assertEquals(1, router.router().statistics().get(Discard.TTL));
  }
}
