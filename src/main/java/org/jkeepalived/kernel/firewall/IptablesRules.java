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

  private static final List<String> DROP = List.of("-j", "DROP");

  private final Firewall.Iptables settings;
  private final AddressFamily family;

  private IptablesRules(Firewall.Iptables settings, AddressFamily family) {
    this.settings = settings;
    this.family = family;
  }

  /** Whether iptables is asked for. */
  public static boolean isFor(KernelObject object) {
    // a VMAC's detours are of nftables alone
    return !(object instanceof KernelDetour) && firewall(object) instanceof Firewall.Iptables;
  }

  private static Firewall firewall(KernelObject object) {
    return object instanceof KernelBlock block
        ? block.firewall()
        : ((KernelFilter) object).firewall();
  }

  /** The same for nftables, which is taken where there is no iptables. */
  public static KernelObject otherwise(KernelObject object) {
    Firewall.Nftables nftables = ((Firewall.Iptables) firewall(object)).otherwise();
    return object instanceof KernelBlock block
        ? new KernelBlock(nftables, block.address(), block.link(), block.byName())
        : new KernelFilter(nftables, ((KernelFilter) object).family());
  }

  /** In the order in which they are added: sets, what is in them, rules. */
  public static List<IptablesPart> of(KernelObject object) {
    Firewall.Iptables settings = (Firewall.Iptables) firewall(object);
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
