package org.jkeepalived.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Firewall;
import org.junit.jupiter.api.Test;

/** What the packet filter has of us, as the journal names it. */
final class FirewallJournalTest {

  private static final Firewall NFTABLES = new Firewall.Nftables("t.1", -7, true, false);

  private static final Firewall IPTABLES =
      new Firewall.Iptables(
          "INPUT",
          Optional.of("out"),
          Optional.of(new Firewall.AddressSets("a", "b", "c", new Firewall.ReportSets("d", "e"))),
          Firewall.Nftables.STANDARD);

  private static final Firewall INPUT_ALONE =
      new Firewall.Iptables(
          "INPUT", Optional.empty(), Optional.empty(), Firewall.Nftables.STANDARD);

  private static final KernelFilter DETOURS =
      new KernelFilter(NFTABLES, AddressFamily.IPV6, KernelFilter.Purpose.DETOURS);

  private static KernelBlock block(String address, Optional<String> link)
      throws UnknownHostException {
    return new KernelBlock(NFTABLES, InetAddress.getByName(address), link, true);
  }

  @Test
  void linesAreReadAsTheyWereWritten() throws UnknownHostException {
    List<KernelObject> objects =
        List.of(
            new KernelFilter(NFTABLES, AddressFamily.IPV4),
            new KernelFilter(NFTABLES, AddressFamily.IPV6),
            block("10.0.0.1", Optional.empty()),
            block("fe80::1", Optional.of("eth0")),
            new KernelFilter(IPTABLES, AddressFamily.IPV6),
            new KernelFilter(INPUT_ALONE, AddressFamily.IPV4),
            new KernelBlock(IPTABLES, InetAddress.getByName("fd00::1"), Optional.empty(), true),
            DETOURS,
            new KernelDetour(DETOURS, "vrrp.51", "eth0", false),
            new KernelDetour(
                new KernelFilter(IPTABLES, AddressFamily.IPV4, KernelFilter.Purpose.DETOURS),
                "vrrp.51",
                "eth0",
                false));
    for (KernelObject object : objects) {
      assertEquals(Optional.of(object), StaleObjects.read(object.journalText()));
      assertTrue(object.journalText().matches("[a-z]+: .*"), "no name of a link has a colon");
    }
    assertEquals(
        "filter: family ip nftables t.1 priority -7 counters true", objects.get(0).journalText());
    assertEquals(
        "filter: family ip6 iptables INPUT output out sets a sets6 b linksets6 c igmp d mld e"
            + " nftables keepalived priority -1 counters false",
        objects.get(4).journalText());
    assertEquals("ip6tables rules in INPUT and out", objects.get(4).name());
  }

  /** As a release wrote it that had no sets for VMACs. */
  @Test
  void setsThatAreNotNamedHaveTheirStandardNames() {
    Firewall.AddressSets named =
        new Firewall.AddressSets("a", "b", "c", Firewall.ReportSets.named("a"));
    assertEquals(
        Optional.of(
            new KernelFilter(
                new Firewall.Iptables(
                    "INPUT", Optional.empty(), Optional.of(named), Firewall.Nftables.STANDARD),
                AddressFamily.IPV4)),
        StaleObjects.read(
            "filter: family ip iptables INPUT sets a sets6 b linksets6 c"
                + " nftables keepalived priority -1 counters false"));
  }

  @Test
  void ofLinesThatTellLessNothingIsMade() {
    for (String line :
        List.of("filter: ", "filter: family ip", "block: address 10.0.0.1", "block: nftables x")) {
      assertEquals(Optional.empty(), StaleObjects.read(line), line);
    }
  }

  /** A link may be gone; what was blocked on it is removed all the same. */
  @Test
  void toBeRemovedItNeedsNoLink() throws UnknownHostException {
    KernelBlock byNumber =
        new KernelBlock(NFTABLES, InetAddress.getByName("fe80::1"), Optional.of("eth0"), false);
    KernelDetour detour = new KernelDetour(DETOURS, "vrrp.51", "eth0", true);
    for (KernelObject object : List.of(byNumber, detour)) {
      assertEquals(
          1, StaleObjects.written(List.of(object.journalText()), link -> Optional.empty()).size());
    }
  }
}
