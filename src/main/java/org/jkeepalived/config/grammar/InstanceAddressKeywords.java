package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;

/** The keywords of {@code vrrp_instance} that name addresses. */
final class InstanceAddressKeywords {

  private InstanceAddressKeywords() {}

  static List<Keyword<InstanceDraft>> table() {
    return List.of(
        Keyword.<InstanceDraft>custom(
                "virtual_ipaddress",
                Arity.LIST,
                VirtualAddressLine.SYNTAX,
                (statement, draft, report) -> readLines(statement, draft, report, false))
            .doc("the addresses that the master holds and advertises"),
        Keyword.<InstanceDraft>custom(
                "virtual_ipaddress_excluded",
                Arity.LIST,
                VirtualAddressLine.SYNTAX,
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
            .standardInWords("vrrp_mcast_group4, or vrrp_mcast_group6 for IPv6")
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
    Optional<InetAddress> read = Addresses.ip(address);
    if (read.isEmpty()) {
      report.warn(
          word, "bad-address", "VRRP parsed invalid IP " + word.text() + ". skipping IP...");
      return;
    }
    if (!excluded && !belongs(draft, read.get())) {
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
    VirtualAddressLine.read(line, read.get(), report)
        .ifPresent(
            result -> {
              if (draft.names(read.get())) {
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
  static boolean belongs(InstanceDraft draft, InetAddress address) {
    return belongs(draft, AddressFamily.of(address));
  }

  private static boolean belongs(InstanceDraft draft, AddressFamily family) {
    if (draft.family.isEmpty()) {
      draft.family = Optional.of(family);
    }
    return draft.family.get() == family;
  }

  private static void nativeIpv6(Statement statement, InstanceDraft draft, GrammarReport report) {
    if (!belongs(draft, AddressFamily.IPV6)) {
      report.warn(
          statement.keyword(),
          "wrong-family",
          "(" + draft.name() + ") Cannot specify native_ipv6 with IPv4 addresses");
    }
  }

  /** Of {@code mcast_src_ip} and {@code unicast_src_ip}: the later one counts. */
  static void source(Statement statement, InstanceDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    String text = Addresses.withoutPrefix(word.text());
    Optional<InetAddress> read = Addresses.ip(text);
    String who = "Configuration error: VRRP instance[" + draft.name() + "]";
    if (read.isEmpty()) {
      report.warn(
          word,
          "bad-mcast-src-ip",
          who + " malformed src address[" + word.text() + "]. Skipping...");
    } else if (!belongs(draft, read.get())) {
      report.warn(
          word,
          "wrong-family",
          who + " and src address[" + word.text() + "] MUST be of the same family !!! Skipping...");
    } else {
      draft.source = read;
    }
  }

  private static void group(Statement statement, InstanceDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    Optional<InetAddress> read = Addresses.ip(word.text());
    String who = "(" + draft.name() + ") ";
    if (read.isEmpty()) {
      report.warn(
          word,
          "bad-mcast-dst-ip",
          who + "malformed mcast dest address " + word.text() + ". Skipping...");
    } else if (!belongs(draft, read.get())) {
      report.warn(
          word,
          "wrong-family",
          who
              + "mcast dest address "
              + word.text()
              + " MUST match VRRP instance family. Skipping...");
    } else if (!isGroup(read.get())) {
      String kind = AddressFamily.of(read.get()) == AddressFamily.IPV4 ? "" : "link-local ";
      report.warn(
          word,
          "bad-mcast-dst-ip",
          who + "mcast_dst_ip " + word.text() + " not " + kind + "multicast. Skipping...");
    } else {
      draft.group = read;
    }
  }

  /** What IPv6's routers pass on is no group for VRRP. */
  private static boolean isGroup(InetAddress address) {
    return AddressFamily.of(address) == AddressFamily.IPV4
        ? address.isMulticastAddress()
        : Addresses.isLinkLocalGroup(address);
  }
}
