package org.jkeepalived.vrrp.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.SentFrames;
import org.jkeepalived.vrrp.TestInstance;
import org.jkeepalived.vrrp.transport.BigEndian;
import org.jkeepalived.vrrp.transport.InternetChecksum;
import org.jkeepalived.vrrp.transport.SequenceNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Packets with an authentication header, as keepalived 2.2.7 sent them from 10.9.0.1 with the
 * password s3cret, captured: ours are the same to the last bit, and its are believed.
 */
class GoldenAuthenticatedTest {

  private static final VrrpInstance TO_GROUP = TestInstance.of("ah=s3cret", "addresses=10.9.0.200");
  private static final VrrpInstance TO_PEER =
      TestInstance.of("ah=s3cret", "addresses=10.9.0.200", "peers=10.9.0.2,10.9.0.3");

  /**
   * @param number how many were sent, this one included: IP identification and sequence number
   */
  record Golden(VrrpInstance instance, int number, int priority, String bytes) {
    @Override
    public String toString() {
      return (instance.key().isUnicast() ? "to a peer" : "to the group") + ", number " + number;
    }
  }

  static Stream<Golden> golden() {
    return Stream.of(
        new Golden(
            TO_GROUP,
            1,
            150,
            "45c00040 00010000 ff33d0ad 0a090001 e0000012 70040000 0a090001 00000001"
                + " c48acdfc357520661d2b95d2 21339601 02013bf9 0a0900c8 0000000000000000"),
        new Golden(
            TO_GROUP,
            4,
            150,
            "45c00040 00040000 ff33d0aa 0a090001 e0000012 70040000 0a090001 00000004"
                + " a6e4b4f62d1ab56681f3809f 21339601 02013bf9 0a0900c8 0000000000000000"),
        new Golden(
            TO_GROUP,
            6,
            0,
            "45c00040 00060000 ff33d0a8 0a090001 e0000012 70040000 0a090001 00000006"
                + " b45001749266d46406e35cc0 21330001 0201d1f9 0a0900c8 0000000000000000"),
        new Golden(
            TO_PEER,
            1,
            150,
            "45c00040 00010000 ff33a6b5 0a090001 0a090002 70040000 0a090001 00000001"
                + " bde321af5cbf403ea7a7d1ef 21339601 02013bf9 0a0900c8 0000000000000000"),
        new Golden(
            TO_PEER,
            2,
            150,
            "45c00040 00020000 ff33a6b4 0a090001 0a090002 70040000 0a090001 00000002"
                + " 9845c53e1565b6aa96ab631b 21339601 02013bf9 0a0900c8 0000000000000000"));
  }

  private static byte[] frame(String packet) {
    return AdvertisementBytes.hex("000000000000 000000000000 0800" + packet);
  }

  private static byte[] sent(Golden golden) {
    SentFrames frames =
        golden.instance().key().isUnicast()
            ? SentFrames.toPeer(
                golden.instance(),
                TestInstance.address("10.9.0.1"),
                TestInstance.address("10.9.0.2"),
                255)
            : new SentFrames(golden.instance(), new byte[6], TestInstance.address("10.9.0.1"));
    byte[] sent = new byte[0];
    for (int i = 0; i < golden.number(); i++) {
      sent = frames.next(golden.priority());
    }
    return golden.instance().key().isUnicast() ? sent : Arrays.copyOfRange(sent, 14, sent.length);
  }

  @ParameterizedTest
  @MethodSource("golden")
  void oursIsTheSame(Golden golden) {
    assertArrayEquals(AdvertisementBytes.hex(golden.bytes()), sent(golden));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void keepalivedsIsBelievedOnce(Golden golden) {
    byte[] frame = frame(golden.bytes());
    ReceiveChecks checks = new ReceiveChecks(golden.instance());
    assertEquals(Optional.empty(), AdvertisementBytes.check(checks, frame));
    assertEquals(golden.priority(), AdvertisementBytes.read(frame).priority());
    assertEquals(
        Optional.of(Discard.AUTHENTICATION_REPLAY), AdvertisementBytes.check(checks, frame));
  }

  @ParameterizedTest
  @MethodSource("golden")
  void everyBitCounts(Golden golden) {
    byte[] right = frame(golden.bytes());
    // what routers may change: type of service, hop limit, checksum; and what tells of fragments
    List<Integer> mutable =
        golden.instance().key().isUnicast() ? List.of(1, 8, 10, 11) : List.of(1, 10, 11);
    for (int bit = 0; bit < (right.length - 14) * 8; bit++) {
      if (bit / 8 == 6 || bit / 8 == 7) {
        continue;
      }
      byte[] frame = right.clone();
      frame[14 + bit / 8] ^= (byte) (1 << bit % 8);
      boolean found = isFound(golden.instance(), frame);
      assertEquals(!mutable.contains(bit / 8), found, "bit " + bit);
    }
  }

  /** Whether a packet is no packet, or not to be believed. */
  private static boolean isFound(VrrpInstance instance, byte[] frame) {
    try {
      return AdvertisementBytes.check(instance, frame).isPresent();
    } catch (AssertionError noPacket) {
      return true;
    }
  }

  /** COMPAT: only in what is for a group keepalived counts the hop limit, too. */
  @ParameterizedTest
  @ValueSource(ints = {254, 64, 1})
  void routersMayForwardIt(int hopLimit) {
    byte[] frame =
        frame(golden().filter(one -> one.instance() == TO_PEER).findFirst().get().bytes());
    frame[AdvertisementBytes.IP + 8] = (byte) hopLimit;
    BigEndian.put16(frame, AdvertisementBytes.IP + 10, 0);
    BigEndian.put16(
        frame,
        AdvertisementBytes.IP + 10,
        InternetChecksum.of(InternetChecksum.sum(frame, AdvertisementBytes.IP, 20)));
    assertEquals(Optional.empty(), AdvertisementBytes.check(TO_PEER, frame));
  }

  @Test
  void numberIsOneForAllWhoSpeak() {
    SequenceNumber number = new SequenceNumber();
    ReceiveChecks checks = new ReceiveChecks(TO_GROUP, number);
    SentFrames others = new SentFrames(TO_GROUP, new byte[6], TestInstance.address("10.9.0.7"));
    assertEquals(Optional.empty(), AdvertisementBytes.check(checks, others.next(9)));
    assertEquals(Optional.empty(), AdvertisementBytes.check(checks, others.next(9)));
    assertEquals(2, number.get());
    byte[] first = new SentFrames(TO_GROUP, new byte[6], TestInstance.address("10.9.0.8")).next(9);
    assertEquals(
        Optional.of(Discard.AUTHENTICATION_REPLAY), AdvertisementBytes.check(checks, first));
    number.advance();
    assertEquals(3, number.get());
    others.next(9); // the third one is lost
    assertEquals(Optional.empty(), AdvertisementBytes.check(checks, others.next(9)));
    assertEquals(4, number.get());
  }

  @Test
  void numberStaysUnsignedAndBeginsAnew() {
    SequenceNumber number = new SequenceNumber();
    assertEquals(true, number.take(0xfffffffeL));
    number.advance();
    assertEquals(0xffffffffL, number.get());
    assertEquals(false, number.take(0xffffffffL));
    number.advance();
    assertEquals(1, number.get());
  }
}
