package org.jkeepalived.linux.netlink.nftables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.lvs.mark.MarkChange;
import org.jkeepalived.lvs.mark.MarkMap;
import org.jkeepalived.lvs.mark.MarkReading;
import org.jkeepalived.lvs.mark.MarkTable;
import org.jkeepalived.lvs.mark.MarkedRange;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What nft shows of the tables that mark packets: to the letter what keepalived 2.2.7 makes. */
@Tag("lab")
final class MarkingConnectionLabTest {

  private static final MarkTable TABLE = new MarkTable("keepalived_ipvs", -1, false);
  private static final MarkMap TCP = new MarkMap(AddressFamily.IPV4, Protocol.TCP);
  private static final MarkMap UDP = new MarkMap(AddressFamily.IPV4, Protocol.UDP);
  private static final MarkMap SIX = new MarkMap(AddressFamily.IPV6, Protocol.SCTP);
  private static final MarkedRange WEB = range("10.9.0.101", "10.9.0.101", 80, 80, 1000);
  private static final MarkedRange ROW = range("10.9.0.110", "10.9.0.112", 8080, 8080, 1000);
  private static final MarkedRange LONGER = range("10.9.0.110", "10.9.0.113", 8080, 8080, 1000);
  private static final MarkedRange ALL = range("10.9.0.101", "10.9.0.101", 81, 65535, 4294967295L);
  private static final MarkedRange V6 = range("fd00:9::110", "fd00:9::11e", 80, 80, 1001);

  private static final String AT_FIRST =
      """
      table ip keepalived_ipvs {
      	map tcp_map {
      		type ipv4_addr . inet_service : mark
      		flags interval
      		elements = { 10.9.0.101 . 80 : 0x000003e8,
      			     10.9.0.110-10.9.0.112 . 8080 : 0x000003e8 }
      	}

      	map udp_map {
      		type ipv4_addr . inet_service : mark
      		flags interval
      		elements = { 10.9.0.101 . 81-65535 : 0xffffffff }
      	}

      	chain in {
      		type filter hook input priority filter - 1; policy accept;
      		meta mark set ip daddr . tcp dport map @tcp_map return
      		meta mark set ip daddr . udp dport map @udp_map return
      	}
      }
      table ip6 keepalived_ipvs {
      	map sctp_map {
      		type ipv6_addr . inet_service : mark
      		flags interval
      		elements = { fd00:9::110-fd00:9::11e . 80 : 0x000003e9 }
      	}

      	chain in {
      		type filter hook input priority filter - 1; policy accept;
      		meta mark set ip6 daddr . sctp dport map @sctp_map return
      	}
      }
      """;

  private LabNamespace namespace;
  private MarkingConnection marks;

  static MarkedRange range(String first, String last, int firstPort, int lastPort, long mark) {
    return new MarkedRange(address(first), address(last), firstPort, lastPort, mark);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void open() throws Exception {
    namespace = new LabNamespace();
    marks = namespace.call(MarkingConnection::open);
  }

  @AfterEach
  void close() throws Exception {
    marks.close();
    namespace.close();
  }

  private String shown() throws Exception {
    return namespace.exec("nft", "list", "ruleset");
  }

  private void change(MarkTable table, MarkChange... changes) {
    assertEquals(Optional.empty(), marks.change(table, List.of(changes)));
  }

  private void makeAll() {
    change(
        TABLE,
        new MarkChange.RemoveTable(AddressFamily.IPV4),
        new MarkChange.AddTable(AddressFamily.IPV4),
        new MarkChange.AddMap(TCP),
        new MarkChange.AddRanges(TCP, List.of(WEB, ROW)),
        new MarkChange.AddMap(UDP),
        new MarkChange.AddRanges(UDP, List.of(ALL)),
        new MarkChange.AddTable(AddressFamily.IPV6),
        new MarkChange.AddMap(SIX),
        new MarkChange.AddRanges(SIX, List.of(V6)));
  }

  @Test
  void nftShowsWhatItShowsOfKeepalived() throws Exception {
    makeAll();
    assertEquals(AT_FIRST, shown());
    change(
        TABLE,
        new MarkChange.RemoveRanges(TCP, List.of(ROW)),
        new MarkChange.AddRanges(TCP, List.of(LONGER)));
    assertEquals(AT_FIRST.replace("-10.9.0.112", "-10.9.0.113"), shown());
    change(
        TABLE,
        new MarkChange.RemoveTable(AddressFamily.IPV4),
        new MarkChange.RemoveTable(AddressFamily.IPV6));
    assertEquals("", shown());
  }

  @Test
  void countersAndPriorityAreShown() throws Exception {
    change(
        new MarkTable("mine", 5, true),
        new MarkChange.AddTable(AddressFamily.IPV4),
        new MarkChange.AddMap(TCP),
        new MarkChange.AddRanges(TCP, List.of(WEB)));
    String counter = " counter packets 0 bytes 0";
    assertEquals(
        """
        table ip mine {
        	map tcp_map {
        		type ipv4_addr . inet_service : mark
        		flags interval
        		counter
        		elements = { 10.9.0.101 . 80COUNTER : 0x000003e8 }
        	}

        	chain in {
        		type filter hook input priority filter + 5; policy accept;
        		meta mark set ip daddr . tcp dport map @tcp_mapCOUNTER return
        	}
        }
        """
            .replace("COUNTER", counter),
        shown());
  }

  @Test
  void ofARefusedBatchNothingIsDone() throws Exception {
    makeAll();
    Optional<?> error =
        marks.change(
            TABLE,
            List.of(
                new MarkChange.RemoveRanges(TCP, List.of(WEB)),
                new MarkChange.AddRanges(UDP, List.of(ALL)),
                new MarkChange.RemoveRanges(
                    TCP, List.of(range("10.9.0.7", "10.9.0.7", 80, 80, 1000)))));
    assertTrue(error.isPresent());
    assertEquals(AT_FIRST, shown());
  }

  @Test
  void whatSomebodyChangesIsRead() throws Exception {
    makeAll();
    Set<MarkMap> maps = Set.of(TCP, UDP, SIX);
    Map<MarkMap, Set<MarkedRange>> all =
        Map.of(TCP, Set.of(WEB, ROW), UDP, Set.of(ALL), SIX, Set.of(V6));
    MarkReading first = marks.read(TABLE, maps);
    assertEquals(Optional.empty(), first.error());
    assertEquals(all, first.maps());
    assertTrue(marks.read(TABLE, maps).unchanged());
    namespace.exec("nft", "add table ip other");
    assertEquals(all, marks.read(TABLE, maps).maps());
    namespace.exec("nft", "delete element ip keepalived_ipvs tcp_map { 10.9.0.101 . 80 : 0x3e8 }");
    assertEquals(Set.of(ROW), marks.read(TABLE, maps).maps().get(TCP));
    namespace.exec("nft", "flush chain ip keepalived_ipvs in");
    assertEquals(Map.of(SIX, Set.of(V6)), marks.read(TABLE, maps).maps());
    namespace.exec("nft", "flush ruleset");
    assertEquals(new MarkReading(false, Map.of(), Optional.empty()), marks.read(TABLE, maps));
  }

  @Test
  void thousandsComeInSeveralBatches() throws Exception {
    List<MarkedRange> many = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      String address = "10." + i / 250 + "." + i % 250 + ".1";
      many.add(range(address, address, 80, 80, 1000 + i % 7));
    }
    change(
        TABLE,
        new MarkChange.AddTable(AddressFamily.IPV4),
        new MarkChange.AddMap(TCP),
        new MarkChange.AddRanges(TCP, many));
    assertEquals(Map.of(TCP, new LinkedHashSet<>(many)), marks.read(TABLE, Set.of(TCP)).maps());
    change(TABLE, new MarkChange.RemoveRanges(TCP, many.subList(0, 4000)));
    assertEquals(
        new LinkedHashSet<>(many.subList(4000, 5000)),
        marks.read(TABLE, Set.of(TCP)).maps().get(TCP));
  }

  @Test
  void packetsGetTheirMark() throws Exception {
    namespace.ip("address", "add", "10.9.0.111/32", "dev", "lo");
    makeAll();
    namespace.exec(
        "nft",
        "add table ip seen; add chain ip seen in { type filter hook input priority 0; };"
            + " add rule ip seen in meta mark 1000 tcp dport 8080 counter");
    namespace.exec("sh", "-c", "curl -s -m 2 http://10.9.0.111:8080/ || true");
    String rules = namespace.exec("nft", "list table ip seen");
    assertTrue(rules.contains("counter packets 1 "), rules);
  }
}
