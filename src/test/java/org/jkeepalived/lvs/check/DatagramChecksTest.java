package org.jkeepalived.lvs.check;

import static org.jkeepalived.lvs.check.CheckStage.SECOND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.BytePattern;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.PingCheck;
import org.jkeepalived.model.lvs.UdpCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code UDP_CHECK} and {@code PING_CHECK}: what they ask, what is well, and the words of it. */
class DatagramChecksTest {

  private static final byte[] REPLY = HexFormat.of().parseHex("01020304");
  private static final UdpCheck.Reply ANY = new UdpCheck.Reply(Optional.empty(), 0, 255);

  private static CheckSchedule schedule(long retries, boolean all) {
    return new CheckSchedule(10 * SECOND, 0, retries, SECOND, false, all);
  }

  private static CheckStage udp(
      CheckSchedule schedule, Optional<BytePattern> payload, Optional<UdpCheck.Reply> reply) {
    return new CheckStage(new UdpCheck(schedule, CheckStage.connection(), payload, reply));
  }

  private static CheckStage ping(CheckSchedule schedule) {
    return new CheckStage(new PingCheck(schedule, CheckStage.connection()));
  }

  @Test
  void wordsOfUdp() {
    CheckStage stage =
        udp(schedule(1, true), Optional.empty(), Optional.empty())
            .answering("SILENT", "FAILED", "FAILED", "SILENT")
            .start();
    stage.until(30);
    assertEquals(
        """
        1 ask
        1 log UDP connection to [10.0.0.1]:tcp:80 success.
        11 ask
        11 log UDP connection to [10.0.0.1]:tcp:80 failed.
        11 log UDP_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: why
        12 ask
        12 log UDP connection to [10.0.0.1]:tcp:80 failed.
        12 log UDP_CHECK on service [10.0.0.1]:tcp:80 failed after 1 retries.
        12 log UDP_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: why
        12 failed UDP CHECK failed on service
        22 ask
        22 log UDP connection to [10.0.0.1]:tcp:80 success.
        22 succeeded UDP CHECK succeed on service""",
        stage.happened());
  }

  @Test
  void wordsOfPing() {
    CheckStage stage =
        ping(schedule(1, true)).answering(REPLY, "SILENT", "SILENT", REPLY, "FAILED").start();
    stage.until(33);
    assertEquals(
        """
        1 ask
        1 log ICMP connection to [10.0.0.1]:tcp:80 success.
        11 ask
        11 log ICMP connection to address [10.0.0.1]:tcp:80 timeout.
        11 log PING_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: why
        12 ask
        12 log ICMP connection to address [10.0.0.1]:tcp:80 timeout.
        12 log ICMP CHECK on service [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80 failed after 1 retries.
        12 log PING_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: why
        12 failed ICMP CHECK failed on service
        22 ask
        22 log ICMP connection to [10.0.0.1]:tcp:80 success.
        22 succeeded ICMP CHECK succeed on service
        32 ask
        32 log ICMP connection to address [10.0.0.1]:tcp:80 timeout.
        32 log PING_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: why
        33 ask
        33 log ICMP connection to address [10.0.0.1]:tcp:80 timeout.
        33 log ICMP CHECK on service [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80 failed after 1 retries.
        33 log PING_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: why
        33 failed ICMP CHECK failed on service""",
        stage.happened());
  }

  /** The first failure counts, and neither then nor without retries is a service named. */
  @ParameterizedTest
  @CsvSource({"1", "0"})
  void wordsOfTheFirstFailure(long retries) {
    CheckStage ping = ping(schedule(retries, false)).answering("SILENT").start().until(1);
    assertEquals(
        """
        1 ask
        1 log ICMP CHECK on service [10.0.0.1]:tcp:80 failed.
        1 log PING_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: why
        1 failed ICMP CHECK failed on service""",
        ping.happened());
    CheckStage udp =
        udp(schedule(retries, false), Optional.empty(), Optional.empty())
            .answering("FAILED")
            .start()
            .until(1);
    assertEquals(
        """
        1 ask
        1 log UDP_CHECK on service [10.0.0.1]:tcp:80 failed.
        1 log UDP_CHECK [10.0.0.1]:tcp:80 of [10.0.0.9]:tcp:80: why
        1 failed UDP CHECK failed on service""",
        udp.happened());
  }

  @Test
  void wantOfSocketsIsNoFailure() {
    CheckStage udp = udp(schedule(0, true), Optional.empty(), Optional.empty());
    udp.answering("NOT_ASKED", "FAILED").start().until(1);
    assertEquals("1 ask", udp.happened());
    udp.until(11);
    assertTrue(udp.happened().contains("failed UDP CHECK"));
    CheckStage ping = ping(schedule(0, true)).answering("NOT_ASKED", "SILENT").start().until(1);
    assertEquals("1 ask", ping.happened());
    ping.until(11);
    assertTrue(ping.happened().contains("failed ICMP CHECK"));
  }

  @Test
  void whatUdpSends() {
    CheckStage usual = udp(schedule(0, false), Optional.empty(), Optional.empty());
    usual.answering("SILENT").start().until(1);
    assertEquals(
        "keepalived check - keepalived ch",
        new String(usual.asked.get(0).payload(), StandardCharsets.US_ASCII));
    CheckStage own =
        udp(schedule(0, false), Optional.of(new BytePattern("120FFFFF00")), Optional.empty());
    own.answering("SILENT").start().until(1);
    assertArrayEquals(
        new byte[] {0x12, 0x0F, (byte) 0xFF, (byte) 0xFF, 0}, own.asked.get(0).payload());
    assertTrue(own.asked.get(0).isAnswer().test(new byte[0]));
  }

  /** What comes back, as hexadecimal digits or a kind of silence, and whether that is well. */
  @ParameterizedTest
  @CsvSource({
    // reply | pattern | min | max | well
    "SILENT  ,       , 0, 255, false",
    "''      ,       , 0, 255, true",
    "''      ,       , 1, 255, false",
    "01020304,       , 0, 255, true",
    "01020304,       , 0,   4, true",
    "01020304,       , 0,   3, false",
    "01020304,       , 4, 255, true",
    "01020304,       , 5, 255, false",
    "01020304, 0102X3, 0, 255, true",
    "01020304, 0102FF, 0, 255, false",
    "0102    , 01020304, 0, 255, true",
    "''      , 01020304, 0, 255, true",
    "01020304, 01    , 0,   3, false",
    "01020304, 01    , 5, 255, false",
    "01020304, XXX203, 0, 255, true",
    "FF020304, FFX2  , 0, 255, true",
    "FE020304, FFX2  , 0, 255, false"
  })
  void repliesThatAreWell(String reply, String pattern, int min, int max, boolean well) {
    Optional<BytePattern> wanted = Optional.ofNullable(pattern).map(BytePattern::new);
    CheckStage stage =
        udp(
            schedule(0, false),
            Optional.empty(),
            Optional.of(new UdpCheck.Reply(wanted, min, max)));
    Object answer = "SILENT".equals(reply) ? reply : HexFormat.of().parseHex(reply);
    stage.answering(answer).start().until(1);
    assertEquals(!well, stage.happened().contains("failed UDP CHECK"));
  }

  @Test
  void whyAReplyIsNotWell() {
    CheckStage longer =
        udp(
            schedule(0, false),
            Optional.empty(),
            Optional.of(new UdpCheck.Reply(ANY.pattern(), 0, 3)));
    longer.answering(REPLY).start().until(1);
    assertTrue(longer.happened().contains(": reply of 4 bytes, wanted 0 to 3"));
    CheckStage other =
        udp(
            schedule(0, false),
            Optional.empty(),
            Optional.of(new UdpCheck.Reply(Optional.of(new BytePattern("00")), 0, 9)));
    other.answering(REPLY).start().until(1);
    assertTrue(other.happened().contains(": another reply than wanted"));
    // without a wish any reply is well
    CheckStage any = udp(schedule(0, false), Optional.empty(), Optional.empty());
    any.answering(REPLY).start().until(1);
    assertTrue(any.happened().contains("success."));
  }

  @Test
  void whatPingSends() {
    CheckStage stage = ping(schedule(0, false)).answering(REPLY).start().until(11);
    byte[] first = stage.asked.get(0).payload();
    byte[] second = stage.asked.get(1).payload();
    String text = "keepalived check - ".repeat(7).substring(0, 128);
    assertEquals(text, new String(first, 8, 128, StandardCharsets.US_ASCII));
    // type 8, code 0, checksum, id 1, sequence 1 and 2
    assertEquals("0800", HexFormat.of().formatHex(first, 0, 2));
    assertEquals("00010001", HexFormat.of().formatHex(first, 4, 8));
    assertEquals("00010002", HexFormat.of().formatHex(second, 4, 8));
    assertEquals(0xFFFF, sum(first));
    assertEquals(0xFFFF, sum(second));
    assertEquals("80", HexFormat.of().formatHex(EchoMessage.request(AddressFamily.IPV6, 7), 0, 1));
  }

  /** RFC 1071: all words of a whole message, its checksum included. */
  private static int sum(byte[] message) {
    int sum = 0;
    for (int i = 0; i < message.length; i += 2) {
      sum += (message[i] & 0xFF) << 8 | message[i + 1] & 0xFF;
      sum = (sum & 0xFFFF) + (sum >>> 16);
    }
    return sum;
  }

  @Test
  void repliesToAnotherPingAreNone() {
    byte[] request = EchoMessage.request(AddressFamily.IPV4, 0x1FF);
    byte[] reply = request.clone();
    reply[0] = 0;
    reply[2] ^= 8;
    // an identifier of the kernel's
    reply[4] = 9;
    assertTrue(EchoMessage.answers(reply, AddressFamily.IPV4, request));
    assertFalse(EchoMessage.answers(reply, AddressFamily.IPV6, request));
    assertFalse(EchoMessage.answers(request, AddressFamily.IPV4, request));
    for (int at : new int[] {0, 1, 6, 7, 8, EchoMessage.BYTES - 1}) {
      byte[] other = reply.clone();
      other[at] ^= 1;
      assertFalse(EchoMessage.answers(other, AddressFamily.IPV4, request), "byte " + at);
    }
    for (int length : new int[] {0, 1, 8, EchoMessage.BYTES - 1, EchoMessage.BYTES + 1}) {
      byte[] other = Arrays.copyOf(reply, length);
      assertFalse(EchoMessage.answers(other, AddressFamily.IPV4, request), length + " bytes");
    }
  }
}
