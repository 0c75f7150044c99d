package org.jkeepalived.vrrp.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.Stream;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.SentFrames;
import org.jkeepalived.vrrp.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames that keepalived 2.2.7 sent from fe80::ff:fe00:1 with the hardware address
 * 02:00:00:00:00:01, captured on a bridge: ours are the same but for the flow label, which its
 * kernel made, and its are believed.
 */
class GoldenFrame6Test {

  private static final int IP = 14;
  private static final int VRRP = IP + 40;

  private static final VrrpInstance THREE =
      TestInstance.of("addresses=fe80::51,2001:db8::51,2001:db8::52", "excluded=2001:db8:1::1");
  private static final VrrpInstance QUARTER =
      TestInstance.of("vrid=7", "advert=0.25", "addresses=fe80::60");

  record Golden(String name, VrrpInstance instance, int priority, String bytes) {
    @Override
    public String toString() {
      return name;
    }

    byte[] frame() {
      return AdvertisementBytes.hex("333300000012 020000000001 86dd" + bytes);
    }
  }

  static Stream<Golden> golden() {
    String addresses = "fe8000000000000000 0000fffe000001 ff020000000000000000000000000012";
    return Stream.of(
        new Golden(
            "three addresses, two excluded",
            THREE,
            150,
            "6c0766cd 0038 70ff"
                + addresses
                + "3133 9603 0064 e03e"
                + "fe800000000000000000000000000051"
                + "20010db8000000000000000000000051"
                + "20010db8000000000000000000000052"),
        new Golden(
            "a quarter of a second",
            QUARTER,
            200,
            "6c0766cd 0018 70ff"
                + addresses
                + "3107 c801 0019 0ade fe800000000000000000000000000060"),
        new Golden(
            "resigning",
            QUARTER,
            0,
            "6c0766cd 0018 70ff"
                + addresses
                + "3107 0001 0019 d2de fe800000000000000000000000000060"));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void oursIsTheSameButForTheFlowLabel(Golden golden) {
    SentFrames frames =
        new SentFrames(
            golden.instance(),
            new byte[] {2, 0, 0, 0, 0, 1},
            TestInstance.address("fe80::ff:fe00:1"));
    byte[] captured = golden.frame();
    captured[IP + 1] = 0;
    captured[IP + 2] = 0;
    captured[IP + 3] = 0;
    assertArrayEquals(captured, frames.next(golden.priority()));
    assertArrayEquals(captured, frames.next(golden.priority()), "the next one is the same");
    assertEquals(captured.length - VRRP, AdvertisementPayload.length(golden.instance()));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void keepalivedsIsBelieved(Golden golden) {
    byte[] frame = golden.frame();
    assertEquals(Optional.empty(), AdvertisementBytes.check(golden.instance(), frame));
    AdvertisementView packet = AdvertisementBytes.read(frame);
    assertEquals(golden.priority(), packet.priority());
    assertEquals(golden.instance().key().virtualRouterId(), packet.virtualRouterId());
    assertEquals(golden.instance().protocol().advertIntervalNanos(), packet.intervalNanos());
    assertEquals(
        Optional.empty(),
        new ReceiveChecks(golden.instance()).compareAddresses(packet, false),
        "the list is the same");
    assertEquals(
        TestInstance.address("fe80::ff:fe00:1"), AdvertisementBytes.datagram(frame, IP).source());
  }

  @ParameterizedTest
  @MethodSource("golden")
  void whatIsWrongWithItIsSeen(Golden golden) {
    assertEquals(Optional.of(Discard.TTL), changed(golden, IP + 7, 254), "hop limit");
    assertEquals(Optional.of(Discard.CHECKSUM), changed(golden, IP + 23, 2), "another source");
    assertEquals(Optional.of(Discard.CHECKSUM), changed(golden, IP + 39, 13), "another group");
    assertEquals(Optional.of(Discard.CHECKSUM), changed(golden, VRRP + 2, 99), "priority");
    assertEquals(Optional.of(Discard.TOO_SHORT), changed(golden, VRRP + 3, 4), "a fourth address");
    assertEquals(Optional.of(Discard.TOO_LONG), changed(golden, VRRP + 3, 0), "no address");
    assertEquals(Optional.of(Discard.TYPE), changed(golden, VRRP, 0x32), "type 2");
  }

  private static Optional<Discard> changed(Golden golden, int at, int value) {
    byte[] frame = golden.frame();
    frame[at] = (byte) value;
    return AdvertisementBytes.check(golden.instance(), frame);
  }
}
