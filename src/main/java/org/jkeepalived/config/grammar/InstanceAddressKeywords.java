package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.InstanceDraft.Family;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/** The keywords of {@code vrrp_instance} that name addresses. */
final class InstanceAddressKeywords {

  private InstanceAddressKeywords() {}

  static List<Keyword<InstanceDraft>> table() {
    return List.of(
        Keyword.<InstanceDraft>custom(
                "virtual_ipaddress",
                Arity.LIST,
                "",
                (statement, draft, report) -> readLines(statement, draft, report, false))
            .doc("the addresses that the master holds and advertises"),
        Keyword.<InstanceDraft>custom(
                "virtual_ipaddress_excluded",
                Arity.LIST,
                "",
                (statement, draft, report) -> readLines(statement, draft, report, true))
            .doc("the addresses that the master holds and does not advertise"),
        Keyword.<InstanceDraft>flag("no_virtual_ipaddress", i -> i.noAddressesWanted = true)
            .doc("there are no addresses, on purpose"),
        Keyword.<InstanceDraft>flag("promote_secondaries", i -> i.promoteSecondaries = true)
            .doc("do not lose addresses of a prefix whose first one is removed"),
        Keyword.<InstanceDraft>custom(
                "native_ipv6", Arity.FLAG, "", InstanceAddressKeywords::nativeIpv6)
            .doc("the instance speaks IPv6; its first address says the same"),
        Keyword.<InstanceDraft>custom(
                "mcast_src_ip", Arity.REQUIRED, "ADDRESS", InstanceAddressKeywords::source)
            .standardInWords("the interface's first address")
            .doc("the advertisements' source address"),
        Keyword.<InstanceDraft>custom(
                "mcast_dst_ip", Arity.REQUIRED, "ADDRESS", InstanceAddressKeywords::group)
            .standardOf("vrrp_mcast_group4")
            .doc("the multicast group to send to and to listen on"));
  }

  private static void readLines(
      Statement statement, InstanceDraft draft, GrammarReport report, boolean excluded) {
    statement
        .block()
        .ifPresent(
            block -> {
              for (Statement line : block.statements()) {
                readLine(line, draft, report, excluded);
              }
            });
  }

  private static void readLine(
      Statement line, InstanceDraft draft, GrammarReport report, boolean excluded) {
    Token word = line.keyword();
    int slash = word.text().indexOf('/');
    String address = slash < 0 ? word.text() : word.text().substring(0, slash);
    Optional<InetAddress> ipv4 = Addresses.ipv4(address);
    if (ipv4.isEmpty() && !Addresses.isIpv6(address)) {
      report.warn(
          word, "bad-address", "VRRP parsed invalid IP " + word.text() + ". skipping IP...");
      return;
    }
    if (!excluded && !belongs(draft, ipv4.isPresent() ? Family.IPV4 : Family.IPV6)) {
      report.warn(
          word,
          "wrong-family",
          "("
              + draft.name()
              + "): address family must match VRRP instance ["
              + word.text()
              + "] - ignoring");
      return;
    }
    if (ipv4.isEmpty()) {
      draft.obstacles.add(word);
      return;
    }
    VirtualAddressLine.read(line, ipv4.get(), report)
        .ifPresent(
            result -> {
              result.obstacle().ifPresent(draft.obstacles::add);
              if (draft.names(ipv4.get())) {
                // whatever else the line says: keepalived 2.4
                report.warn(
                    word,
                    "duplicate-address",
                    "(" + draft.name() + "): VIP duplicates a VIP " + address + " - ignoring");
              } else {
                (excluded ? draft.excluded : draft.addresses).add(result);
              }
            });
  }

  /** Whether the family is the instance's; the first one that is named becomes it. */
  private static boolean belongs(InstanceDraft draft, Family family) {
    if (draft.family.isEmpty()) {
      draft.family = Optional.of(family);
    }
    return draft.family.get() == family;
  }

  private static void nativeIpv6(Statement statement, InstanceDraft draft, GrammarReport report) {
    if (belongs(draft, Family.IPV6)) {
      draft.obstacles.add(statement.keyword());
    } else {
      report.warn(
          statement.keyword(),
          "wrong-family",
          "(" + draft.name() + ") Cannot specify native_ipv6 with IPv4 addresses");
    }
  }

  private static void source(Statement statement, InstanceDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    // COMPAT: a prefix length is accepted and means nothing
    String address = word.text().replaceFirst("/.*", "");
    Optional<InetAddress> ipv4 = Addresses.ipv4(address);
    String who = "Configuration error: VRRP instance[" + draft.name() + "]";
    if (ipv4.isEmpty() && !Addresses.isIpv6(address)) {
      report.warn(
          word,
          "bad-mcast-src-ip",
          who + " malformed src address[" + word.text() + "]. Skipping...");
    } else if (!belongs(draft, ipv4.isPresent() ? Family.IPV4 : Family.IPV6)) {
      report.warn(
          word,
          "wrong-family",
          who + " and src address[" + word.text() + "] MUST be of the same family !!! Skipping...");
    } else {
      draft.source = ipv4;
    }
  }

  private static void group(Statement statement, InstanceDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    Optional<InetAddress> ipv4 = Addresses.ipv4(word.text());
    String who = "(" + draft.name() + ") ";
    if (ipv4.isEmpty() && !Addresses.isIpv6(word.text())) {
      report.warn(
          word,
          "bad-mcast-dst-ip",
          who + "malformed mcast dest address " + word.text() + ". Skipping...");
    } else if (!belongs(draft, ipv4.isPresent() ? Family.IPV4 : Family.IPV6)) {
      report.warn(
          word,
          "wrong-family",
          who
              + "mcast dest address "
              + word.text()
              + " MUST match VRRP instance family. Skipping...");
    } else if (ipv4.isPresent() && !ipv4.get().isMulticastAddress()) {
      report.warn(
          word,
          "bad-mcast-dst-ip",
          who + "mcast_dst_ip " + word.text() + " not multicast. Skipping...");
    } else {
      draft.group = ipv4;
    }
  }
}
