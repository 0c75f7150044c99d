package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.model.Firewall;
import org.jkeepalived.model.Firewall.AddressSets;
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
    assertEquals(
        Optional.of(new AddressSets("keepalived", "keepalived6", "keepalived_if6")), sets(""));
    assertEquals(Optional.empty(), sets("vrrp_ipsets"));
    assertEquals(Optional.of(new AddressSets("on", "on6", "on_if6")), sets("vrrp_ipsets on"));
    assertEquals(Optional.of(new AddressSets("off", "off6", "off_if6")), sets("vrrp_ipsets off"));
    assertEquals(Optional.of(new AddressSets("my", "my6", "my_if6")), sets("vrrp_ipsets my my6"));
    assertEquals(
        Optional.of(new AddressSets("my", "your", "your_if6")), sets("vrrp_ipsets my your"));
    assertEquals(
        Optional.of(new AddressSets("my", "my6", "myif")),
        sets("vrrp_ipsets my my6 myif myigmp mymld mynd"));
    assertEquals(
        Optional.of(
            new AddressSets(
                "aaaaaaaaaabbbbbbbbbbccccccccc0",
                "aaaaaaaaaabbbbbbbbbbccccccccc06",
                "aaaaaaaaaabbbbbbbbbbccccccc_if6")),
        sets("vrrp_ipsets aaaaaaaaaabbbbbbbbbbccccccccc0"));
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
