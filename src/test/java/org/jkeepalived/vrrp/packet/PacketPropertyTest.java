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
import org.jkeepalived.vrrp.SentFrames;
import org.jkeepalived.vrrp.TestInstance;
import org.jkeepalived.vrrp.transport.BigEndian;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;
import org.junit.jupiter.api.Test;

/** What holds for all packets. */
class PacketPropertyTest {

  private static final VrrpInstance V2 = TestInstance.of("password=s3cret");
  private static final VrrpInstance V3 = TestInstance.of("version=3");
  private static final VrrpInstance AH = TestInstance.of("ah=s3cret");
  private static final VrrpInstance V6 = TestInstance.of("addresses=fe80::51,2001:db8::51");
  private static final VrrpInstance TO_PEERS =
      TestInstance.of("peers=192.0.2.1/250-254,192.0.2.3", "version=3");

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
    byte[] frame = AdvertisementBytes.of(instance, priority);
    assertEquals(Optional.empty(), AdvertisementBytes.check(instance, frame));
    AdvertisementView packet = AdvertisementBytes.read(frame);
    assertEquals(priority, packet.priority());
    assertEquals(vrid, packet.virtualRouterId());
    assertEquals(instance.protocol().advertIntervalNanos(), packet.intervalNanos());
    assertEquals(frame.length - AdvertisementBytes.VRRP, packet.length());
  }

  @Test
  void nothingMakesItThrow() {
    Trials.run(
        1000,
        dice -> {
          judge(dice.bytes(200), dice.between(-4, 210), dice.between(-4, 210));
        });
  }

  /** Most random bytes fail the first check: these get further. */
  @Test
  void nothingThatLooksLikeVrrpMakesItThrow() {
    Trials.run(1000, PacketPropertyTest::changedInSomePlaces);
  }

  @Test
  void nothingThatLooksLikeVrrpOverIpv6MakesItThrow() {
    Trials.run(1000, PacketPropertyTest::changedInSomePlacesOfIpv6);
  }

  private static void changedInSomePlacesOfIpv6(Dice dice) {
    byte[] frame =
        new SentFrames(V6, new byte[] {2, 0, 0, 0, 0, 1}, TestInstance.address("fe80::1"))
            .next(dice.between(0, 255));
    assertEquals(Optional.empty(), AdvertisementBytes.check(V6, frame));
    for (byte value : dice.bytes(1, 6)) {
      frame[AdvertisementBytes.IP + dice.below(frame.length - AdvertisementBytes.IP)] = value;
    }
    judge(frame, AdvertisementBytes.IP, Math.max(0, frame.length - dice.between(0, 90)));
  }

  private static void changedInSomePlaces(Dice dice) {
    boolean version3 = dice.flip();
    byte[] frame = AdvertisementBytes.of(version3 ? V3 : V2, 100);
    for (byte value : dice.bytes(1, 6)) {
      frame[AdvertisementBytes.IP + dice.below(frame.length - AdvertisementBytes.IP)] = value;
    }
    int cut = dice.between(0, 70);
    int end = Math.max(0, frame.length - cut);
    boolean whole =
        BigEndian.u16(frame, AdvertisementBytes.IP + 2) == frame.length - AdvertisementBytes.IP;
    if (judge(frame, AdvertisementBytes.IP, end) && dice.flip() && cut == 0 && whole) {
      judge(AdvertisementBytes.resummed(frame, version3), AdvertisementBytes.IP, frame.length);
    }
  }

  /** Looks at all that may be looked at; whether there is a VRRP header. */
  private static boolean judge(byte[] bytes, int offset, int end) {
    ReceivedDatagram datagram = new ReceivedDatagram();
    if (!datagram.read(1, bytes, offset, end)) {
      return false;
    }
    datagram.openAuthenticated(VrrpFormat.PROTOCOL_NUMBER);
    datagram.source();
    datagram.isTo(new byte[4]);
    datagram.isToGroup();
    AdvertisementView packet = new AdvertisementView();
    if (!packet.read(datagram.bytes(), datagram.payloadAt(), datagram.payloadLength())) {
      return false;
    }
    for (VrrpInstance receiver : new VrrpInstance[] {V2, V3, TO_PEERS, AH}) {
      ReceiveChecks checks = new ReceiveChecks(receiver);
      Optional<Discard> reason = checks.check(datagram, packet);
      if (reason.isPresent()) {
        assertFalse(checks.explain(reason.get(), datagram, packet).isEmpty());
      } else {
        assertEquals(receiver.protocol().version(), packet.version());
      }
    }
    return true;
  }

  /** Each of them, in each version. */
  @Test
  void oneWrongBitIsFound() {
    for (VrrpInstance instance : List.of(V2, V3)) {
      byte[] right = AdvertisementBytes.of(instance, 100);
      assertEquals(Optional.empty(), AdvertisementBytes.check(instance, right));
      for (int bit = AdvertisementBytes.VRRP * 8; bit < right.length * 8; bit++) {
        byte[] frame = right.clone();
        frame[bit / 8] ^= (byte) (1 << bit % 8);
        assertNotEquals(Optional.empty(), AdvertisementBytes.check(instance, frame), "bit " + bit);
      }
    }
  }
}
