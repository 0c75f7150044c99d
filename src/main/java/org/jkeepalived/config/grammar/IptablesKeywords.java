package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.Firewall.AddressSets;
import org.jkeepalived.model.Firewall.ReportSets;

/** What {@code global_defs} says of iptables, and of the sets that its rules look into. */
final class IptablesKeywords {

  private static final String CODE = "firewall";

  /** COMPAT: keepalived 2.3's bounds; the kernel's are 28 and 31 bytes. */
  private static final int LONGEST_CHAIN = 27;

  private static final int LONGEST_SET = 30;

  /** What a line of iptables-restore(8) and of our journal can hold. */
  private static final Pattern NAME = Pattern.compile("[^-!\\s\"'\\\\#][^\\s\"'\\\\]*");

  private static final List<String> CHAIN_TITLES =
      List.of("iptables in chain", "iptables out chain");

  private static final List<String> SET_TITLES =
      List.of(
          "ipset address",
          "ipset IPv6 address",
          "ipset IPv6 address_iface",
          "ipset IGMP",
          "ipset MLD",
          "ipset ND");

  private IptablesKeywords() {}

  static void chains(Statement statement, GlobalDraft globals, GrammarReport report) {
    FirewallDraft draft = globals.firewall;
    if (statement.arguments().isEmpty()) {
      // COMPAT: as keepalived 1.3; today's sets rules, and published set-ups stop working
      draft.none = true;
      report.at(
          statement.keyword(),
          Severity.NOTE,
          Unsupported.CODE + "-firewall",
          "vrrp_iptables without a chain: no firewall rules, the virtual addresses answer");
    } else if (!draft.chains.isEmpty()) {
      report.warn(
          statement.keyword(), "duplicate-keyword", "iptables already specified - ignoring");
    } else if (areNames(statement, CHAIN_TITLES, LONGEST_CHAIN, report)) {
      draft.chains = texts(statement, CHAIN_TITLES.size());
      draft.chainsNamed = Optional.of(statement.keyword());
    }
  }

  static void sets(Statement statement, GlobalDraft globals, GrammarReport report) {
    FirewallDraft draft = globals.firewall;
    draft.setsNamed = Optional.of(statement.keyword());
    if (!areNames(statement, SET_TITLES, LONGEST_SET, report)) {
      return;
    }
    draft.sets = sets(texts(statement, SET_TITLES.size()));
  }

  /** That of ND has no use: it is for the address that keepalived gives a VMAC, and we do not. */
  private static Optional<AddressSets> sets(List<String> names) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    AddressSets standard = AddressSets.named(names.get(0), named(names, 1));
    ReportSets reports = standard.reports();
    return Optional.of(
        new AddressSets(
            standard.ipv4(),
            standard.ipv6(),
            named(names, 2).orElse(standard.linkLocal()),
            new ReportSets(
                named(names, 3).orElse(reports.igmp()), named(names, 4).orElse(reports.mld()))));
  }

  private static Optional<String> named(List<String> names, int place) {
    return place < names.size() ? Optional.of(names.get(place)) : Optional.empty();
  }

  private static List<String> texts(Statement statement, int most) {
    return statement.arguments().stream().limit(most).map(Token::text).toList();
  }

  private static boolean areNames(
      Statement statement, List<String> titles, int longest, GrammarReport report) {
    List<Token> names = statement.arguments();
    for (int i = 0; i < Math.min(names.size(), titles.size()); i++) {
      if (names.get(i).text().length() > longest) {
        report.warn(
            names.get(i),
            "name-too-long",
            "VRRP Error : " + titles.get(i) + " name too long - ignored");
        return false;
      }
      if (!NAME.matcher(names.get(i).text()).matches()) {
        report.warn(
            names.get(i),
            "bad-name",
            "'"
                + names.get(i).text()
                + "' cannot be the name of an "
                + titles.get(i)
                + " - ignored");
        return false;
      }
    }
    return true;
  }

  /** What of it is not taken, once all of {@code global_defs} is known. */
  static void check(FirewallDraft draft, GrammarReport report) {
    if (!draft.chains.isEmpty() && draft.table.isPresent()) {
      note(report, draft, "Both iptables and nftables have been specified - ignoring iptables");
    } else if (draft.setsNamed.isPresent() && draft.chains.isEmpty() && !draft.none) {
      note(
          report,
          draft,
          "vrrp_ipsets has been specified but not vrrp_iptables - vrrp_ipsets will be ignored");
    }
  }

  private static void note(GrammarReport report, FirewallDraft draft, String text) {
    Optional<Token> place = draft.setsNamed.or(() -> draft.chainsNamed);
    place.ifPresent(token -> report.whole(token, Severity.NOTE, CODE, text));
  }
}
