package org.jkeepalived.kernel.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jkeepalived.kernel.KernelBlock;
import org.jkeepalived.kernel.KernelDetour;
import org.jkeepalived.kernel.KernelFilter;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.firewall.IptablesPart.Rule;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Firewall;
import org.jkeepalived.model.NumericAddress;
import org.junit.jupiter.api.Test;

/** What iptables is told: the rules and sets that keepalived 2.3.3 was seen to make. */
final class IptablesRulesTest {

  private static Firewall.Iptables iptables(
      String input, Optional<String> output, Optional<Firewall.AddressSets> sets) {
    return new Firewall.Iptables(input, output, sets, Firewall.Nftables.STANDARD);
  }

  private static final Firewall.Iptables WITH_SETS =
      iptables("INPUT", Optional.of("OUTPUT"), Optional.of(Firewall.AddressSets.STANDARD));

  private static final Firewall.Iptables WITHOUT_SETS =
      iptables("INPUT", Optional.of("OUTPUT"), Optional.empty());

  private static KernelObject block(Firewall firewall, String address, String... link)
      throws UnknownHostException {
    return new KernelBlock(
        firewall, InetAddress.getByName(address), List.of(link).stream().findFirst(), true);
  }

  private static String text(KernelObject object) {
    return IptablesRules.of(object).stream()
        .map(IptablesRulesTest::text)
        .collect(Collectors.joining("\n"));
  }

  private static String text(IptablesPart part) {
    if (part instanceof Rule rule) {
      return String.join(" ", rule.arguments("-A"));
    }
    if (part instanceof IptablesPart.AddressSet set) {
      return "create " + set.name() + (set.withLinks() ? " with links" : "");
    }
    IptablesPart.Member member = (IptablesPart.Member) part;
    return "add "
        + member.set()
        + " "
        + NumericAddress.of(member.address())
        + (member.prefixLength() == 0 ? "/0" : "")
        + member.link().map(link -> "," + link).orElse("");
  }

  @Test
  void rulesLookIntoSets() throws UnknownHostException {
    assertEquals(
        """
        create keepalived
        -A INPUT -m set --match-set keepalived dst -j DROP
        -A OUTPUT -m set --match-set keepalived src -j DROP""",
        text(new KernelFilter(WITH_SETS, AddressFamily.IPV4)));
    assertEquals(
        """
        create keepalived6
        create keepalived_if6 with links
        -A INPUT -m set --match-set keepalived_if6 dst,src -p icmpv6 -m icmp6 --icmpv6-type 135 -j ACCEPT
        -A INPUT -m set --match-set keepalived_if6 dst,src -p icmpv6 -m icmp6 --icmpv6-type 136 -j ACCEPT
        -A INPUT -m set --match-set keepalived_if6 dst,src -j DROP
        -A INPUT -m set --match-set keepalived6 dst -p icmpv6 -m icmp6 --icmpv6-type 135 -j ACCEPT
        -A INPUT -m set --match-set keepalived6 dst -p icmpv6 -m icmp6 --icmpv6-type 136 -j ACCEPT
        -A INPUT -m set --match-set keepalived6 dst -j DROP""",
        text(
            new KernelFilter(
                iptables("INPUT", Optional.empty(), WITH_SETS.sets()), AddressFamily.IPV6)));
    assertEquals("add keepalived 10.9.0.1", text(block(WITH_SETS, "10.9.0.1")));
    assertEquals("add keepalived6 fd09::1", text(block(WITH_SETS, "fd09::1")));
    assertEquals("add keepalived_if6 fe80::1,eth0", text(block(WITH_SETS, "fe80::1", "eth0")));
  }

  @Test
  void orNameEachAddress() throws UnknownHostException {
    assertEquals("", text(new KernelFilter(WITHOUT_SETS, AddressFamily.IPV6)));
    assertEquals(
        """
        -A INPUT -d 10.9.0.1/32 -j DROP
        -A OUTPUT -s 10.9.0.1/32 -j DROP""",
        text(block(WITHOUT_SETS, "10.9.0.1")));
    assertEquals(
        """
        -A INPUT -d fe80::1/128 -i eth0 -p icmpv6 -m icmp6 --icmpv6-type 135 -j ACCEPT
        -A INPUT -d fe80::1/128 -i eth0 -p icmpv6 -m icmp6 --icmpv6-type 136 -j ACCEPT
        -A INPUT -d fe80::1/128 -i eth0 -j DROP
        -A OUTPUT -s fe80::1/128 -o eth0 -p icmpv6 -m icmp6 --icmpv6-type 135 -j ACCEPT
        -A OUTPUT -s fe80::1/128 -o eth0 -p icmpv6 -m icmp6 --icmpv6-type 136 -j ACCEPT
        -A OUTPUT -s fe80::1/128 -o eth0 -j DROP""",
        text(block(WITHOUT_SETS, "fe80::1", "eth0")));
  }

  @Test
  void whereThereIsNoIptablesNftablesDoesTheSame() throws UnknownHostException {
    KernelObject block = block(WITH_SETS, "fe80::1", "eth0");
    assertTrue(IptablesRules.isFor(block));
    KernelObject other = IptablesRules.otherwise(block);
    assertFalse(IptablesRules.isFor(other));
    assertEquals(block(Firewall.Nftables.STANDARD, "fe80::1", "eth0"), other);
  }

  /** A listing of iptables-save: its order of words is not ours, and releases differ in a name. */
  @Test
  void whatIsListedIsFound() throws UnknownHostException {
    String shown =
        """
        *filter
        :INPUT ACCEPT [0:0]
        -A INPUT -d fe80::1/128 -i eth0 -p %s -m icmp6 --icmpv6-type 135 -j ACCEPT
        -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
        COMMIT
        """;
    List<IptablesPart> parts = IptablesRules.of(block(WITHOUT_SETS, "fe80::1", "eth0"));
    for (String name : List.of("ipv6-icmp", "icmpv6")) {
      IptablesListing listing = IptablesListing.read(shown.formatted(name));
      assertTrue(listing.has((Rule) parts.get(0)));
      assertFalse(listing.has((Rule) parts.get(1)));
      assertTrue(listing.hasChain("INPUT"));
      assertFalse(listing.hasChain("OUTPUT"));
    }
  }

  /** Whatever the order, what the new configuration needs as well is never gone. */
  @Test
  void aReloadTouchesOnlyWhatIsNew() throws UnknownHostException {
    Firewall.Iptables otherChain = iptables("in", Optional.empty(), WITH_SETS.sets());
    KernelObject before = new KernelFilter(WITH_SETS, AddressFamily.IPV4);
    KernelObject after = new KernelFilter(otherChain, AddressFamily.IPV4);
    KernelObject address = block(WITH_SETS, "10.9.0.1");
    KernelObject sameAddress = block(otherChain, "10.9.0.1");
    HeldParts held = new HeldParts();

    assertEquals(3, held.take(before.key(List.of()), before).size());
    assertEquals(1, held.take(address.key(List.of()), address).size());
    assertEquals(List.of(), held.take(address.key(List.of()), address));

    assertEquals(
        List.of("-A in -m set --match-set keepalived dst -j DROP"),
        held.take(after.key(List.of()), after).stream().map(IptablesRulesTest::text).toList());
    assertEquals(List.of(), held.take(sameAddress.key(List.of()), sameAddress));
    assertEquals(List.of(), held.letGo(address.key(List.of()), address));
    assertEquals(
        List.of(
            "-A OUTPUT -m set --match-set keepalived src -j DROP",
            "-A INPUT -m set --match-set keepalived dst -j DROP"),
        held.letGo(before.key(List.of()), before).stream().map(IptablesRulesTest::text).toList());

    // what an earlier run has left is held by nobody, and is removed; but not what is needed
    assertEquals(List.of(), held.letGo(address.key(List.of()), address));
    assertEquals(1, held.letGo(sameAddress.key(List.of()), sameAddress).size());
    assertEquals(1, held.letGo(address.key(List.of()), address).size());
  }

  private static KernelFilter reports(Firewall firewall, AddressFamily family) {
    return new KernelFilter(firewall, family, KernelFilter.Purpose.DETOURS);
  }

  private static KernelObject vmac(Firewall firewall, AddressFamily family) {
    return new KernelDetour(reports(firewall, family), "vrrp.51", "eth0", true);
  }

  /** What the kernel sends by itself must not leave from a virtual MAC address. */
  @Test
  void reportsOfVmacsAreDroppedBySets() {
    assertEquals(
        """
        create keepalived_igmp with links
        -A OUTPUT -m set --match-set keepalived_igmp dst,dst -p igmp -j DROP""",
        text(reports(WITH_SETS, AddressFamily.IPV4)));
    assertEquals(
        "add keepalived_igmp 0.0.0.0/0,vrrp.51", text(vmac(WITH_SETS, AddressFamily.IPV4)));
    assertEquals(
        """
        create keepalived_mld with links
        -A OUTPUT -m set --match-set keepalived_mld dst,dst -p icmpv6 -m icmp6 --icmpv6-type 143 -j DROP
        -A OUTPUT -m set --match-set keepalived_mld dst,dst -p icmpv6 -m icmp6 --icmpv6-type 131 -j DROP""",
        text(reports(WITH_SETS, AddressFamily.IPV6)));
    assertEquals("add keepalived_mld ::/0,vrrp.51", text(vmac(WITH_SETS, AddressFamily.IPV6)));
  }

  @Test
  void reportsOfVmacsAreDroppedByRules() {
    assertEquals("", text(reports(WITHOUT_SETS, AddressFamily.IPV4)));
    assertEquals(
        "-A OUTPUT -o vrrp.51 -p igmp -j DROP", text(vmac(WITHOUT_SETS, AddressFamily.IPV4)));
    assertEquals(
        """
        -A OUTPUT -o vrrp.51 -p icmpv6 -m icmp6 --icmpv6-type 143 -j DROP
        -A OUTPUT -o vrrp.51 -p icmpv6 -m icmp6 --icmpv6-type 131 -j DROP""",
        text(vmac(WITHOUT_SETS, AddressFamily.IPV6)));
  }

  /** They go out, and of a chain for that nothing was said. */
  @Test
  void withoutAChainForWhatGoesOutNothingIsDropped() {
    Firewall.Iptables input =
        iptables("INPUT", Optional.empty(), Optional.of(Firewall.AddressSets.STANDARD));
    for (AddressFamily family : AddressFamily.values()) {
      assertEquals("", text(reports(input, family)));
      assertEquals("", text(vmac(input, family)));
    }
  }

  @Test
  void nftablesDoesTheSame() {
    assertEquals(
        vmac(Firewall.Nftables.STANDARD, AddressFamily.IPV6),
        IptablesRules.otherwise(vmac(WITH_SETS, AddressFamily.IPV6)));
    assertEquals(
        reports(Firewall.Nftables.STANDARD, AddressFamily.IPV6),
        IptablesRules.otherwise(reports(WITH_SETS, AddressFamily.IPV6)));
  }
}
