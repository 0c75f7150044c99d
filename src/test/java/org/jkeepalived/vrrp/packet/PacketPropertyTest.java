package org.jkeepalived.vrrp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.TestInstance;
import org.junit.jupiter.api.Test;

/** What holds for all packets. */
class PacketPropertyTest {

  private static final VrrpInstance V2 = TestInstance.of("password=s3cret");
  private static final VrrpInstance V3 = TestInstance.of("version=3");

  @Test
  void whatIsSentIsReceived() {
    Trials.run(1000, PacketPropertyTest::isReceived);
  }

  private static void isReceived(Dice dice) {
    boolean version3 = dice.flip();
    int vrid = dice.between(1, 255);
    int priority = dice.between(0, 255);
    int centis = dice.between(1, 4095);
    String list =
        IntStream.range(0, dice.between(0, 255))
            .mapToObj(i -> "10.0." + i / 200 + "." + i % 200)
            .collect(Collectors.joining(","));
    VrrpInstance instance =
        version3
            ? TestInstance.of(
                "version=3",
                "vrid=" + vrid,
                "advert=" + centis / 100 + "." + (centis / 10 % 10) + centis % 10,
                "addresses=" + list,
                dice.flip() ? "v3_checksum_as_v2" : "priority=100")
            : TestInstance.of("vrid=" + vrid, "advert=" + (1 + centis % 255), "addresses=" + list);
    byte[] frame = Frames.of(instance, priority);
    assertEquals(Optional.empty(), Frames.check(instance, frame));
    ReceivedPacket packet = Frames.read(frame);
    assertEquals(priority, packet.priority());
    assertEquals(vrid, packet.virtualRouterId());
    assertEquals(instance.protocol().advertIntervalNanos(), packet.intervalNanos());
    assertEquals(frame.length - Frames.IP, packet.ipLength());
  }

  @Test
  void nothingMakesItThrow() {
    Trials.run(
        1000,
        dice -> {
          ReceivedPacket packet = new ReceivedPacket();
          byte[] bytes = dice.bytes(200);
          int offset = dice.between(-4, 210);
          int end = dice.between(-4, 210);
          if (packet.read(bytes, offset, end) == ReceivedPacket.Shape.VRRP) {
            judge(packet);
          }
        });
  }

  /** Most random bytes fail the first check: these get further. */
  @Test
  void nothingThatLooksLikeVrrpMakesItThrow() {
    Trials.run(1000, PacketPropertyTest::changedInSomePlaces);
  }

  private static void changedInSomePlaces(Dice dice) {
    boolean version3 = dice.flip();
    byte[] frame = Frames.of(version3 ? V3 : V2, 100);
    for (byte value : dice.bytes(1, 6)) {
      frame[Frames.IP + dice.below(frame.length - Frames.IP)] = value;
    }
    int cut = dice.between(0, 70);
    int end = Math.max(0, frame.length - cut);
    ReceivedPacket packet = new ReceivedPacket();
    if (packet.read(frame, Frames.IP, end) == ReceivedPacket.Shape.VRRP) {
      judge(packet);
      if (dice.flip()
          && cut == 0
          && VrrpFormat.unsigned16(frame, Frames.IP + 2) == frame.length - Frames.IP) {
        judge(Frames.read(Frames.resummed(frame, version3)));
      }
    }
  }

  private static void judge(ReceivedPacket packet) {
    for (VrrpInstance receiver : new VrrpInstance[] {V2, V3}) {
      ReceiveChecks checks = new ReceiveChecks(receiver);
      Optional<Discard> reason = checks.check(packet, packet.isFrom(new byte[4]));
      if (reason.isPresent()) {
        assertFalse(checks.explain(reason.get(), packet).isEmpty());
      } else {
        assertEquals(receiver.protocol().version(), packet.version());
      }
    }
    packet.source();
    packet.destinationBits();
    packet.isTo(new byte[4]);
  }

  /** Each of them, in each version. */
  @Test
  void oneWrongBitIsFound() {
    for (VrrpInstance instance : List.of(V2, V3)) {
      byte[] right = Frames.of(instance, 100);
      assertEquals(Optional.empty(), Frames.check(instance, right));
      for (int bit = Frames.VRRP * 8; bit < right.length * 8; bit++) {
        byte[] frame = right.clone();
        frame[bit / 8] ^= (byte) (1 << bit % 8);
        assertNotEquals(Optional.empty(), Frames.check(instance, frame), "bit " + bit);
      }
    }
  }
}
