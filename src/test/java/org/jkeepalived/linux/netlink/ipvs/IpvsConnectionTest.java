package org.jkeepalived.linux.netlink.ipvs;

import static org.jkeepalived.linux.netlink.ipvs.TestTable.at;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.direct;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.nat;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.plain;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.tcp;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.tunnel;
import static org.jkeepalived.linux.netlink.ipvs.TestTable.udp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.netlink.NetlinkConnection;
import org.jkeepalived.lvs.table.DestinationSettings;
import org.jkeepalived.lvs.table.IpvsTable.Reading;
import org.jkeepalived.lvs.table.ServiceKey;
import org.jkeepalived.lvs.table.ServiceSettings;
import org.jkeepalived.lvs.table.ServiceSettings.Binding;
import org.jkeepalived.lvs.table.TableAnswer;
import org.jkeepalived.lvs.table.TableAnswer.Outcome;
import org.jkeepalived.lvs.table.TableChange;
import org.jkeepalived.lvs.table.TableChange.AddDestination;
import org.jkeepalived.lvs.table.TableChange.AddService;
import org.jkeepalived.lvs.table.TableChange.EditDestination;
import org.jkeepalived.lvs.table.TableChange.EditService;
import org.jkeepalived.lvs.table.TableChange.RemoveDestination;
import org.jkeepalived.lvs.table.TableChange.RemoveService;
import org.jkeepalived.lvs.table.TableService;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Forwarding;
import org.jkeepalived.model.lvs.Forwarding.Tunnel.Checksum;
import org.jkeepalived.model.lvs.Forwarding.Tunnel.Type;
import org.jkeepalived.model.lvs.TableSettings.Timeouts;
import org.junit.jupiter.api.Test;

class IpvsConnectionTest {

  private static final ServiceKey WEB = tcp("10.9.0.101", 80);
  private static final ServiceKey DNS = udp("fd00:9::101", 53);

  private final FakeIpvs kernel = new FakeIpvs();
  private final List<String> warnings = new ArrayList<>();
  private final IpvsConnection ipvs = open();

  private IpvsConnection open() {
    try {
      return IpvsConnection.on(new NetlinkConnection(kernel.transport()), warnings::add)
          .orElseThrow();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<Outcome> outcomes(List<TableAnswer> answers) {
    return answers.stream().map(TableAnswer::outcome).toList();
  }

  private static String text(TableAnswer answer) {
    return answer.error().orElseThrow().text();
  }

  @Test
  void aKernelWithoutIpvsHasNoTable() throws Exception {
    kernel.family = Optional.empty();
    NetlinkConnection connection = new NetlinkConnection(kernel.transport());
    assertTrue(IpvsConnection.on(connection, warnings::add).isEmpty());
    assertTrue(ipvs.change(List.of(new RemoveService(WEB))).size() == 1);
  }

  @Test
  void anotherNumberIsNotTheSameTable() {
    assertTrue(ipvs.isThere());
    kernel.family = Optional.of(FakeIpvs.FAMILY + 1);
    assertTrue(!ipvs.isThere());
    kernel.family = Optional.empty();
    assertTrue(!ipvs.isThere());
  }

  @Test
  void eachAnswerIsFoundThoughOnlyRefusalsAndTheLastAreAnswered() {
    List<TableChange> changes = new ArrayList<>();
    for (int port = 1; port <= 1_000; port++) {
      changes.add(new AddService(tcp("10.9.0.101", port), plain("rr")));
      if (port % 7 == 0) {
        kernel.refuse(changes.size() - 1, Errno.EEXIST);
      }
    }
    List<TableAnswer> answers = ipvs.change(changes);
    assertEquals(changes, answers.stream().map(TableAnswer::change).toList());
    for (int i = 0; i < changes.size(); i++) {
      assertEquals(
          (i + 1) % 7 == 0 ? Outcome.ALREADY_THERE : Outcome.DONE, answers.get(i).outcome());
    }
    assertEquals(4, kernel.datagrams());
    assertEquals(1_000 / 7 + 4, kernel.answered(), "some answer nobody needs");
  }

  @Test
  void errorsAreToldInTheirMeaning() {
    List<TableChange> changes =
        List.of(
            new AddService(WEB, plain("rr")),
            new EditService(WEB, plain("nosuch")),
            new AddService(
                WEB,
                TestTable.bound("rr", new Binding(60, OptionalLong.empty(), Optional.of("nope")))),
            new EditService(WEB, plain("rr")),
            new EditDestination(WEB, at("10.9.0.11", 80), nat(1)),
            new RemoveDestination(WEB, at("10.9.0.11", 80)),
            new AddDestination(WEB, at("10.9.0.11", 80), nat(1)),
            new RemoveService(WEB),
            new AddDestination(WEB, at("10.9.0.11", 80), nat(1)),
            new AddService(DNS, plain("rr")),
            new AddService(WEB, plain("rr")));
    int[] errors = {
      Errno.EEXIST,
      Errno.ENOENT,
      Errno.ENOENT,
      Errno.ESRCH,
      Errno.ENOENT,
      Errno.ENOENT,
      Errno.ESRCH,
      Errno.ESRCH,
      Errno.EEXIST,
      Errno.EAFNOSUPPORT,
      Errno.EPERM
    };
    for (int i = 0; i < errors.length; i++) {
      kernel.refuse(i, errors[i]);
    }
    List<TableAnswer> answers = ipvs.change(changes);
    assertEquals(
        List.of(
            Outcome.ALREADY_THERE,
            Outcome.REFUSED,
            Outcome.REFUSED,
            Outcome.NOT_THERE,
            Outcome.NOT_THERE,
            Outcome.NOT_THERE,
            Outcome.NOT_THERE,
            Outcome.NOT_THERE,
            Outcome.ALREADY_THERE,
            Outcome.REFUSED,
            Outcome.REFUSED),
        outcomes(answers));
    assertEquals(
        "this kernel has no scheduler nosuch: modprobe ip_vs_nosuch, or install the package that"
            + " holds it (linux-modules-extra-…)",
        text(answers.get(1)));
    assertEquals(
        "this kernel has no scheduler rr, or no persistence engine nope: modprobe ip_vs_rr"
            + " ip_vs_pe_nope, or install the package that holds it (linux-modules-extra-…)",
        text(answers.get(2)));
    assertEquals("there is no such service", text(answers.get(3)));
    assertEquals("there is no such real server", text(answers.get(4)));
    assertEquals(
        "Address family not supported by protocol: this kernel's IPVS has no IPv6",
        text(answers.get(9)));
    assertTrue(text(answers.get(10)).contains("CAP_NET_ADMIN"), text(answers.get(10)));
  }

  @Test
  void readsWhatAKernelHasTold() {
    CapturedMessages captured = CapturedMessages.read();
    List<byte[]> told = new ArrayList<>(captured.answers("ipvsadm -Sn"));
    // ipvsadm asked for the real servers in an order of its own: the second empty table was the
    // one of the kernel's first service
    told.add(2, told.remove(4));
    kernel.tables(told);
    Reading reading = ipvs.read(() -> false);
    assertEquals(Optional.empty(), reading.error());
    assertEquals(
        List.of(
            new TableService(
                udp("10.9.0.101", 5060),
                TestTable.bound("rr", new Binding(60, OptionalLong.empty(), Optional.of("sip"))),
                Map.of()),
            new TableService(
                WEB,
                plain("wlc"),
                Map.of(at("10.9.0.11", 8080), new DestinationSettings(Forwarding.NAT, 0, 0, 0))),
            new TableService(
                DNS,
                new ServiceSettings(
                    "sh",
                    0b011,
                    true,
                    Optional.of(new Binding(360, OptionalLong.of(64), Optional.empty()))),
                Map.of(
                    at("10.9.0.11", 53),
                    tunnel(1, Type.GUE, OptionalInt.of(6080), Checksum.REMOTE),
                    at("fd00:9::11", 53),
                    direct(1))),
            new TableService(
                new ServiceKey.ByMark(5, AddressFamily.IPV4),
                TestTable.bound(
                    "rr", new Binding(50, OptionalLong.of(0xffffff00L), Optional.empty())),
                Map.of())),
        reading.services());
  }

  @Test
  void aTableThatCannotBeReadSaysWhy() {
    kernel.refuseTables(Errno.EPERM);
    Reading reading = ipvs.read(() -> false);
    assertEquals(List.of(), reading.services());
    assertEquals(Errno.EPERM, reading.error().orElseThrow().number());
  }

  private static AddDestination gue(String address) {
    return new AddDestination(
        WEB, at(address, 80), tunnel(1, Type.GUE, OptionalInt.of(6080), Checksum.NONE));
  }

  @Test
  void olderKernelGetsPlainTunnelsAndItIsSaidOnce() {
    kernel.knowsTunnelKinds = false;
    kernel.refusesTunnelKinds = true;
    List<TableChange> changes = List.of(gue("10.9.0.11"), gue("10.9.0.12"));
    assertEquals(List.of(Outcome.DONE, Outcome.DONE), outcomes(ipvs.change(changes)));
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("no kinds of tunnels"), warnings.get(0));
  }

  @Test
  void olderKernelThatTakesNoNoticeIsFoundOutByReading() {
    kernel.knowsTunnelKinds = false;
    assertEquals(List.of(Outcome.DONE), outcomes(ipvs.change(List.of(gue("10.9.0.11")))));
    assertEquals(List.of(), warnings);
    kernel.tables(
        List.of(FakeIpvs.service(WEB), FakeIpvs.DONE, FakeIpvs.plainTunnel(), FakeIpvs.DONE));
    ipvs.read(() -> false);
    assertEquals(1, warnings.size());
  }

  @Test
  void kernelThatKnowsTunnelsHasAnotherReasonToRefuseOne() {
    kernel.refusesTunnelKinds = true;
    assertEquals(List.of(Outcome.REFUSED), outcomes(ipvs.change(List.of(gue("10.9.0.11")))));
    assertEquals(List.of(), warnings);
    assertEquals(Ipvs.CMD_DEL_DEST, kernel.lastCommand(), "the plain one that told it is gone");
  }

  @Test
  void warmUpAsksTheKernelForNothing() {
    ipvs.warmUp();
    assertTrue(kernel.datagrams() > 0);
    assertEquals(kernel.datagrams(), kernel.answered(), "the last of each is acknowledged");
    assertEquals(List.of(), kernel.requests());
    ipvs.change(List.of(new RemoveService(WEB)));
    assertEquals(List.of(Ipvs.CMD_DEL_SERVICE), kernel.requests());
  }

  @Test
  void timeoutsByteForByte() {
    assertEquals(
        Optional.empty(),
        ipvs.setTimeouts(
            new Timeouts(OptionalInt.of(900), OptionalInt.of(120), OptionalInt.of(300))));
    assertEquals(
        IpvsRequestText.of(CapturedMessages.read().request("ipvsadm --set 900 120 300")),
        IpvsRequestText.of(kernel.lastRequest()));
    ipvs.setTimeouts(new Timeouts(OptionalInt.of(7), OptionalInt.empty(), OptionalInt.empty()));
    assertEquals("00000000", IpvsRequestText.of(kernel.lastRequest()).get("6"));
  }

  @Test
  void timeoutsOfTheKernelAreLeftAlone() {
    int before = kernel.datagrams();
    assertEquals(Optional.empty(), ipvs.setTimeouts(Timeouts.KERNEL));
    assertEquals(before, kernel.datagrams());
  }

  @Test
  void flushesAndTellsARefusal() {
    assertEquals(Optional.empty(), ipvs.flush());
    assertEquals(
        IpvsRequestText.of(CapturedMessages.read().request("ipvsadm -C")),
        IpvsRequestText.of(kernel.lastRequest()));
    kernel.refuse(0, Errno.EPERM);
    assertEquals(Errno.EPERM, ipvs.flush().orElseThrow().number());
  }
}
