package org.jkeepalived.lvs.mark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.ServerGroup;
import org.junit.jupiter.api.Test;

/** Which addresses are whose, where several name them. */
class RangeBookTest {

  private final RangeBook book = new RangeBook();

  private Set<Long> note(String first, long count, int port, long mark) {
    try {
      InetAddress address = InetAddress.getByName(first);
      return book.note(Protocol.TCP, new ServerGroup.Range(address, count, port), mark);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    book.ranges()
        .forEach((map, ranges) -> ranges.forEach(r -> lines.add(ScriptedMarks.text(map, r))));
    return lines;
  }

  @Test
  void whatNobodyHasIsTakenAsItIs() {
    assertEquals(Set.of(), note("10.9.0.101", 1, 80, 7));
    assertEquals(Set.of(), note("10.9.0.110", 3, 8080, 7));
    assertEquals(Set.of(), note("10.9.0.110", 3, 80, 8));
    assertEquals(Set.of(), note("fd00:9::fff0", 33, 80, 8));
    assertEquals(
        List.of(
            "tcp 10.9.0.101 80 7",
            "tcp 10.9.0.110-10.9.0.112 8080 7",
            "tcp 10.9.0.110-10.9.0.112 80 8",
            "tcp fd00:9:0:0:0:0:0:fff0-fd00:9:0:0:0:0:1:10 80 8"),
        lines());
  }

  @Test
  void ofTwoThatNameAnAddressTheFirstHasIt() {
    note("10.9.0.105", 2, 80, 7);
    assertEquals(Set.of(7L), note("10.9.0.100", 11, 80, 8));
    assertEquals(Set.of(7L, 8L), note("10.9.0.104", 2, 80, 9));
    assertEquals(
        List.of(
            "tcp 10.9.0.105-10.9.0.106 80 7",
            "tcp 10.9.0.100-10.9.0.104 80 8",
            "tcp 10.9.0.107-10.9.0.110 80 8"),
        lines());
  }

  @Test
  void allPortsAreThoseThatNobodyHasByThemselves() {
    note("10.9.0.101", 1, 80, 7);
    note("10.9.0.101", 2, 443, 7);
    note("10.9.0.100", 4, 0, 8);
    assertEquals(
        List.of(
            "tcp 10.9.0.101 80 7",
            "tcp 10.9.0.101-10.9.0.102 443 7",
            "tcp 10.9.0.100 0-65535 8",
            "tcp 10.9.0.101 0-79 8",
            "tcp 10.9.0.101 81-442 8",
            "tcp 10.9.0.101 444-65535 8",
            "tcp 10.9.0.102 0-442 8",
            "tcp 10.9.0.102 444-65535 8",
            "tcp 10.9.0.103 0-65535 8"),
        lines());
  }

  @Test
  void theFirstAndTheLastAddressAndPortAreNoSpecialCase() {
    note("255.255.255.254", 2, 65535, 7);
    note("0.0.0.0", 2, 0, 8);
    note("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 1, 1, 9);
    note("255.255.255.255", 1, 0, 9);
    assertEquals(
        List.of(
            "tcp 255.255.255.254-255.255.255.255 65535 7",
            "tcp 0.0.0.0-0.0.0.1 0-65535 8",
            "tcp 255.255.255.255 0-65534 9",
            "tcp ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 1 9"),
        lines());
  }

  /** Against a twin that knows each address and port by itself. */
  @Test
  void eachPacketHasTheMarkOfTheFirstThatNamesIt() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      RangeBook tried = new RangeBook();
      Map<String, Long> twin = new TreeMap<>();
      int[] ports = {80, 81, 443};
      for (boolean all : new boolean[] {false, true}) {
        for (int i = 0; i < 6; i++) {
          int first = random.nextInt(30);
          int count = 1 + random.nextInt(12);
          int port = all ? 0 : ports[random.nextInt(ports.length)];
          long mark = 1 + random.nextInt(5);
          InetAddress address = MarkedRange.address(BigInteger.valueOf(first), like());
          tried.note(Protocol.UDP, new ServerGroup.Range(address, count, port), mark);
          for (int at = first; at < first + count; at++) {
            for (int each : all ? new int[] {0, 79, 80, 81, 82, 443, 65535} : new int[] {port}) {
              twin.putIfAbsent(at + ":" + each, mark);
            }
          }
        }
      }
      Set<MarkedRange> ranges = tried.ranges().get(new MarkMap(AddressFamily.IPV4, Protocol.UDP));
      for (int at = 0; at < 45; at++) {
        for (int port : new int[] {0, 79, 80, 81, 82, 443, 65535}) {
          List<Long> marks = marks(ranges, at, port);
          Long wanted = twin.get(at + ":" + port);
          assertEquals(wanted == null ? List.of() : List.of(wanted), marks, "seed " + seed);
        }
      }
    }
  }

  private static InetAddress like() {
    try {
      return InetAddress.getByAddress(new byte[4]);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Long> marks(Set<MarkedRange> ranges, int address, int port) {
    BigInteger at = BigInteger.valueOf(address);
    return ranges.stream()
        .filter(
            range ->
                MarkedRange.number(range.first()).compareTo(at) <= 0
                    && at.compareTo(MarkedRange.number(range.last())) <= 0
                    && range.firstPort() <= port
                    && port <= range.lastPort())
        .map(MarkedRange::mark)
        .toList();
  }
}
