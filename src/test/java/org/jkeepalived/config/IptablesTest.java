package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.Firewall;
import org.jkeepalived.model.Firewall.AddressSets;
import org.jkeepalived.model.Firewall.ReportSets;
import org.junit.jupiter.api.Test;

/** Which packet filter is taken, as keepalived 2.3.3 was seen to choose. */
final class IptablesTest {

  private static LoadedConfiguration read(String globals) {
    String text =
        "global_defs {\n"
            + globals
            + "\n}\nvrrp_instance V {\ninterface eth0\nvirtual_router_id 5\nno_accept\n"
            + "virtual_ipaddress {\n10.0.0.1\n}\n}\n";
    return Reading.of("k.conf", Map.of("k.conf", text), Optional.empty(), Optional.empty());
  }

  private static Optional<Firewall> firewall(String globals) {
    return read(globals).configuration().instances().get(0).conduct().firewall();
  }

  private static List<String> said(String globals) {
    return read(globals).diagnostics().stream().map(Diagnostic::message).toList();
  }

  private static Optional<AddressSets> sets(String line) {
    return ((Firewall.Iptables) firewall("vrrp_iptables INPUT\n" + line).orElseThrow()).sets();
  }

  @Test
  void chainsAreTaken() {
    assertEquals(
        Optional.of(
            new Firewall.Iptables(
                "INPUT",
                Optional.empty(),
                Optional.of(AddressSets.STANDARD),
                Firewall.Nftables.STANDARD)),
        firewall("vrrp_iptables INPUT"));
    assertEquals(
        Optional.of(
            new Firewall.Iptables(
                "in",
                Optional.of("out"),
                Optional.of(AddressSets.STANDARD),
                new Firewall.Nftables("keepalived", -5, false, false))),
        firewall("nftables_priority -5\nvrrp_iptables in out"));
    assertEquals(Optional.empty(), firewall("vrrp_iptables"));
    assertEquals(Optional.of(Firewall.Nftables.STANDARD), firewall(""));
  }

  @Test
  void nftablesIsTakenWhereBothAreNamed() {
    for (String both : List.of("nftables\nvrrp_iptables INPUT", "vrrp_iptables INPUT\nnftables")) {
      assertEquals(Optional.of(Firewall.Nftables.STANDARD), firewall(both));
      assertEquals(
          List.of("Both iptables and nftables have been specified - ignoring iptables"),
          said(both));
    }
    assertEquals(Optional.of(Firewall.Nftables.STANDARD), firewall("vrrp_ipsets my"));
    assertEquals(
        List.of(
            "vrrp_ipsets has been specified but not vrrp_iptables - vrrp_ipsets will be ignored"),
        said("vrrp_ipsets my"));
    assertEquals(List.of(), said("vrrp_iptables INPUT\nvrrp_ipsets my"));
  }

  /** COMPAT: {@code on} and {@code off} are names as any other. */
  @Test
  void setsHaveNames() {
    assertSets("", "keepalived", "keepalived6", "keepalived_if6");
    assertEquals(Optional.empty(), sets("vrrp_ipsets"));
    assertSets("vrrp_ipsets on", "on", "on6", "on_if6");
    assertSets("vrrp_ipsets off", "off", "off6", "off_if6");
    assertSets("vrrp_ipsets my my6", "my", "my6", "my_if6");
    assertSets("vrrp_ipsets my your", "my", "your", "your_if6");
    assertSets("vrrp_ipsets my6", "my6", "my66", "my6_if6");
    assertSets("vrrp_ipsets my x6 myif", "my", "x6", "myif");
    assertSets(
        "vrrp_ipsets aaaaaaaaaabbbbbbbbbbccccccccc0",
        "aaaaaaaaaabbbbbbbbbbccccccccc0",
        "aaaaaaaaaabbbbbbbbbbccccccccc06",
        "aaaaaaaaaabbbbbbbbbbccccccc_if6");
    assertEquals(
        Optional.of(new AddressSets("a", "b", "c", new ReportSets("d", "e"))),
        sets("vrrp_ipsets a b c d e f"));
    assertEquals(
        Optional.of(new AddressSets("a", "b", "c", new ReportSets("d", "a_mld"))),
        sets("vrrp_ipsets a b c d"));
  }

  /** The others follow from the first. */
  private static void assertSets(String globals, String ipv4, String ipv6, String linkLocal) {
    assertEquals(
        Optional.of(new AddressSets(ipv4, ipv6, linkLocal, ReportSets.named(ipv4))), sets(globals));
  }

  @Test
  void whatCannotBeANameIsRefused() {
    String longest = "a".repeat(27);
    assertEquals(List.of(), said("vrrp_iptables " + longest));
    assertEquals(
        List.of("VRRP Error : iptables out chain name too long - ignored"),
        said("vrrp_iptables in a" + longest));
    assertEquals(
        List.of("VRRP Error : ipset IPv6 address_iface name too long - ignored"),
        said("vrrp_iptables in\nvrrp_ipsets a b aaaa" + longest));
    assertEquals(
        List.of("iptables already specified - ignoring"),
        said("vrrp_iptables in\nvrrp_iptables other"));
    assertEquals(
        List.of("'-F' cannot be the name of an iptables in chain - ignored"),
        said("vrrp_iptables -F"));
  }
}
