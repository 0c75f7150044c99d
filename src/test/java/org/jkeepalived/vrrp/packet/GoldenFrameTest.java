package org.jkeepalived.vrrp.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.Stream;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.SentFrames;
import org.jkeepalived.vrrp.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames that keepalived 2.2.7 sent from 192.0.2.1 with the hardware address 02:00:00:00:00:01,
 * captured on a bridge: ours are the same to the last bit, and its are believed.
 */
class GoldenFrameTest {

  private static final String ETHERNET = "01005e000012 020000000001 0800";

  private static final VrrpInstance V2 = TestInstance.of("vrid=1");
  private static final VrrpInstance V2_PASSWORD =
      TestInstance.of(
          "vrid=2",
          "advert=3",
          "password=s3cret",
          "addresses=192.0.2.101,192.0.2.102,198.51.100.7",
          "excluded=192.0.2.200");
  private static final VrrpInstance V3 =
      TestInstance.of("version=3", "vrid=3", "advert=0.25", "addresses=192.0.2.103");
  private static final VrrpInstance V3_TWO =
      TestInstance.of("version=3", "vrid=4", "advert=1.37", "addresses=192.0.2.104,192.0.2.105");

  /**
   * @param number how many frames were sent before, which is the IP identification
   */
  record Golden(String name, VrrpInstance instance, int number, int priority, String bytes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Golden> golden() {
    return Stream.of(
        new Golden(
            "version 2, no authentication",
            V2,
            2,
            255,
            "45c0002800020000ff701890 c0000201 e0000012"
                + " 2101ff01 00011d97 c0000264 0000000000000000"),
        new Golden(
            "version 2, resigning",
            V2,
            8,
            0,
            "45c0002800080000ff70188a c0000201 e0000012"
                + " 21010001 00011c98 c0000264 0000000000000000"),
        new Golden(
            "version 2, password, three addresses, one excluded",
            V2_PASSWORD,
            2,
            255,
            "45c0003000020000ff701888 c0000201 e0000012"
                + " 2102ff03 0103f3d4 c0000265 c0000266 c6336407 7333637265740000"),
        new Golden(
            "version 2, password, resigning",
            V2_PASSWORD,
            4,
            0,
            "45c0003000040000ff701886 c0000201 e0000012"
                + " 21020003 0103f2d5 c0000265 c0000266 c6336407 7333637265740000"),
        new Golden(
            "version 3, a quarter of a second",
            V3,
            2,
            255,
            "45c0002000020000ff701898 c0000201 e0000012 3103ff01 00196ae9 c0000267"),
        new Golden(
            "version 3, resigning",
            V3,
            29,
            0,
            "45c00020001d0000ff70187d c0000201 e0000012 31030001 001969ea c0000267"),
        new Golden(
            "version 3, 1.37 s, two addresses",
            V3_TWO,
            1,
            200,
            "45c0002400010000ff701895 c0000201 e0000012 3104c802 0089df08 c0000268 c0000269"),
        new Golden(
            "version 3, two addresses, resigning",
            V3_TWO,
            3,
            0,
            "45c0002400030000ff701893 c0000201 e0000012 31040002 0089a709 c0000268 c0000269"));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void oursIsTheSame(Golden golden) {
    SentFrames frame =
        new SentFrames(
            golden.instance(), new byte[] {2, 0, 0, 0, 0, 1}, TestInstance.address("192.0.2.1"));
    byte[] sent = new byte[0];
    for (int i = 0; i < golden.number(); i++) {
      sent = frame.next(golden.priority());
    }
    assertArrayEquals(AdvertisementBytes.hex(ETHERNET + golden.bytes()), sent);
    assertEquals(
        sent.length - AdvertisementBytes.VRRP, AdvertisementPayload.length(golden.instance()));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void keepalivedsIsBelieved(Golden golden) {
    byte[] frame = AdvertisementBytes.hex(ETHERNET + golden.bytes());
    assertEquals(Optional.empty(), AdvertisementBytes.check(golden.instance(), frame));
    AdvertisementView packet = AdvertisementBytes.read(frame);
    assertEquals(golden.priority(), packet.priority());
    assertEquals(golden.instance().key().virtualRouterId(), packet.virtualRouterId());
    assertEquals(
        TestInstance.address("192.0.2.1"),
        AdvertisementBytes.datagram(frame, AdvertisementBytes.IP).source());
    assertEquals(golden.instance().protocol().advertIntervalNanos(), packet.intervalNanos());
  }
}
