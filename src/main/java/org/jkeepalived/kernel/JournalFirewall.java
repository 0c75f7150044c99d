package org.jkeepalived.kernel;

import java.net.InetAddress;
import java.util.Optional;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Firewall;
import org.jkeepalived.model.NumericAddress;

/**
 * How the journal names what the packet filter has of us: {@code filter: family ip nftables
 * keepalived priority -1 counters false}, and for an address {@code block: address fe80::1 dev eth0
 * nftables …}. With iptables its chains and sets stand before that: {@code iptables INPUT output
 * OUTPUT sets keepalived sets6 keepalived6 linksets6 keepalived_if6 nftables …}.
 */
final class JournalFirewall {

  private static final String FILTER = "filter: ";
  private static final String BLOCK = "block: ";
  private static final String DETOUR = "detour: ";
  private static final String DETOURS = "detours";

  private JournalFirewall() {}

  static String write(KernelFilter filter) {
    return FILTER + words(filter);
  }

  private static String words(KernelFilter filter) {
    return "family "
        + family(filter.family())
        + (filter.purpose() == KernelFilter.Purpose.DETOURS ? " for " + DETOURS : "")
        + " "
        + filter.firewall().text();
  }

  static String write(KernelDetour detour) {
    return DETOUR
        + "dev "
        + detour.link()
        + " base "
        + detour.base()
        + " "
        + words(detour.filter());
  }

  static String write(KernelBlock block) {
    return BLOCK
        + "address "
        + NumericAddress.of(block.address())
        + block.link().map(device -> " dev " + device).orElse("")
        + " "
        + block.firewall().text();
  }

  /** {@code nftables table ip keepalived}, {@code ip6tables rules in INPUT}. */
  static String name(KernelFilter filter) {
    if (filter.firewall() instanceof Firewall.Iptables iptables) {
      return (filter.family() == AddressFamily.IPV4 ? "iptables" : "ip6tables")
          + " rules in "
          + iptables.input()
          + iptables.output().map(chain -> " and " + chain).orElse("");
    }
    Firewall.Nftables nftables = (Firewall.Nftables) filter.firewall();
    return "nftables table " + family(filter.family()) + " " + nftables.table();
  }

  /** As nft(8) calls it. */
  private static String family(AddressFamily family) {
    return family == AddressFamily.IPV4 ? "ip" : "ip6";
  }

  /** What a line tells of; empty if that is no matter of the packet filter. */
  static Optional<KernelObject> read(String line) {
    if (line.startsWith(FILTER)) {
      return filter(JournalWords.read(line.substring(FILTER.length()))).map(filter -> filter);
    }
    if (line.startsWith(DETOUR)) {
      JournalWords words = JournalWords.read(line.substring(DETOUR.length()));
      return filter(words)
          .flatMap(
              filter ->
                  words
                      .text("dev")
                      .flatMap(
                          link ->
                              words
                                  .text("base")
                                  .map(base -> new KernelDetour(filter, link, base, false))));
    }
    if (line.startsWith(BLOCK)) {
      JournalWords words = JournalWords.read(line.substring(BLOCK.length()));
      Optional<InetAddress> address = words.text("address").flatMap(JournalWords::address);
      return firewall(words)
          .flatMap(
              firewall ->
                  // to be removed it needs no link, which may be gone
                  address.map(found -> new KernelBlock(firewall, found, words.text("dev"), true)));
    }
    return Optional.empty();
  }

  private static Optional<KernelFilter> filter(JournalWords words) {
    AddressFamily family =
        words.text("family").filter("ip"::equals).isPresent()
            ? AddressFamily.IPV4
            : AddressFamily.IPV6;
    KernelFilter.Purpose purpose =
        words.text("for").filter(DETOURS::equals).isPresent()
            ? KernelFilter.Purpose.DETOURS
            : KernelFilter.Purpose.BLOCKS;
    return firewall(words).map(firewall -> new KernelFilter(firewall, family, purpose));
  }

  private static Optional<Firewall> firewall(JournalWords words) {
    Optional<Firewall.Nftables> nftables = nftables(words);
    Optional<String> input = words.text("iptables");
    if (input.isEmpty()) {
      return nftables.map(found -> found);
    }
    return nftables.map(
        otherwise ->
            new Firewall.Iptables(input.get(), words.text("output"), sets(words), otherwise));
  }

  private static Optional<Firewall.AddressSets> sets(JournalWords words) {
    return words
        .text("sets")
        .flatMap(
            ipv4 ->
                words
                    .text("sets6")
                    .flatMap(
                        ipv6 ->
                            words
                                .text("linksets6")
                                .map(
                                    links ->
                                        new Firewall.AddressSets(
                                            ipv4, ipv6, links, reports(words, ipv4)))));
  }

  /** A journal of an earlier release names none. */
  private static Firewall.ReportSets reports(JournalWords words, String ipv4) {
    Firewall.ReportSets standard = Firewall.ReportSets.named(ipv4);
    return new Firewall.ReportSets(
        words.text("igmp").orElse(standard.igmp()), words.text("mld").orElse(standard.mld()));
  }

  private static Optional<Firewall.Nftables> nftables(JournalWords words) {
    return words
        .text("nftables")
        .map(
            table ->
                new Firewall.Nftables(
                    table,
                    words.text("priority").flatMap(JournalFirewall::integer).orElse(0),
                    words.text("counters").filter("true"::equals).isPresent(),
                    false));
  }

  private static Optional<Integer> integer(String text) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
