package org.jkeepalived.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.time.LocalClock;
import org.jkeepalived.vrrp.Fault;
import org.jkeepalived.vrrp.State;
import org.jkeepalived.vrrp.Statistics;
import org.jkeepalived.vrrp.TestInstance;
import org.jkeepalived.vrrp.packet.ChecksumKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keepalived 2.2.7 dumped of instances that speak to peers; ours says the same. */
final class UnicastDumpTest {

  private static final ReportContext CONTEXT =
      new ReportContext(LocalClock.of(ZoneId.of("UTC")), Optional.empty(), CommandFacts.NONE);

  private static final VrrpInstance UNICAST =
      TestInstance.of(
          "name=A",
          "vrid=5",
          "version=3",
          "source=10.9.0.1",
          "peers=10.9.0.2/3-255,10.9.0.3/0-250",
          "unicast_ttl=7",
          "unicast_fault_no_peer",
          "addresses=10.9.0.99",
          "excluded=10.9.0.98");

  private static final VrrpInstance NO_PEERS =
      TestInstance.of("name=F", "vrid=7", "unicast_fault_no_peer", "addresses=10.9.0.96");

  private static List<String> dump(RouterSnapshot... routers) {
    List<String> lines = new ArrayList<>();
    new DataDump(Samples.snapshot(List.of(routers)), CONTEXT).running(lines::add);
    return lines;
  }

  private static RouterSnapshot snapshot(VrrpInstance instance, State state, Set<Fault> faults) {
    return new RouterSnapshot(
        instance,
        state,
        new RouterSnapshot.Priority(100, 100),
        Optional.of(TestInstance.address("10.9.0.1")),
        Optional.empty(),
        new RouterSnapshot.Troubles(faults, 0, 0, state == State.FAULT),
        new RouterSnapshot.Times(OptionalLong.of(1), OptionalLong.empty(), 3_609_375_000L),
        new Statistics());
  }

  /** The lines from one to another, both included. */
  private static String part(List<String> lines, String first, String last) {
    int from = lines.indexOf(first);
    int to = from + lines.subList(from, lines.size()).indexOf(last);
    return String.join("\n", lines.subList(from, to + 1)) + "\n";
  }

  @Test
  void peersStandBehindTheAddresses() {
    List<String> lines = dump(snapshot(UNICAST, State.MASTER, Set.of()));
    assertEquals(
        """
           State = MASTER
           Flags:
             Using unicast
             If unicast go to fault state if no peers
           Wantstate = MASTER
           Number of config faults = 0
        """,
        part(lines, "   State = MASTER", "   Number of config faults = 0"));
    assertEquals(
        """
           Interface = eth0
           Using src_ip = 10.9.0.1 (from configuration)
           Gratuitous ARP delay = 5
        """,
        part(lines, "   Interface = eth0", "   Gratuitous ARP delay = 5"));
    assertEquals(
        """
           Virtual IP Excluded :
             10.9.0.98/24 dev eth0 scope global
           Unicast TTL = 7
           Check unicast src : yes
           Unicast Peer :
             10.9.0.2 min_ttl 3 max_ttl 255
             10.9.0.3 min_ttl 0 max_ttl 250
           Unicast checksum compatibility = no
           fd_in 38, fd_out 38
        """,
        part(lines, "   Virtual IP Excluded :", "   fd_in 38, fd_out 38"));
    assertEquals(
        """
        ------< VRRP Sockpool >------
         fd_in 38 fd_out = 38
           Interface = eth0
           Family = IPv4
           Protocol = VRRP
           Type = Unicast
           Address = 10.9.0.1
           VRRP instances
             A vrid 5
        """,
        part(lines, "------< VRRP Sockpool >------", "     A vrid 5"));
  }

  /** Seen at keepalived 2.2.7: auto is said only where an old peer was found. */
  @ParameterizedTest
  @CsvSource({"AUTO, false, no", "AUTO, true, auto", "ALWAYS, false, config", "NEVER, true, never"})
  void oldChecksumsAreTold(String use, boolean found, String word) {
    VrrpInstance instance =
        TestInstance.of("version=3", "peers=10.9.0.2", "old_unicast_checksum=" + use);
    RouterSnapshot plain = snapshot(instance, State.BACKUP, Set.of());
    RouterSnapshot one =
        new RouterSnapshot(
            plain.instance(),
            plain.state(),
            plain.priority(),
            plain.source(),
            plain.master(),
            plain.troubles(),
            plain.times(),
            plain.statistics(),
            plain.reasons(),
            found ? Map.of(TestInstance.address("10.9.0.2"), ChecksumKind.OLD_UNICAST) : Map.of());
    assertTrue(dump(one).contains("   Unicast checksum compatibility = " + word));
  }

  @Test
  void instanceWithoutPeersHasAFaultOfItsConfiguration() {
    List<String> lines = dump(snapshot(NO_PEERS, State.FAULT, Set.of(Fault.NO_PEERS)));
    assertEquals(
        """
           State = FAULT
           Flags:
             Unicast config option specified but using multicast
             If unicast go to fault state if no peers
           Wantstate = BACKUP
           Number of config faults = 1
           Number of interface and track script faults = 1
        """,
        part(lines, "   State = FAULT", "   Number of interface and track script faults = 1"));
    assertEquals(true, lines.contains("   Multicast address 224.0.0.18"));
    assertEquals(false, lines.contains("   Unicast Peer :"));
  }
}
