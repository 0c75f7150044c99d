package org.jkeepalived.lvs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jkeepalived.config.Reading;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.mark.PacketMarks;
import org.jkeepalived.lvs.mark.ScriptedMarks;
import org.jkeepalived.lvs.table.IpvsTable;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;

/** Which packets are marked and which services there are, over the life of a configuration. */
class GroupMarkingTest {

  private static final String ONE =
      "virtual_server_group one {\n 10.9.0.101 80\n 10.9.0.104-106 53\n}\n";
  private static final String TWO = "virtual_server_group two {\n 10.9.0.120 80\n}\n";
  private static final String THREE = "virtual_server_group three {\n 10.9.0.130-140 80\n}\n";
  private static final String NAME = "keepalived_ipvs";

  private final ScriptedMarks marks = new ScriptedMarks();
  private final Kernel kernel = new Kernel();
  private final List<String> said = new ArrayList<>();
  private final TimerQueue timers = new TimerQueue();
  private final VirtualServers servers =
      new VirtualServers(
          new VirtualServers.Surroundings(
              kernel,
              timers,
              () -> 0,
              new SimulatedChecks(PoolSabotage.NONE, (server, check) -> true),
              event -> {},
              TracedLog.plain(said::add)));

  /** A table that takes everything at once, or when it is let go, and remembers in which order. */
  private final class Kernel implements IpvsTable {
    private final Map<ServiceKey, List<String>> services = new LinkedHashMap<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;

    @Override
    public PacketMarks marks() {
      return marks;
    }

    @Override
    public void change(List<TableChange> changes, Consumer<List<TableAnswer>> done) {
      List<TableAnswer> answers = new ArrayList<>();
      for (TableChange change : changes) {
        if (change instanceof TableChange.AddService) {
          services.put(change.service(), new ArrayList<>());
          marks.asked.add("+ " + change.service());
        } else if (change instanceof TableChange.RemoveService) {
          services.remove(change.service());
          marks.asked.add("- " + change.service());
        } else if (change instanceof TableChange.AddDestination add) {
          services.get(add.service()).add(add.address().addressText() + ":" + add.address().port());
        }
        answers.add(new TableAnswer(change, Outcome.DONE, Optional.empty()));
      }
      if (holding) {
        held.add(() -> done.accept(answers));
      } else {
        done.accept(answers);
      }
    }

    void letGo() {
      holding = false;
      List<Runnable> now = List.copyOf(held);
      held.clear();
      now.forEach(Runnable::run);
    }

    @Override
    public void read(Consumer<Reading> done) {
      done.accept(new Reading(List.of(), Optional.of(new KernelError(0, "given up"))));
    }

    @Override
    public void hurry() {}

    @Override
    public void setTimeouts(Timeouts timeouts, Consumer<Optional<KernelError>> done) {}

    @Override
    public void flush(Consumer<Optional<KernelError>> done) {}
  }

  private static Director director(String globals, String text) {
    return Reading.of("/k.conf", "global_defs {\n" + globals + "\n}\n" + text)
        .configuration()
        .director();
  }

  private static String server(String head, String method, String... reals) {
    StringBuilder text = new StringBuilder("virtual_server " + head + " {\n lvs_sched rr\n");
    text.append(" lvs_method ").append(method).append('\n');
    for (String real : reals) {
      text.append(" real_server ").append(real).append(" {\n  weight 1\n }\n");
    }
    return text.append("}\n").toString();
  }

  private static String group(String name, String protocol) {
    return server("group " + name, "NAT\n protocol " + protocol, "10.9.0.11 80");
  }

  private void start(String globals, String text) {
    servers.start(director(globals, text), List.of(), 0);
    servers.endTurn();
  }

  private void reload(String globals, String text) {
    servers.reload(director(globals, text), 0);
    servers.endTurn();
  }

  private List<String> services() {
    List<String> lines = new ArrayList<>();
    kernel.services.forEach((key, reals) -> lines.add(key + " " + String.join(" ", reals)));
    return List.copyOf(new TreeSet<>(lines));
  }

  @Test
  void oneServiceForEachGroupAndProtocol() {
    start(
        "nftables_ipvs",
        ONE + TWO + group("one", "TCP") + group("one", "UDP") + group("two", "TCP"));
    assertEquals(
        List.of(
            "fwmark 1000 IPv4 10.9.0.11:80",
            "fwmark 1001 IPv4 10.9.0.11:80",
            "fwmark 1002 IPv4 10.9.0.11:80"),
        services());
    assertEquals(
        List.of(
            "tcp 10.9.0.101 80 1000",
            "tcp 10.9.0.104-10.9.0.106 53 1000",
            "tcp 10.9.0.120 80 1002",
            "udp 10.9.0.101 80 1001",
            "udp 10.9.0.104-10.9.0.106 53 1001"),
        marks.marked(NAME));
  }

  @Test
  void aGroupKeepsItsMarkAndNoneIsGivenTwice() {
    start("nftables_ipvs", ONE + TWO + group("one", "TCP") + group("two", "TCP"));
    reload("nftables_ipvs", THREE + TWO + group("three", "TCP") + group("two", "TCP"));
    assertEquals(
        List.of("tcp 10.9.0.120 80 1001", "tcp 10.9.0.130-10.9.0.140 80 1002"), marks.marked(NAME));
    reload("nftables_ipvs", ONE + TWO + group("one", "TCP") + group("two", "TCP"));
    assertEquals(
        List.of("fwmark 1001 IPv4 10.9.0.11:80", "fwmark 1003 IPv4 10.9.0.11:80"), services());
  }

  @Test
  void aReloadChangesOnlyWhatDiffers() {
    start("nftables_ipvs", ONE + group("one", "TCP"));
    marks.asked.clear();
    reload("nftables_ipvs", ONE + group("one", "TCP"));
    assertEquals(List.of(), marks.asked);
    reload("nftables_ipvs", ONE.replace("10.9.0.101 80", "10.9.0.103 81") + group("one", "TCP"));
    assertEquals(1, marks.asked.size());
    assertTrue(marks.asked.get(0).contains("RemoveRanges"), marks.asked.get(0));
    assertFalse(marks.asked.get(0).contains("Table["), marks.asked.get(0));
    assertFalse(marks.asked.get(0).contains("53"), marks.asked.get(0));
    assertEquals(
        List.of("tcp 10.9.0.104-10.9.0.106 53 1000", "tcp 10.9.0.103 81 1000"), marks.marked(NAME));
  }

  @Test
  void aMarkComesAfterItsServiceAndGoesBeforeIt() {
    kernel.holding = true;
    start("nftables_ipvs", ONE + group("one", "TCP"));
    assertEquals(List.of("+ fwmark 1000 IPv4"), marks.asked);
    kernel.letGo();
    assertEquals(2, marks.asked.size());
    assertTrue(marks.has(NAME));
    marks.asked.clear();
    reload("nftables_ipvs", TWO + group("two", "TCP"));
    assertEquals("+ fwmark 1001 IPv4", marks.asked.get(0));
    assertTrue(marks.asked.get(1).contains("RemoveRanges"), marks.asked.get(1));
    assertEquals(List.of("- fwmark 1000 IPv4"), marks.asked.subList(2, marks.asked.size()));
    marks.asked.clear();
    servers.stop(false, () -> marks.asked.add("stopped"));
    assertTrue(marks.asked.get(0).contains("RemoveTable"), marks.asked.get(0));
    assertEquals(
        List.of("- fwmark 1001 IPv4", "stopped"), marks.asked.subList(1, marks.asked.size()));
    assertFalse(marks.has(NAME));
  }

  @Test
  void whoKeepsTheTableKeepsItsMarks() {
    start("nftables_ipvs", ONE + group("one", "TCP"));
    servers.stop(true, () -> {});
    assertTrue(marks.has(NAME));
    assertEquals(1, kernel.services.size());
  }

  @Test
  void aGroupWithMarksOfItsOwnStaysAsItIs() {
    start(
        "nftables_ipvs",
        "virtual_server_group mix {\n 10.9.0.101 80\n fwmark 9\n}\n" + group("mix", "TCP"));
    assertEquals(
        List.of("fwmark 9 IPv4 10.9.0.11:80", "tcp 10.9.0.101:80 10.9.0.11:80"), services());
    assertEquals(List.of(), marks.asked.stream().filter(line -> line.contains(NAME)).toList());
  }

  @Test
  void bothFamiliesHaveTheSameMark() {
    start(
        "nftables_ipvs mine\n nftables_ipvs_start_fwmark 4294967295",
        "virtual_server_group mix {\n fd00:9::101 80\n 10.9.0.101 80\n}\n"
            + ONE
            + server("group mix", "TUN\n protocol TCP", "10.9.0.11 80")
            + group("one", "TCP"));
    assertEquals(
        List.of(
            "fwmark 1 IPv4 10.9.0.11:80",
            "fwmark 4294967295 IPv4 10.9.0.11:0",
            "fwmark 4294967295 IPv6 10.9.0.11:0"),
        services());
    assertEquals(
        List.of(
            "tcp fd00:9:0:0:0:0:0:101 80 4294967295",
            "tcp 10.9.0.101 80 4294967295",
            "tcp 10.9.0.104-10.9.0.106 53 1"),
        marks.marked("mine"));
    assertEquals(1, said.stream().filter(line -> line.contains("are named by VS")).count());
  }

  @Test
  void aMarkThatTheConfigurationHasForSomethingElseIsLeftOut() {
    start(
        "nftables_ipvs", ONE + group("one", "TCP") + server("fwmark 1000", "NAT", "10.9.0.12 81"));
    assertEquals(
        List.of("fwmark 1000 IPv4 10.9.0.12:81", "fwmark 1001 IPv4 10.9.0.11:80"), services());
  }

  @Test
  void itIsSwitchedOnAndOffByAReload() {
    start("", ONE + group("one", "TCP"));
    List<String> single = services();
    assertEquals(4, single.size());
    reload("nftables_ipvs", ONE + group("one", "TCP"));
    assertEquals(List.of("fwmark 1000 IPv4 10.9.0.11:80"), services());
    assertEquals(2, marks.marked(NAME).size());
    reload("", ONE + group("one", "TCP"));
    assertEquals(single, services());
    assertFalse(marks.has(NAME));
  }

  @Test
  void anotherTableWaitsForTheNextStart() {
    start("nftables_ipvs", ONE + group("one", "TCP"));
    reload("nftables_ipvs other", TWO + group("two", "TCP"));
    assertTrue(
        said.contains(
            "Cannot change IPVS nftables table name at a reload - please restart keepalived"),
        said.toString());
    assertEquals(List.of("tcp 10.9.0.120 80 1001"), marks.marked(NAME));
    assertFalse(marks.has("other"));
  }

  @Test
  void withoutNftablesEachAddressIsAServiceUntilTheNextReload() {
    marks.missing(true);
    start("nftables_ipvs", ONE + group("one", "TCP"));
    servers.endTurn();
    assertEquals(4, services().size());
    assertEquals("tcp 10.9.0.101:80 10.9.0.11:80", services().get(0));
    assertEquals(
        List.of(
            "nftables_ipvs: packets cannot be marked: this kernel has no nf_tables; until the next"
                + " reload, or until IPVS comes, each address of a group is a service of its own"),
        said.stream().filter(line -> line.contains("nftables")).toList());
    marks.missing(false);
    reload("nftables_ipvs", ONE + group("one", "TCP"));
    assertEquals(List.of("fwmark 1000 IPv4 10.9.0.11:80"), services());
    assertEquals(2, marks.marked(NAME).size());
  }

  /** {@code net_namespace_ipvs} names a namespace that is made later. */
  @Test
  void whenTheTableComesPacketsAreMarkedThere() {
    marks.missing(true);
    start("nftables_ipvs", ONE + group("one", "TCP"));
    servers.endTurn();
    assertEquals(4, services().size());
    marks.missing(false);
    servers.tableIsBack();
    servers.endTurn();
    assertEquals(List.of("fwmark 1000 IPv4 10.9.0.11:80"), services());
    assertEquals(2, marks.marked(NAME).size());
  }

  private void compareAt(long nanos) {
    while (timers.fireNext(nanos)) {
      servers.endTurn();
    }
    servers.endTurn();
  }

  @Test
  void whatSomebodyElseFlushesIsPutRight() {
    start("nftables_ipvs", ONE + group("one", "TCP"));
    List<String> before = marks.marked(NAME);
    compareAt(5_000_000_000L);
    marks.flush();
    compareAt(10_000_000_000L);
    assertEquals(before, marks.marked(NAME));
    assertEquals(
        List.of("nftables table keepalived_ipvs was removed by somebody else, putting it right"),
        said.stream().filter(line -> line.contains("nftables")).toList());
    // the reload after a flush that nobody has noticed yet
    marks.flush();
    reload("nftables_ipvs", ONE.replace("101", "102") + group("one", "TCP"));
    assertEquals(
        List.of("tcp 10.9.0.102 80 1000", "tcp 10.9.0.104-10.9.0.106 53 1000"), marks.marked(NAME));
  }
}
