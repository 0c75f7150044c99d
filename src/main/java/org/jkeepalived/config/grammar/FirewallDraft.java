package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.Firewall;
import org.jkeepalived.model.Firewall.AddressSets;

/** What {@code global_defs} says of the firewall that {@code no_accept} needs. */
final class FirewallDraft {

  /** {@code nftables}: the name of its tables. */
  Optional<String> table = Optional.empty();

  int priority = Firewall.Nftables.STANDARD_PRIORITY;
  boolean counted;
  boolean byNumber;

  /** {@code vrrp_iptables} without a chain: no firewall rules, whatever the instances say. */
  boolean none;

  /** {@code vrrp_iptables INPUT [OUTPUT]}. */
  List<String> chains = List.of();

  /** Where {@code vrrp_iptables} stands. */
  Optional<Token> chainsNamed = Optional.empty();

  /** Where {@code vrrp_ipsets} stands. */
  Optional<Token> setsNamed = Optional.empty();

  /** {@code vrrp_ipsets}: their names; empty to have none. */
  Optional<AddressSets> sets = Optional.of(AddressSets.STANDARD);

  /** What keeps addresses from answering; empty if nothing is to. */
  Optional<Firewall> firewall() {
    if (none && table.isEmpty()) {
      return Optional.empty();
    }
    Firewall.Nftables nftables =
        new Firewall.Nftables(
            table.orElse(Firewall.Nftables.STANDARD_TABLE), priority, counted, byNumber);
    return Optional.of(
        chains.isEmpty() || table.isPresent()
            ? nftables
            : new Firewall.Iptables(
                chains.get(0), chains.stream().skip(1).findFirst(), sets, nftables));
  }
}
