package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.Firewall;
import org.jkeepalived.model.Firewall.Nftables;

/** What {@code global_defs} says of the firewall that keeps addresses from answering. */
final class FirewallKeywords {

  /** The kernel's bound for a name, and what nft(8) can write down. */
  private static final Pattern TABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_./\\\\-]{0,254}");

  private FirewallKeywords() {}

  static List<Keyword<GlobalDraft>> table() {
    return List.of(
        Keyword.<GlobalDraft>custom(
                "nftables", Arity.OPTIONAL, "[TABLE]", FirewallKeywords::nftables)
            .standard(Nftables.STANDARD_TABLE)
            .alone(Nftables.STANDARD_TABLE)
            .doc("the nftables table that keeps the addresses of no_accept from answering"),
        Keyword.<GlobalDraft, Integer>value(
                "nftables_priority",
                Argument.integer(Integer.MIN_VALUE, Integer.MAX_VALUE),
                (g, priority) -> g.firewall.priority = priority)
            .complains("invalid nftables chain priority '{value}'")
            .standard(Integer.toString(Nftables.STANDARD_PRIORITY))
            .doc("the priority of that table's chains"),
        Keyword.<GlobalDraft>flag("nftables_counters", FirewallKeywords::count)
            .doc("count in the rules of no_accept and of nftables_ipvs"),
        Keyword.<GlobalDraft>flag("nftables_ifindex", g -> g.firewall.byNumber = true)
            .doc("tell links by number even with dont_track_primary"),
        Keyword.<GlobalDraft>custom(
                "vrrp_iptables", Arity.OPTIONAL, "[INPUT [OUTPUT]]", IptablesKeywords::chains)
            .doc("the iptables chains of no_accept and of VMACs; alone: no firewall rules"),
        Keyword.<GlobalDraft>custom(
                "vrrp_ipsets",
                Arity.OPTIONAL,
                "[SET [SET6 [LINKSET6 [IGMP [MLD [ND]]]]]]",
                IptablesKeywords::sets)
            .standard(Firewall.AddressSets.STANDARD.ipv4())
            .doc("the ipsets of vrrp_iptables; alone: none, but rules for each address and VMAC"));
  }

  private static void count(GlobalDraft globals) {
    globals.firewall.counted = true;
    globals.director.marksCounted = true;
  }

  private static void nftables(Statement statement, GlobalDraft globals, GrammarReport report) {
    Optional<Token> word = statement.arguments().stream().findFirst();
    if (globals.firewall.table.isPresent()) {
      report.warn(
          statement.keyword(), "duplicate-keyword", "nftables already specified - ignoring");
    } else if (word.isPresent() && !TABLE.matcher(word.get().text()).matches()) {
      report.warn(
          word.get(),
          "bad-table",
          "nftables table name '" + word.get().text() + "' is none that nft(8) knows - ignoring");
    } else {
      globals.firewall.table = Optional.of(word.map(Token::text).orElse(Nftables.STANDARD_TABLE));
    }
  }
}
