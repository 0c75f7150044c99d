package org.jkeepalived.kernel.firewall;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jkeepalived.kernel.KernelBlock;
import org.jkeepalived.kernel.KernelDetour;
import org.jkeepalived.kernel.KernelFilter;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.firewall.IptablesPart.AddressSet;
import org.jkeepalived.kernel.firewall.IptablesPart.Member;
import org.jkeepalived.kernel.firewall.IptablesPart.Rule;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Firewall;
import org.jkeepalived.model.NumericAddress;

/**
 * What iptables has for an object: the rules are those of keepalived 2.3, in its order.
 *
 * <p>COMPAT: keepalived(8) says that rules for single addresses are inserted where the chain
 * begins; 2.3.3 appends them, too.
 */
public final class IptablesRules {

  /** Neighbour solicitation and advertisement: who has an address must be found. */
  private static final List<String> DISCOVERY = List.of("135", "136");

  /** Of groups: MLD version 2 and 1. */
  private static final List<String> REPORTS = List.of("143", "131");

  /** Wherever a packet goes, by the link that it goes by. */
  private static final String BY_LINK = "dst,dst";

  private static final List<String> DROP = List.of("-j", "DROP");

  private final Firewall.Iptables settings;
  private final AddressFamily family;

  private IptablesRules(Firewall.Iptables settings, AddressFamily family) {
    this.settings = settings;
    this.family = family;
  }

  /** Whether iptables is asked for. */
  public static boolean isFor(KernelObject object) {
    return firewall(object) instanceof Firewall.Iptables;
  }

  private static Firewall firewall(KernelObject object) {
    return object instanceof KernelBlock block ? block.firewall() : filter(object).firewall();
  }

  private static KernelFilter filter(KernelObject object) {
    return object instanceof KernelDetour detour ? detour.filter() : (KernelFilter) object;
  }

  /** What an object is for. */
  public static KernelFilter.Purpose purpose(KernelObject object) {
    return object instanceof KernelBlock ? KernelFilter.Purpose.BLOCKS : filter(object).purpose();
  }

  /** The same for nftables, which is taken where there is no iptables. */
  public static KernelObject otherwise(KernelObject object) {
    Firewall.Nftables nftables = ((Firewall.Iptables) firewall(object)).otherwise();
    if (object instanceof KernelBlock block) {
      return new KernelBlock(nftables, block.address(), block.link(), block.byName());
    }
    KernelFilter given = filter(object);
    KernelFilter filter = new KernelFilter(nftables, given.family(), given.purpose());
    return object instanceof KernelDetour detour
        ? new KernelDetour(filter, detour.link(), detour.base(), detour.placed())
        : filter;
  }

  /** In the order in which they are added: sets, what is in them, rules. */
  public static List<IptablesPart> of(KernelObject object) {
    Firewall.Iptables settings = (Firewall.Iptables) firewall(object);
    if (purpose(object) == KernelFilter.Purpose.DETOURS) {
      IptablesRules rules = new IptablesRules(settings, filter(object).family());
      return settings
          .output()
          .map(
              chain ->
                  object instanceof KernelDetour detour
                      ? rules.silence(chain, detour.link())
                      : settings
                          .sets()
                          .map(sets -> rules.frame(chain, sets.reports()))
                          .orElse(List.of()))
          .orElse(List.of());
    }
    if (object instanceof KernelFilter filter) {
      IptablesRules rules = new IptablesRules(settings, filter.family());
      return settings.sets().map(rules::frame).orElse(List.of());
    }
    KernelBlock block = (KernelBlock) object;
    IptablesRules rules = new IptablesRules(settings, AddressFamily.of(block.address()));
    return settings
        .sets()
        .map(sets -> List.of(rules.member(sets, block)))
        .orElseGet(() -> rules.single(block.address(), block.link()));
  }

  private IptablesPart member(Firewall.AddressSets sets, KernelBlock block) {
    String set =
        family == AddressFamily.IPV4
            ? sets.ipv4()
            : block.link().isPresent() ? sets.linkLocal() : sets.ipv6();
    return new Member(set, block.address(), block.link());
  }

  /** The chains that there are: that of what comes in, and that of what goes out. */
  private Stream<Chain> chains() {
    return Stream.concat(
        Stream.of(new Chain(settings.input(), false)),
        settings.output().stream().map(name -> new Chain(name, true)));
  }

  /**
   * A chain.
   *
   * @param out of packets that go out: it looks where they come from
   */
  private record Chain(String name, boolean out) {

    List<String> address(String address) {
      return List.of(out ? "-s" : "-d", address);
    }

    List<String> link(String name) {
      return List.of(out ? "-o" : "-i", name);
    }

    String side() {
      return out ? "src" : "dst";
    }

    /** The address, and the link that the packet comes by, or goes by. */
    String sides() {
      return out ? "src,dst" : "dst,src";
    }
  }

  private List<IptablesPart> frame(Firewall.AddressSets sets) {
    List<IptablesPart> parts = new ArrayList<>();
    if (family == AddressFamily.IPV4) {
      parts.add(new AddressSet(sets.ipv4(), family, false));
      chains().forEach(chain -> drop(parts, chain, matching(sets.ipv4(), chain.side())));
    } else {
      parts.add(new AddressSet(sets.ipv6(), family, false));
      parts.add(new AddressSet(sets.linkLocal(), family, true));
      chains()
          .forEach(
              chain -> {
                drop(parts, chain, matching(sets.linkLocal(), chain.sides()));
                drop(parts, chain, matching(sets.ipv6(), chain.side()));
              });
    }
    return parts;
  }

  /**
   * COMPAT: where nftables sends reports another way, iptables, as keepalived has it, drops them.
   * The link that the VMAC stands on has joined the groups of VRRP itself. Without sets, keepalived
   * puts these rules where the chain begins.
   */
  private List<IptablesPart> frame(String chain, Firewall.ReportSets sets) {
    String set = family == AddressFamily.IPV4 ? sets.igmp() : sets.mld();
    List<IptablesPart> parts = new ArrayList<>();
    parts.add(new AddressSet(set, family, true));
    parts.addAll(reports(chain, matching(set, BY_LINK)));
    return parts;
  }

  /** What the kernel must not send on a VMAC. */
  private List<IptablesPart> silence(String chain, String link) {
    return settings
        .sets()
        .map(Firewall.AddressSets::reports)
        .map(sets -> family == AddressFamily.IPV4 ? sets.igmp() : sets.mld())
        .map(set -> List.<IptablesPart>of(new Member(set, family.any(), 0, Optional.of(link))))
        .orElseGet(() -> reports(chain, List.of("-o", link)));
  }

  private List<IptablesPart> reports(String chain, List<String> match) {
    return family == AddressFamily.IPV4
        ? List.of(dropped(chain, match, List.of("-p", "igmp")))
        : REPORTS.stream()
            .map(
                type ->
                    (IptablesPart)
                        dropped(
                            chain,
                            match,
                            List.of("-p", "icmpv6", "-m", "icmp6", "--icmpv6-type", type)))
            .toList();
  }

  private Rule dropped(String chain, List<String> match, List<String> what) {
    List<String> words = new ArrayList<>(match);
    words.addAll(what);
    words.addAll(DROP);
    return new Rule(family, chain, words);
  }

  private static List<String> matching(String set, String sides) {
    return List.of("-m", "set", "--match-set", set, sides);
  }

  private List<IptablesPart> single(InetAddress address, Optional<String> link) {
    List<IptablesPart> parts = new ArrayList<>();
    String prefix = NumericAddress.of(address) + "/" + Byte.SIZE * address.getAddress().length;
    chains()
        .forEach(
            chain -> {
              List<String> match = new ArrayList<>(chain.address(prefix));
              link.ifPresent(name -> match.addAll(chain.link(name)));
              drop(parts, chain, match);
            });
    return parts;
  }

  /** Drops what matches, but for what finds out who has the address. */
  private void drop(List<IptablesPart> parts, Chain chain, List<String> match) {
    if (family == AddressFamily.IPV6) {
      for (String type : DISCOVERY) {
        List<String> words = new ArrayList<>(match);
        words.addAll(List.of("-p", "icmpv6", "-m", "icmp6", "--icmpv6-type", type));
        words.addAll(List.of("-j", "ACCEPT"));
        parts.add(new Rule(family, chain.name(), words));
      }
    }
    List<String> words = new ArrayList<>(match);
    words.addAll(DROP);
    parts.add(new Rule(family, chain.name(), words));
  }
}
