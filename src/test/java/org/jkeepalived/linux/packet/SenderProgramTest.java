package org.jkeepalived.linux.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jkeepalived.linux.packet.SenderProgram.Layout;
import org.jkeepalived.linux.packet.SenderRules.Prefix;
import org.jkeepalived.linux.packet.SenderRules.Rule;
import org.junit.jupiter.api.Test;

/** The programs, run on packets as the kernel runs them. */
class SenderProgramTest {

  /** A packet, and where the kernel has it begin for a socket. */
  private record Packet(byte[] bytes, int begin) {

    static Packet ipv4(String source, String destination, int words, int value) throws Exception {
      ByteBuffer bytes = ByteBuffer.allocate(4 * words + 8);
      bytes.put(0, (byte) (0x40 | words));
      bytes.put(12, InetAddress.getByName(source).getAddress());
      bytes.put(16, InetAddress.getByName(destination).getAddress());
      bytes.put(4 * words + 1, (byte) value);
      return new Packet(bytes.array(), 0);
    }

    static Packet ipv6(String source, String destination, int value) throws Exception {
      ByteBuffer bytes = ByteBuffer.allocate(48);
      bytes.put(8, InetAddress.getByName(source).getAddress());
      bytes.put(24, InetAddress.getByName(destination).getAddress());
      bytes.put(41, (byte) value);
      return new Packet(bytes.array(), 40);
    }

    /** Without the byte that rules look at. */
    Packet cut(int length) {
      return new Packet(java.util.Arrays.copyOf(bytes, length), begin);
    }

    private int at(int constant) {
      return constant < 0 ? constant - BpfInstruction.IP_HEADER : begin + constant;
    }
  }

  private static boolean keeps(SocketFilter filter, Packet packet) {
    ByteBuffer bytes = ByteBuffer.wrap(packet.bytes());
    int accumulator = 0;
    int index = 0;
    int next = 0;
    try {
      while (true) {
        BpfInstruction each = filter.program().get(next++);
        switch (each.code()) {
          case BpfInstruction.LOAD_WORD -> accumulator = bytes.getInt(packet.at(each.constant()));
          case BpfInstruction.LOAD_BYTE ->
              accumulator = bytes.get(packet.at(each.constant())) & 0xff;
          case BpfInstruction.LOAD_BYTE_FROM_INDEX ->
              accumulator = bytes.get(packet.at(index + each.constant())) & 0xff;
          case BpfInstruction.INDEX_IPV4_HEADER_LENGTH ->
              index = 4 * (bytes.get(packet.at(each.constant())) & 0xf);
          case BpfInstruction.AND -> accumulator &= each.constant();
          case BpfInstruction.JUMP -> next += each.constant();
          case BpfInstruction.JUMP_IF_EQUAL ->
              next += accumulator == each.constant() ? each.ifTrue() : each.ifFalse();
          case BpfInstruction.RETURN -> {
            return each.constant() != 0;
          }
          default -> throw new AssertionError(each);
        }
      }
    } catch (IndexOutOfBoundsException outsideThePacket) {
      assertTrue(next <= filter.program().size(), "it ends");
      return false;
    }
  }

  private static Prefix prefix(String text) throws Exception {
    String[] parts = text.split("/");
    return new Prefix(InetAddress.getByName(parts[0]), Integer.parseInt(parts[1]));
  }

  private static Rule rule(List<Integer> values, String... sources) throws Exception {
    List<Prefix> prefixes = new ArrayList<>();
    for (String source : sources) {
      prefixes.add(prefix(source));
    }
    return new Rule(values, prefixes);
  }

  private static void assertHeard(boolean heard, Layout layout, SenderRules rules, Packet packet) {
    assertEquals(heard, keeps(SenderProgram.heard(layout, rules).orElseThrow(), packet));
  }

  @Test
  void whoIsListedIsHeardByWhomTheyMaySpeakTo() throws Exception {
    SenderRules rules =
        new SenderRules(
            1,
            List.of(
                rule(List.of(51, 53), "10.0.0.2/32", "192.168.0.0/20"),
                rule(List.of(52), "10.0.0.3/32"),
                rule(List.of(54), "0.0.0.0/0")));
    for (int words : new int[] {5, 6, 15}) {
      for (int value : new int[] {51, 53}) {
        assertHeard(true, Layout.IPV4, rules, Packet.ipv4("10.0.0.2", "10.0.0.1", words, value));
        assertHeard(true, Layout.IPV4, rules, Packet.ipv4("192.168.15.9", "1.2.3.4", words, value));
        assertHeard(
            false, Layout.IPV4, rules, Packet.ipv4("192.168.16.0", "1.1.1.1", words, value));
        assertHeard(false, Layout.IPV4, rules, Packet.ipv4("10.0.0.3", "10.0.0.1", words, value));
      }
      assertHeard(true, Layout.IPV4, rules, Packet.ipv4("10.0.0.3", "10.0.0.1", words, 52));
      assertHeard(false, Layout.IPV4, rules, Packet.ipv4("10.0.0.2", "10.0.0.1", words, 52));
      assertHeard(true, Layout.IPV4, rules, Packet.ipv4("10.0.0.9", "10.0.0.1", words, 54));
      assertHeard(true, Layout.IPV4, rules, Packet.ipv4("10.0.0.9", "10.0.0.1", words, 55));
    }
  }

  @Test
  void theSameOfIpv6() throws Exception {
    SenderRules rules =
        new SenderRules(
            1, List.of(rule(List.of(51), "fe80::2/128", "fd00:0:0:7::/64", "fd00:8000::/17")));
    for (String heard : List.of("fe80::2", "fd00:0:0:7::9", "fd00:ffff::1")) {
      assertHeard(true, Layout.IPV6, rules, Packet.ipv6(heard, "fe80::1", 51));
      assertHeard(true, Layout.IPV6, rules, Packet.ipv6(heard, "fe80::1", 52));
    }
    for (String refused : List.of("fe80::3", "fe80:1::2", "fd00:0:0:8::9", "fd00:7fff::1")) {
      assertHeard(false, Layout.IPV6, rules, Packet.ipv6(refused, "fe80::1", 51));
      assertHeard(true, Layout.IPV6, rules, Packet.ipv6(refused, "fe80::1", 52));
    }
  }

  @Test
  void whatIsForGroupsOrTooShortIsNotHeard() throws Exception {
    SenderRules rules = new SenderRules(1, List.of(rule(List.of(51), "10.0.0.2/32")));
    SocketFilter heard = SenderProgram.heard(Layout.IPV4, rules).orElseThrow();
    Packet ours = Packet.ipv4("10.0.0.2", "10.0.0.1", 5, 51);
    assertTrue(keeps(heard, ours));
    assertFalse(keeps(heard, Packet.ipv4("10.0.0.2", "224.0.0.18", 5, 51)));
    assertTrue(keeps(heard, ours.cut(22)));
    assertFalse(keeps(heard, ours.cut(21)));
    Packet group = Packet.ipv6("fe80::2", "ff02::12", 51);
    assertFalse(keeps(SenderProgram.heard(Layout.IPV6, SenderRules.NONE).orElseThrow(), group));
    assertTrue(
        keeps(
            SenderProgram.heard(Layout.IPV6, SenderRules.NONE).orElseThrow(),
            Packet.ipv6("fe80::2", "fe80::1", 51)));
  }

  @Test
  void byteMayBeBehindAnotherHeader() throws Exception {
    SenderRules rules = new SenderRules(3, List.of(rule(List.of(51), "10.0.0.2/32")));
    byte[] bytes = Packet.ipv4("10.0.0.3", "10.0.0.1", 6, 7).bytes();
    bytes[4 * 6 + 3] = 51;
    assertHeard(false, Layout.IPV4, rules, new Packet(bytes, 0));
  }

  /** All that a link can have: jumps reach that far; what is too long is not made. */
  @Test
  void longProgramsHoldOrAreNotMade() throws Exception {
    List<Integer> all = IntStream.rangeClosed(1, 255).boxed().toList();
    SenderRules alike = new SenderRules(1, List.of(rule(all, "10.0.0.2/32", "10.0.0.4/32")));
    for (int value : new int[] {1, 2, 128, 254, 255}) {
      assertHeard(true, Layout.IPV4, alike, Packet.ipv4("10.0.0.4", "10.0.0.1", 5, value));
      assertHeard(false, Layout.IPV4, alike, Packet.ipv4("10.0.0.3", "10.0.0.1", 5, value));
    }
    List<Rule> own = new ArrayList<>();
    List<Rule> long6 = new ArrayList<>();
    for (int value : all) {
      own.add(rule(List.of(value), "10.0.0." + value + "/32"));
      long6.add(rule(List.of(value), "fe80::" + value + "/128", "fe80::1:" + value + "/128"));
    }
    SenderRules different = new SenderRules(1, own);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 500; i++) {
      int value = random.nextInt(256);
      int source = random.nextBoolean() ? value : random.nextInt(256);
      Packet packet = Packet.ipv4("10.0.0." + source, "10.0.0.1", 5, value);
      assertHeard(value == 0 || source == value, Layout.IPV4, different, packet);
    }
    assertTrue(SenderProgram.heard(Layout.IPV6, new SenderRules(1, long6)).isEmpty());
  }

  /** A socket is opened with the one, and goes back to the other. */
  @Test
  void openProgramIsThatOfANewSocket() throws Exception {
    SocketFilter open = SenderProgram.heard(Layout.IPV4, SenderRules.NONE).orElseThrow();
    assertNotEquals(SocketFilter.IPV4_UNICAST, open);
    for (SocketFilter filter : List.of(SocketFilter.IPV4_UNICAST, open)) {
      assertTrue(keeps(filter, Packet.ipv4("10.0.0.3", "223.255.255.255", 5, 51)));
      assertFalse(keeps(filter, Packet.ipv4("10.0.0.3", "224.0.0.18", 5, 51)));
      assertFalse(keeps(filter, Packet.ipv4("10.0.0.3", "239.255.255.255", 5, 51)));
    }
  }
}
