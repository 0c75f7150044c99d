package org.jkeepalived.config.grammar;

import java.util.Optional;
import org.jkeepalived.model.Firewall;

/** What {@code global_defs} says of the firewall that {@code no_accept} needs. */
final class FirewallDraft {

  /** {@code nftables}: the name of its tables. */
  Optional<String> table = Optional.empty();

  int priority = Firewall.Nftables.STANDARD_PRIORITY;
  boolean counted;
  boolean byNumber;

  /** {@code vrrp_iptables} without a chain: no firewall rules, whatever the instances say. */
  boolean none;

  /** What keeps addresses from answering; empty if nothing is to. */
  Optional<Firewall> firewall() {
    if (none && table.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Firewall.Nftables(
            table.orElse(Firewall.Nftables.STANDARD_TABLE), priority, counted, byNumber));
  }
}
