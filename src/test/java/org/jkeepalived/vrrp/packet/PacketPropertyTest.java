package org.jkeepalived.vrrp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.TestInstance;

/** What holds for all packets. */
class PacketPropertyTest {

  private static final VrrpInstance V2 = TestInstance.of("password=s3cret");
  private static final VrrpInstance V3 = TestInstance.of("version=3");

  @Property
  void whatIsSentIsReceived(
      @ForAll boolean version3,
      @ForAll @IntRange(min = 1, max = 255) int vrid,
      @ForAll @IntRange(min = 0, max = 255) int priority,
      @ForAll @IntRange(min = 1, max = 4095) int centis,
      @ForAll @IntRange(min = 0, max = 255) int addresses,
      @ForAll boolean checksumAsVersion2) {
    String list =
        IntStream.range(0, addresses)
            .mapToObj(i -> "10.0." + i / 200 + "." + i % 200)
            .collect(Collectors.joining(","));
    VrrpInstance instance =
        version3
            ? TestInstance.of(
                "version=3",
                "vrid=" + vrid,
                "advert=" + centis / 100 + "." + (centis / 10 % 10) + centis % 10,
                "addresses=" + list,
                checksumAsVersion2 ? "v3_checksum_as_v2" : "priority=100")
            : TestInstance.of("vrid=" + vrid, "advert=" + (1 + centis % 255), "addresses=" + list);
    byte[] frame = Frames.of(instance, priority);
    assertEquals(Optional.empty(), Frames.check(instance, frame));
    ReceivedPacket packet = Frames.read(frame);
    assertEquals(priority, packet.priority());
    assertEquals(vrid, packet.virtualRouterId());
    assertEquals(instance.protocol().advertIntervalNanos(), packet.intervalNanos());
    assertEquals(frame.length - Frames.IP, packet.ipLength());
  }

  @Property
  void nothingMakesItThrow(
      @ForAll @Size(max = 200) byte[] bytes,
      @ForAll @IntRange(min = -4, max = 210) int offset,
      @ForAll @IntRange(min = -4, max = 210) int end) {
    ReceivedPacket packet = new ReceivedPacket();
    if (packet.read(bytes, offset, end) == ReceivedPacket.Shape.VRRP) {
      judge(packet);
    }
  }

  /** Most random bytes fail the first check: these get further. */
  @Property
  void nothingThatLooksLikeVrrpMakesItThrow(
      @ForAll boolean version3,
      @ForAll @Size(min = 1, max = 6) byte[] values,
      @ForAll @Size(min = 6, max = 6) int[] places,
      @ForAll @IntRange(min = 0, max = 70) int cut,
      @ForAll boolean resum) {
    byte[] frame = Frames.of(version3 ? V3 : V2, 100);
    for (int i = 0; i < values.length; i++) {
      frame[Frames.IP + Math.floorMod(places[i], frame.length - Frames.IP)] = values[i];
    }
    int end = Math.max(0, frame.length - cut);
    ReceivedPacket packet = new ReceivedPacket();
    if (packet.read(frame, Frames.IP, end) == ReceivedPacket.Shape.VRRP) {
      judge(packet);
      if (resum
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

  @Property
  void oneWrongBitIsFound(
      @ForAll boolean version3, @ForAll @IntRange(min = 0, max = 10_000) int anywhere) {
    VrrpInstance instance = version3 ? V3 : V2;
    byte[] frame = Frames.of(instance, 100);
    int bit = Frames.VRRP * 8 + anywhere % ((frame.length - Frames.VRRP) * 8);
    frame[bit / 8] ^= (byte) (1 << bit % 8);
    assertNotEquals(Optional.empty(), Frames.check(instance, frame));
  }
}
