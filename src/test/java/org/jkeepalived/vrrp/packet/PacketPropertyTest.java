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
import org.jkeepalived.vrrp.transport.BigEndian;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;

/** What holds for all packets. */
class PacketPropertyTest {

  private static final VrrpInstance V2 = TestInstance.of("password=s3cret");
  private static final VrrpInstance V3 = TestInstance.of("version=3");
  private static final VrrpInstance TO_PEERS =
      TestInstance.of("peers=192.0.2.1/250-254,192.0.2.3", "version=3");

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
    AdvertisementView packet = Frames.read(frame);
    assertEquals(priority, packet.priority());
    assertEquals(vrid, packet.virtualRouterId());
    assertEquals(instance.protocol().advertIntervalNanos(), packet.intervalNanos());
    assertEquals(frame.length - Frames.VRRP, packet.length());
  }

  @Property
  void nothingMakesItThrow(
      @ForAll @Size(max = 200) byte[] bytes,
      @ForAll @IntRange(min = -4, max = 210) int offset,
      @ForAll @IntRange(min = -4, max = 210) int end) {
    judge(bytes, offset, end);
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
    boolean whole = BigEndian.u16(frame, Frames.IP + 2) == frame.length - Frames.IP;
    if (judge(frame, Frames.IP, end) && resum && cut == 0 && whole) {
      judge(Frames.resummed(frame, version3), Frames.IP, frame.length);
    }
  }

  /** Looks at all that may be looked at; whether there is a VRRP header. */
  private static boolean judge(byte[] bytes, int offset, int end) {
    ReceivedDatagram datagram = new ReceivedDatagram();
    if (!datagram.readIpv4(1, bytes, offset, end)) {
      return false;
    }
    datagram.source();
    datagram.isTo(new byte[4]);
    datagram.isToGroup();
    AdvertisementView packet = new AdvertisementView();
    if (!packet.read(datagram.bytes(), datagram.payloadAt(), datagram.payloadLength())) {
      return false;
    }
    for (VrrpInstance receiver : new VrrpInstance[] {V2, V3, TO_PEERS}) {
      ReceiveChecks checks = new ReceiveChecks(receiver);
      Optional<Discard> reason = checks.check(datagram, packet, datagram.isFrom(new byte[4]));
      if (reason.isPresent()) {
        assertFalse(checks.explain(reason.get(), datagram, packet).isEmpty());
      } else {
        assertEquals(receiver.protocol().version(), packet.version());
      }
    }
    return true;
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
