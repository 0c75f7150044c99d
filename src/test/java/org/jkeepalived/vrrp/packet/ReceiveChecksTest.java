package org.jkeepalived.vrrp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.Discrepancy;
import org.jkeepalived.vrrp.SentFrames;
import org.jkeepalived.vrrp.TestInstance;
import org.jkeepalived.vrrp.transport.BigEndian;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every reason to discard a packet, each beside the packet that differs in nothing else. */
class ReceiveChecksTest {

  private static final VrrpInstance V2 =
      TestInstance.of("password=s3cret", "addresses=192.0.2.100,192.0.2.101");
  private static final VrrpInstance V2_PLAIN = TestInstance.of();
  private static final VrrpInstance V3 = TestInstance.of("version=3", "advert=0.5");
  private static final VrrpInstance V3_AS_V2 =
      TestInstance.of("version=3", "advert=0.5", "v3_checksum_as_v2");

  private static final VrrpInstance BOUNDED = TestInstance.of("peers=192.0.2.3,192.0.2.2/254-254");
  private static final VrrpInstance CHECKED =
      TestInstance.of("peers=192.0.2.2", "check_unicast_src");
  private static final VrrpInstance NEVER_OLD =
      TestInstance.of("peers=192.0.2.2", "old_unicast_checksum=NEVER", "version=3");
  private static final VrrpInstance MAYBE_OLD = TestInstance.of("peers=192.0.2.2", "version=3");

  private static final VrrpInstance LISTED =
      TestInstance.of("peers=192.0.2.2", "allow_from=192.0.2.0/30,198.51.100.7");

  private static final byte[] GOOD_V2 = AdvertisementBytes.of(V2, 100);
  private static final byte[] GOOD_PLAIN = AdvertisementBytes.of(V2_PLAIN, 100);
  private static final byte[] GOOD_V3 = AdvertisementBytes.of(V3, 100);

  private static final VrrpInstance AH = TestInstance.of("ah=s3cret");
  private static final byte[] GOOD_AH = AdvertisementBytes.of(AH, 100);

  /** The first one that a sender would send whose number has not been advanced. */
  private static final byte[] AH_ZERO =
      AdvertisementBytes.unnumbered(AH, TestInstance.address("192.0.2.1"));

  record Case(Discard reason, VrrpInstance receiver, byte[] good, byte[] bad, String words) {
    @Override
    public String toString() {
      return reason + ": " + words;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            Discard.NOT_ALLOWED,
            LISTED,
            fromPeer(LISTED, "192.0.2.2", 255),
            fromPeer(LISTED, "192.0.2.4", 255),
            "sender 192.0.2.4 is not among those of allow_from"),
        new Case(
            Discard.TOO_SHORT,
            V2,
            GOOD_V2,
            AdvertisementBytes.resized(GOOD_V2, -1),
            "vrrp packet too short, length 43 and expect 44"),
        new Case(
            Discard.TOO_LONG,
            V2,
            GOOD_V2,
            AdvertisementBytes.resized(GOOD_V2, 1),
            "vrrp packet too long, length 45 and expect 44"),
        new Case(
            Discard.TOO_SHORT,
            V3,
            GOOD_V3,
            AdvertisementBytes.with(GOOD_V3, VrrpFormat.ADDRESS_COUNT, 255, true),
            "vrrp packet too short, length 32 and expect 1048"),
        new Case(
            Discard.TTL,
            V2,
            GOOD_V2,
            withTimeToLive(GOOD_V2, 254),
            "invalid TTL/HL. Received 254 and expect 255"),
        new Case(
            Discard.TTL,
            BOUNDED,
            fromPeer(BOUNDED, "192.0.2.2", 254),
            fromPeer(BOUNDED, "192.0.2.2", 253),
            "TTL/HL 253 not in range 254 - 254"),
        new Case(
            Discard.TTL,
            BOUNDED,
            fromPeer(BOUNDED, "192.0.2.2", 254),
            fromPeer(BOUNDED, "192.0.2.2", 255),
            "TTL/HL 255 not in range 254 - 254"),
        new Case(
            Discard.SOURCE,
            CHECKED,
            fromPeer(CHECKED, "192.0.2.2", 1),
            fromPeer(CHECKED, "192.0.2.7", 255),
            "unicast source address 192.0.2.7 not a unicast peer"),
        new Case(
            Discard.CHECKSUM,
            NEVER_OLD,
            fromPeer(NEVER_OLD, "192.0.2.2", 255),
            toGroup(NEVER_OLD, "192.0.2.2"),
            "Invalid VRRPv3 checksum"),
        new Case(
            Discard.VERSION,
            V2_PLAIN,
            GOOD_PLAIN,
            AdvertisementBytes.of(TestInstance.of("version=3"), 100),
            "invalid version. 3 and expect 2"),
        new Case(
            Discard.VERSION,
            V3,
            GOOD_V3,
            AdvertisementBytes.of(V2_PLAIN, 100),
            "invalid version. 2 and expect 3"),
        new Case(
            Discard.VERSION,
            V3,
            GOOD_V3,
            AdvertisementBytes.with(GOOD_V3, VrrpFormat.VERSION_AND_TYPE, 0xf1, true),
            "invalid version. 15 and expect 3"),
        new Case(
            Discard.TYPE,
            V2,
            GOOD_V2,
            AdvertisementBytes.with(GOOD_V2, VrrpFormat.VERSION_AND_TYPE, 0x22, false),
            "Invalid packet type. 2 and expect 1"),
        new Case(
            Discard.CHECKSUM,
            V2,
            GOOD_V2,
            flipped(GOOD_V2, AdvertisementBytes.VRRP + VrrpFormat.CHECKSUM),
            "Invalid VRRPv2 checksum"),
        new Case(
            Discard.CHECKSUM,
            V3,
            GOOD_V3,
            flipped(GOOD_V3, AdvertisementBytes.VRRP + VrrpFormat.PRIORITY),
            "Invalid VRRPv3 checksum"),
        new Case(
            Discard.AUTHENTICATION_TYPE_UNKNOWN,
            V2,
            GOOD_V2,
            AdvertisementBytes.with(GOOD_V2, VrrpFormat.AUTHENTICATION_TYPE, 3, false),
            "Invalid auth type: 3"),
        new Case(
            Discard.AUTHENTICATION_TYPE_MISMATCH,
            V2,
            GOOD_V2,
            AdvertisementBytes.with(GOOD_V2, VrrpFormat.AUTHENTICATION_TYPE, 0, false),
            "received a 0 auth, expecting 1!"),
        new Case(
            Discard.AUTHENTICATION_TYPE_MISMATCH,
            V2_PLAIN,
            GOOD_PLAIN,
            AdvertisementBytes.of(TestInstance.of("password=s3cret"), 100),
            "received a 1 auth, expecting 0!"),
        new Case(
            Discard.AUTHENTICATION_TYPE_MISMATCH,
            V2,
            GOOD_V2,
            AdvertisementBytes.with(GOOD_V2, VrrpFormat.AUTHENTICATION_TYPE, 2, false),
            "received a 2 auth, expecting 1!"),
        new Case(
            Discard.AUTHENTICATION_FAILURE,
            V2,
            GOOD_V2,
            AdvertisementBytes.of(
                TestInstance.of("password=s3creT", "addresses=192.0.2.100,192.0.2.101"), 100),
            "received an invalid passwd!"),
        new Case(
            Discard.AUTHENTICATION_FAILURE,
            V2,
            GOOD_V2,
            AdvertisementBytes.of(
                TestInstance.of("password=s3crets", "addresses=192.0.2.100,192.0.2.101"), 100),
            "received an invalid passwd!"),
        new Case(
            Discard.AUTHENTICATION_HEADER,
            AH,
            GOOD_AH,
            AdvertisementBytes.of(V2_PLAIN, 100),
            "received without IPSEC-AH, expecting it"),
        new Case(
            Discard.AUTHENTICATION_HEADER,
            V2_PLAIN,
            GOOD_PLAIN,
            GOOD_AH,
            "received with IPSEC-AH, expecting none"),
        new Case(
            Discard.AUTHENTICATION_INDEX,
            AH,
            GOOD_AH,
            flipped(GOOD_AH, AdvertisementBytes.VRRP + 7),
            "IPSEC AH : invalid IPSEC SPI value. 0xc0000200 and expect the source address"),
        new Case(
            Discard.AUTHENTICATION_VALUE,
            AH,
            GOOD_AH,
            AdvertisementBytes.of(TestInstance.of("ah=other"), 100),
            "IPSEC-AH : invalid IPSEC HMAC-MD5 value. Due to fields mutation or bad password !"),
        new Case(
            Discard.AUTHENTICATION_REPLAY,
            AH,
            GOOD_AH,
            AH_ZERO,
            "IPSEC-AH : sequence number 0 already processed. Packet dropped. Local(0)"),
        new Case(
            Discard.INTERVAL,
            V2,
            GOOD_V2,
            AdvertisementBytes.with(GOOD_V2, VrrpFormat.INTERVAL_SECONDS, 2, false),
            "advertisement interval mismatch mine=1 sec rcv'd=2 sec"),
        new Case(
            Discard.INTERVAL,
            V3,
            GOOD_V3,
            AdvertisementBytes.with(GOOD_V3, VrrpFormat.INTERVAL_SECONDS, 0, true),
            "advertisement interval of 0 received"));
  }

  /** What a peer of {@code receiver} sends it, in a frame. */
  private static byte[] fromPeer(VrrpInstance receiver, String source, int hopLimit) {
    byte[] packet =
        SentFrames.toPeer(
                receiver, TestInstance.address(source), TestInstance.address("192.0.2.1"), hopLimit)
            .next(100);
    byte[] frame = new byte[AdvertisementBytes.IP + packet.length];
    System.arraycopy(packet, 0, frame, AdvertisementBytes.IP, packet.length);
    return frame;
  }

  /** The same with a checksum as keepalived before 1.3.7 made it: of the group's address. */
  private static byte[] toGroup(VrrpInstance receiver, String source) {
    byte[] right = fromPeer(receiver, source, 255);
    byte[] other = right.clone();
    System.arraycopy(
        TestInstance.address("224.0.0.18").getAddress(), 0, other, AdvertisementBytes.IP + 16, 4);
    byte[] wrong = AdvertisementBytes.resummed(other, true);
    System.arraycopy(right, AdvertisementBytes.IP + 16, wrong, AdvertisementBytes.IP + 16, 4);
    return wrong;
  }

  private static byte[] withTimeToLive(byte[] frame, int value) {
    byte[] changed = frame.clone();
    changed[AdvertisementBytes.IP + 8] = (byte) value;
    return changed;
  }

  private static byte[] flipped(byte[] frame, int at) {
    byte[] changed = frame.clone();
    changed[at] ^= 1;
    return changed;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void discards(Case one) {
    assertEquals(Optional.empty(), AdvertisementBytes.check(one.receiver(), one.good()));
    assertEquals(Optional.of(one.reason()), AdvertisementBytes.check(one.receiver(), one.bad()));
    assertEquals(
        one.words(),
        AdvertisementBytes.explain(new ReceiveChecks(one.receiver()), one.reason(), one.bad()));
  }

  @Test
  void everyReasonHasItsCase() {
    Set<Discard> covered =
        cases()
            .map(Case::reason)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Discard.class)));
    assertEquals(EnumSet.allOf(Discard.class), covered);
  }

  /** COMPAT: keepalived 2.2.7 believes anybody unless it is told not to. */
  @Test
  void withoutCheckUnicastSrcAnybodyIsAPeerFromAnywhere() {
    VrrpInstance trusting = TestInstance.of("peers=192.0.2.2");
    assertEquals(
        Optional.empty(), AdvertisementBytes.check(trusting, fromPeer(trusting, "192.0.2.2", 1)));
    assertEquals(
        Optional.empty(), AdvertisementBytes.check(trusting, fromPeer(trusting, "192.0.2.7", 1)));
  }

  // ---- what differs, and is believed ----

  private static ChecksumKind kind(VrrpInstance receiver, byte[] frame) {
    ReceiveChecks checks = new ReceiveChecks(receiver);
    assertEquals(Optional.empty(), AdvertisementBytes.check(checks, frame));
    return checks.checksumKind();
  }

  /** RFC 5798 and RFC 9568 are read in two ways: a router of either is heard. */
  @Test
  void checksumOfVersion3MayHaveAPseudoHeaderOrNone() {
    byte[] plain = AdvertisementBytes.of(V3_AS_V2, 100);
    assertEquals(ChecksumKind.PSEUDO_HEADER, kind(V3, GOOD_V3));
    assertEquals(ChecksumKind.PLAIN, kind(V3, plain));
    assertEquals(ChecksumKind.PSEUDO_HEADER, kind(V3_AS_V2, GOOD_V3));
    assertEquals(ChecksumKind.PLAIN, kind(V3_AS_V2, plain));
  }

  @Test
  void checksumOfOldPeersIsOfTheGroup() {
    assertEquals(ChecksumKind.OLD_UNICAST, kind(MAYBE_OLD, toGroup(MAYBE_OLD, "192.0.2.2")));
    assertEquals(
        ChecksumKind.PSEUDO_HEADER, kind(MAYBE_OLD, fromPeer(MAYBE_OLD, "192.0.2.2", 255)));
    VrrpInstance old =
        TestInstance.of("peers=192.0.2.2", "version=3", "old_unicast_checksum=ALWAYS");
    assertEquals(ChecksumKind.OLD_UNICAST, new ReceiveChecks(old).ownKind());
    assertEquals(ChecksumKind.OLD_UNICAST, kind(MAYBE_OLD, fromPeer(old, "192.0.2.2", 255)));
    assertEquals(ChecksumKind.PSEUDO_HEADER, kind(old, fromPeer(MAYBE_OLD, "192.0.2.2", 255)));
  }

  /** A group has always been summed as it is. */
  @Test
  void checksumOfTheGroupIsTheOldOneOfPeersOnly() {
    byte[] elsewhere = AdvertisementBytes.of(TestInstance.of("version=3", "advert=0.5"), 100);
    assertEquals(Optional.empty(), AdvertisementBytes.check(V3, elsewhere));
    VrrpInstance otherGroup = TestInstance.of("version=3", "group=224.0.0.99");
    byte[] wrong = AdvertisementBytes.of(otherGroup, 100);
    System.arraycopy(TestInstance.address("224.0.0.18").getAddress(), 0, wrong, 30, 4);
    byte[] summed = AdvertisementBytes.resummed(wrong, true);
    System.arraycopy(TestInstance.address("224.0.0.99").getAddress(), 0, summed, 30, 4);
    assertEquals(Optional.of(Discard.CHECKSUM), AdvertisementBytes.check(otherGroup, summed));
  }

  private static Optional<Discrepancy> compare(VrrpInstance receiver, VrrpInstance sender) {
    byte[] frame = AdvertisementBytes.of(sender, 100);
    ReceiveChecks checks = new ReceiveChecks(receiver);
    assertEquals(Optional.empty(), AdvertisementBytes.check(checks, frame), "it is believed");
    return checks.compareAddresses(AdvertisementBytes.read(frame), false);
  }

  private static String explain(Discrepancy kind, VrrpInstance receiver, VrrpInstance sender) {
    return new ReceiveChecks(receiver)
        .explain(kind, AdvertisementBytes.read(AdvertisementBytes.of(sender, 100)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.100", "192.0.2.100,192.0.2.101,192.0.2.102"})
  void listWithMoreOrFewerAddressesIsBelieved(String list) {
    VrrpInstance sender = TestInstance.of("password=s3cret", "addresses=" + list);
    assertEquals(Optional.of(Discrepancy.ADDRESS_COUNT), compare(V2, sender));
    assertEquals(
        "expected 2 VIPs but received " + list.split(",").length,
        explain(Discrepancy.ADDRESS_COUNT, V2, sender));
  }

  @Test
  void listWithAnotherAddressIsBelieved() {
    VrrpInstance sender = TestInstance.of("password=s3cret", "addresses=192.0.2.100,192.0.2.102");
    assertEquals(Optional.of(Discrepancy.ADDRESS_LIST), compare(V2, sender));
    assertEquals(
        "ip address associated with VRID 51 not present in MASTER advert: 192.0.2.101",
        explain(Discrepancy.ADDRESS_LIST, V2, sender));
  }

  @Test
  void intervalOtherThanOursIsBelievedInVersion3() {
    VrrpInstance sender = TestInstance.of("version=3", "advert=7");
    assertEquals(Optional.empty(), compare(V3, sender));
    ReceiveChecks checks = new ReceiveChecks(V3);
    assertTrue(
        checks.hasOtherInterval(AdvertisementBytes.read(AdvertisementBytes.of(sender, 100))));
    assertFalse(checks.hasOtherInterval(AdvertisementBytes.read(GOOD_V3)));
    assertEquals(
        "advertisement interval mismatch ours = 50 centi-sec rcv'd=700 centi-sec",
        explain(Discrepancy.INTERVAL, V3, sender));
  }

  @Test
  void theOrderOfAddressesDoesNotMatter() {
    VrrpInstance other = TestInstance.of("password=s3cret", "addresses=192.0.2.101,192.0.2.100");
    assertEquals(Optional.empty(), compare(V2, other));
  }

  @Test
  void skipCheckAdvAddrTrustsTheMasterItKnows() {
    VrrpInstance trusting = TestInstance.of("skip_check_adv_addr");
    AdvertisementView packet =
        AdvertisementBytes.read(
            AdvertisementBytes.of(TestInstance.of("addresses=192.0.2.77"), 100));
    ReceiveChecks checks = new ReceiveChecks(trusting);
    assertEquals(Optional.of(Discrepancy.ADDRESS_LIST), checks.compareAddresses(packet, false));
    assertEquals(Optional.empty(), checks.compareAddresses(packet, true));
    ReceiveChecks wary = new ReceiveChecks(V2_PLAIN);
    assertEquals(Optional.of(Discrepancy.ADDRESS_LIST), wary.compareAddresses(packet, true));
  }

  /** The four reserved bits of version 3 are ignored on receipt (RFC 9568 section 5.2.6). */
  @ParameterizedTest
  @ValueSource(ints = {0x10, 0x80, 0xf0})
  void reservedBitsAreIgnored(int bits) {
    byte[] frame = AdvertisementBytes.with(GOOD_V3, VrrpFormat.INTERVAL_CENTIS, bits, true);
    assertEquals(Optional.empty(), AdvertisementBytes.check(V3, frame));
    assertEquals(500_000_000L, AdvertisementBytes.read(frame).intervalNanos());
  }

  /** Ethernet pads frames to 60 bytes; what the IP header does not count is not looked at. */
  @Test
  void paddingIsNotPartOfThePacket() {
    byte[] padded = Arrays.copyOf(GOOD_V3, 60);
    Arrays.fill(padded, GOOD_V3.length, 60, (byte) 0xee);
    assertEquals(Optional.empty(), AdvertisementBytes.check(V3, padded));
  }

  /** keepalived's older peers fill IP options in. */
  @Test
  void ipOptionsMoveThePacket() {
    byte[] frame = new byte[GOOD_V2.length + 4];
    System.arraycopy(GOOD_V2, 0, frame, 0, AdvertisementBytes.VRRP);
    Arrays.fill(frame, AdvertisementBytes.VRRP, AdvertisementBytes.VRRP + 4, (byte) 1);
    System.arraycopy(
        GOOD_V2,
        AdvertisementBytes.VRRP,
        frame,
        AdvertisementBytes.VRRP + 4,
        GOOD_V2.length - AdvertisementBytes.VRRP);
    frame[AdvertisementBytes.IP] = 0x46;
    BigEndian.put16(frame, AdvertisementBytes.IP + 2, frame.length - AdvertisementBytes.IP);
    assertEquals(Optional.empty(), AdvertisementBytes.check(V2, frame));
  }
}
