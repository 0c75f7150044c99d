package org.jkeepalived.vrrp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.Discrepancy;
import org.jkeepalived.vrrp.TestInstance;
import org.jkeepalived.vrrp.transport.BigEndian;
import org.jkeepalived.vrrp.transport.InternetChecksum;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;

/** A packet from its IP header on, as the capture hands it over. */
final class PacketFuzz {

  private static final int MOST_EXPLANATION = 300;

  private static final List<VrrpInstance> RECEIVERS =
      List.of(
          TestInstance.of("vrid=1"),
          TestInstance.of(
              "vrid=2",
              "advert=3",
              "password=s3cret",
              "addresses=192.0.2.101,192.0.2.102,198.51.100.7"),
          TestInstance.of("vrid=3", "version=3", "advert=0.25", "addresses=192.0.2.103"),
          TestInstance.of("vrid=4", "version=3", "v3_checksum_as_v2", "skip_check_adv_addr"),
          TestInstance.of("vrid=5", "peers=192.0.2.1/250-254,192.0.2.3"),
          TestInstance.of("vrid=6", "addresses=fe80::6,2001:db8::6"),
          TestInstance.of("vrid=7", "addresses=fe80::7", "peers=fe80::1,2001:db8::2"));

  @FuzzTest(maxDuration = "")
  void packet(byte[] bytes) {
    List<String> judgement = judge(bytes, 0, bytes.length);
    assertEquals(judgement, amid(bytes, (byte) 0), "what lies around a packet was read");
    assertEquals(judgement, amid(bytes, (byte) 0xff), "what lies around a packet was read");
    for (boolean pseudoHeader : new boolean[] {false, true}) {
      resummed(bytes, pseudoHeader).ifPresent(right -> judge(right, 0, right.length));
    }
  }

  /** The same behind an authentication header that is right. */
  @FuzzTest(maxDuration = "")
  void authenticatedPacket(byte[] bytes) {
    byte[] whole = Arrays.copyOf(AUTHENTICATED, 44 + Math.min(bytes.length, 1900));
    System.arraycopy(bytes, 0, whole, 44, whole.length - 44);
    List<String> judgement = judge(whole, 0, whole.length);
    assertEquals(judgement, amid(whole, (byte) 0xff), "what lies around a packet was read");
    for (int at = 20; at < Math.min(44, bytes.length); at++) {
      whole[at] = bytes[at];
    }
    judge(whole, 0, whole.length);
  }

  /** An IP header and an authentication header of the right form. */
  private static final byte[] AUTHENTICATED =
      HexFormat.of()
          .parseHex(
              "45c0004000010000ff33d0ad0a090001e0000012"
                  + "700400000a09000100000001c48acdfc357520661d2b95d2");

  /** Judges it where it lies in a larger array that holds something else, too. */
  private static List<String> amid(byte[] bytes, byte other) {
    byte[] larger = new byte[bytes.length + 60];
    Arrays.fill(larger, other);
    System.arraycopy(bytes, 0, larger, 14, bytes.length);
    return judge(larger, 14, 14 + bytes.length);
  }

  /** What all receivers say of it. */
  private static List<String> judge(byte[] bytes, int offset, int end) {
    List<String> said = new ArrayList<>();
    ReceivedDatagram datagram = new ReceivedDatagram();
    AdvertisementView packet = new AdvertisementView();
    if (!datagram.read(1, bytes, offset, end)) {
      return List.of("no packet");
    }
    datagram.openAuthenticated(VrrpFormat.PROTOCOL_NUMBER);
    assertTrue(datagram.headerLength() + datagram.payloadLength() <= end - offset);
    assertEquals(datagram.payloadAt(), offset + datagram.headerLength());
    if (!packet.read(datagram.bytes(), datagram.payloadAt(), datagram.payloadLength())) {
      return List.of("no header");
    }
    assertEquals(datagram.payloadLength(), packet.length());
    said.add(datagram.source() + " " + datagram.isToGroup() + " " + packet.virtualRouterId());
    for (VrrpInstance receiver : RECEIVERS) {
      said.add(judge(receiver, datagram, packet, false));
      said.add(judge(receiver, datagram, packet, true));
    }
    return said;
  }

  private static String judge(
      VrrpInstance receiver, ReceivedDatagram datagram, AdvertisementView packet, boolean known) {
    ReceiveChecks checks = new ReceiveChecks(receiver);
    Optional<Discard> reason = checks.check(datagram, packet);
    if (reason.isEmpty()) {
      if (!receiver.key().isUnicast()) {
        assertEquals(VrrpFormat.HOP_LIMIT, datagram.hopLimit());
      }
      requireSound(receiver, packet);
      return "good "
          + packet.priority()
          + " "
          + checks.intervalNanos(packet)
          + " "
          + differences(checks, packet, known);
    }
    String explanation = checks.explain(reason.get(), datagram, packet);
    assertTrue(!explanation.isEmpty() && explanation.length() <= MOST_EXPLANATION, explanation);
    assertTrue(explanation.chars().allMatch(c -> c >= ' ' && c < 0x7f), explanation);
    return reason.get() + " " + explanation;
  }

  private static String differences(ReceiveChecks checks, AdvertisementView packet, boolean known) {
    return checks
            .compareAddresses(packet, known)
            .map(kind -> checks.explain(kind, packet))
            .orElse("")
        + (checks.hasOtherInterval(packet) ? checks.explain(Discrepancy.INTERVAL, packet) : "");
  }

  /** What the state machine counts on. */
  private static void requireSound(VrrpInstance receiver, AdvertisementView packet) {
    assertEquals(receiver.protocol().version(), packet.version());
    assertTrue(packet.priority() >= 0 && packet.priority() <= 255);
    assertTrue(packet.intervalNanos() > 0);
    if (receiver.protocol().version() == 2) {
      assertEquals(receiver.protocol().advertIntervalNanos(), packet.intervalNanos());
    }
    assertEquals(
        VrrpFormat.length(
            receiver.protocol().version(), receiver.key().family(), packet.addressCount()),
        packet.length());
  }

  /** With a checksum that is right: what is behind that check is seen, too. */
  private static Optional<byte[]> resummed(byte[] bytes, boolean pseudoHeader) {
    ReceivedDatagram datagram = new ReceivedDatagram();
    AdvertisementView packet = new AdvertisementView();
    if (!datagram.read(1, bytes, 0, bytes.length)
        || !packet.read(bytes, datagram.payloadAt(), datagram.payloadLength())) {
      return Optional.empty();
    }
    byte[] right = bytes.clone();
    int at = datagram.payloadAt();
    BigEndian.put16(right, at + VrrpFormat.CHECKSUM, 0);
    int sum = InternetChecksum.sum(right, at, packet.length());
    if (pseudoHeader) {
      sum += VrrpFormat.pseudoHeaderSum(datagram.addressSum(), packet.length());
    }
    BigEndian.put16(right, at + VrrpFormat.CHECKSUM, InternetChecksum.of(sum));
    packet.read(right, at, packet.length());
    assertTrue(
        pseudoHeader ? packet.isChecksumRight(datagram.addressSum()) : packet.isChecksumRight());
    return Optional.of(right);
  }
}
