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
 * IP packets that keepalived 2.2.7 sent from 10.9.0.1 to two peers, captured on a bridge: ours are
 * the same to the last bit, and its are believed.
 */
class GoldenPeerPacketTest {

  private static final VrrpInstance V2 =
      TestInstance.of("vrid=5", "addresses=10.9.0.99", "peers=10.9.0.2,10.9.0.3");
  private static final VrrpInstance V3 =
      TestInstance.of(
          "version=3",
          "vrid=9",
          "advert=0.3",
          "addresses=10.9.0.99,10.9.0.98",
          "unicast_ttl=7",
          "peers=10.9.0.2,10.9.0.3");

  private static final VrrpInstance OLD =
      TestInstance.of(
          "version=3", "addresses=10.9.0.200", "old_unicast_checksum=ALWAYS", "peers=10.9.0.2");

  /**
   * @param number how many packets this peer was sent before, which is the IP identification
   */
  record Golden(VrrpInstance instance, String peer, int number, int priority, String bytes) {
    @Override
    public String toString() {
      return "version " + instance.protocol().version() + " to " + peer + ", number " + number;
    }
  }

  static Stream<Golden> golden() {
    return Stream.of(
        new Golden(
            OLD,
            "10.9.0.2",
            2,
            150,
            "45c0002000020000ff70a697 0a090001 0a090002 31339601 006442fd 0a0900c8"),
        new Golden(
            OLD,
            "10.9.0.2",
            1,
            0,
            "45c0002000010000ff70a698 0a090001 0a090002 31330001 0064d8fd 0a0900c8"),
        new Golden(
            V2,
            "10.9.0.2",
            1,
            150,
            "45c0002800010000ff70a690 0a090001 0a090002"
                + " 21059601 00013e8c 0a090063 0000000000000000"),
        new Golden(
            V2,
            "10.9.0.2",
            8,
            150,
            "45c0002800080000ff70a689 0a090001 0a090002"
                + " 21059601 00013e8c 0a090063 0000000000000000"),
        new Golden(
            V3,
            "10.9.0.2",
            3,
            200,
            "45c000240003000007709e93 0a090001 0a090002 3109c802 001edd69 0a090063 0a090062"),
        new Golden(
            V3,
            "10.9.0.3",
            2,
            200,
            "45c000240002000007709e93 0a090001 0a090003 3109c802 001edd68 0a090063 0a090062"));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void oursIsTheSame(Golden golden) {
    SentFrames packets =
        SentFrames.toPeer(
            golden.instance(),
            TestInstance.address("10.9.0.1"),
            TestInstance.address(golden.peer()),
            golden.instance().protocol().unicast().hopLimit());
    byte[] sent = new byte[0];
    for (int i = 0; i < golden.number(); i++) {
      sent = packets.next(golden.priority());
    }
    assertArrayEquals(AdvertisementBytes.hex(golden.bytes()), sent);
  }

  @ParameterizedTest
  @MethodSource("golden")
  void keepalivedsIsBelieved(Golden golden) {
    byte[] frame = AdvertisementBytes.hex("000000000000 000000000000 0800" + golden.bytes());
    assertEquals(Optional.empty(), AdvertisementBytes.check(golden.instance(), frame));
    assertEquals(golden.priority(), AdvertisementBytes.read(frame).priority());
  }
}
