package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;

/** {@code global_defs}, as far as VRRP over IPv4 needs it. */
final class GlobalKeywords {

  private GlobalKeywords() {}

  static final Block<GlobalDraft> BLOCK =
      new Block<>(
          "global_defs",
          general(),
          protocol(),
          new AnnouncementKeywords<GlobalDraft>("vrrp_", "", g -> g.announcements).table(),
          times(),
          firewall(),
          ScriptSettingKeywords.table(),
          MailKeywords.table(),
          FifoKeywords.table(),
          processMonitor());

  private static List<Keyword<GlobalDraft>> general() {
    return List.of(
        Keyword.<GlobalDraft>custom(
                "router_id",
                Arity.OPTIONAL,
                "STRING",
                (s, g, report) ->
                    argument(s, report, "routerid name missing - ignoring")
                        .ifPresent(word -> g.routerId = Optional.of(word.text())))
            .standard("the host's name")
            .doc("the machine's name in messages"),
        Keyword.<GlobalDraft>custom(
                "default_interface",
                Arity.OPTIONAL,
                "LINK",
                (s, g, report) -> argument(s, report, "default_interface requires interface name"))
            .standard("eth0")
            .doc("the interface of static addresses that name none"),
        Keyword.<GlobalDraft>custom(
                "dynamic_interfaces", Arity.OPTIONAL, "", GlobalKeywords::dynamicInterfaces)
            .doc("interfaces may come and go: jkeepalived always allows it"),
        Keyword.<GlobalDraft, Long>value("random_seed", Argument.unsigned(), (g, seed) -> {})
            .complains("random_seed {value} invalid")
            .doc("the seed of ${_RANDOM}, used where the text is read"),
        Keyword.<GlobalDraft>flag("include_check", g -> {})
            .doc("what include answers to missing files, used where the text is read"),
        Keyword.<GlobalDraft>flag("log_unknown_vrids", g -> g.logUnknownVrids = true)
            .doc("log advertisements of virtual routers that are not configured"));
  }

  private static List<Keyword<GlobalDraft>> protocol() {
    return List.of(
        Keyword.<GlobalDraft, Integer>value(
                "vrrp_version", Argument.integer(2, 3), (g, version) -> g.version = version)
            .complains("VRRP Error: Version must be either 2 or 3")
            .standard("2")
            .doc("the protocol's version where an instance names none"),
        Keyword.<GlobalDraft>custom(
                "vrrp_mcast_group4", Arity.REQUIRED, "ADDRESS", GlobalKeywords::group)
            .standard("224.0.0.18")
            .doc("the multicast group of IPv4 advertisements"),
        // COMPAT: keepalived 2.2 does not look at what stands after these three
        Keyword.<GlobalDraft>flag("vrrp_check_unicast_src", g -> g.checkUnicastSource = true)
            .doc("believe none but the peers, where an instance speaks to peers"),
        Keyword.<GlobalDraft>flag("vrrp_strict", g -> g.strict = true)
            .doc("keep to the letter of the RFCs"),
        Keyword.<GlobalDraft>flag("vrrp_skip_check_adv_addr", g -> g.skipCheckAddresses = true)
            .doc("compare the address list only in a master's first advertisement"),
        Keyword.<GlobalDraft, Integer>value(
                "vrrp_down_timer_adverts",
                Argument.integer(1, 100),
                (g, n) -> g.downTimerAdverts = n)
            .complains("Invalid vrrp_down_timer_adverts [1:100] '{value}'")
            .standard("3")
            .doc("advertisements that may be missed before the master counts as gone"),
        Keyword.<GlobalDraft>toggle(
                "vrrp_lower_prio_no_advert", (g, on) -> g.lowerPriorityNoAdvert = on)
            .complains("Invalid value for vrrp_lower_prio_no_advert specified")
            .doc("do not answer a lower-priority advertisement"),
        Keyword.<GlobalDraft>toggle(
                "vrrp_higher_prio_send_advert", (g, on) -> g.higherPrioritySendAdvert = on)
            .complains("Invalid value for vrrp_higher_prio_send_advert specified")
            .doc("answer a higher-priority advertisement before stepping back"),
        Keyword.<GlobalDraft>toggle(
                "vrrp_owner_ignore_adverts", (g, on) -> g.ownerIgnoreAdverts = on)
            .complains("Invalid value for vrrp_owner_ignore_adverts specified")
            .doc("the address owner does not listen to others"),
        Keyword.<GlobalDraft>toggle("v3_checksum_as_v2", (g, on) -> g.checksumAsVersion2 = on)
            .complains("Invalid value for v3_checksum_as_v2 specified")
            .doc("no pseudo header in the checksum of version 3 over IPv4"),
        Keyword.<GlobalDraft>toggle("vrrp_min_garp", (g, on) -> g.minimalAnnouncements = on)
            .complains("Invalid value for vrrp_min_garp specified")
            .doc("one gratuitous ARP, and no second set"));
  }

  private static List<Keyword<GlobalDraft>> times() {
    return List.of(
        Keyword.<GlobalDraft, Long>value(
                "vrrp_garp_interval",
                Argument.seconds("0.000001", Argument.MAX_TIME),
                (g, nanos) -> g.announcementIntervalNanos = Optional.of(nanos))
            .complains("vrrp_garp_interval '{value}' is invalid")
            .standard("none")
            .doc("seconds between two gratuitous ARPs on one interface"),
        Keyword.<GlobalDraft, Long>value(
                "vrrp_gna_interval",
                Argument.seconds("0.000001", Argument.MAX_TIME),
                (g, nanos) -> {})
            .complains("vrrp_gna_interval '{value}' is invalid")
            .standard("none")
            .doc("the same for IPv6's unsolicited neighbour advertisements"),
        Keyword.<GlobalDraft, Long>value(
                "vrrp_startup_delay",
                Argument.seconds("0.001", Argument.MAX_TIME),
                (g, nanos) -> g.startupDelayNanos = nanos)
            .complains("vrrp_startup_delay '{value}' is invalid")
            .standard("none")
            .doc("seconds that the instances wait after the daemon's start"),
        Keyword.<GlobalDraft, Long>value(
                "vrrp_delay_after_boot",
                Argument.seconds("0.001", Argument.MAX_TIME),
                (g, nanos) -> g.delayAfterBootNanos = nanos)
            .complains("vrrp_delay_after_boot '{value}' is invalid")
            .standard("none")
            .doc("seconds that the instances wait after the machine's boot"));
  }

  /**
   * Accepted: we set no firewall rules yet, and where an instance wants one it says so itself
   * ({@link InstanceCompletion}).
   */
  private static List<Keyword<GlobalDraft>> firewall() {
    return List.of(
        Keyword.<GlobalDraft>custom(
                "vrrp_iptables", Arity.OPTIONAL, "CHAIN", GlobalKeywords::iptables)
            .doc("the iptables chains of no_accept; alone: no firewall rules"),
        Keyword.<GlobalDraft>flag("vrrp_ipsets", g -> {}).doc("the ipsets of no_accept"),
        Keyword.<GlobalDraft>flag("nftables", g -> {}).doc("the nftables table of no_accept"),
        Keyword.<GlobalDraft>flag("nftables_counters", g -> {}).doc("count in the rules"),
        Keyword.<GlobalDraft>flag("nftables_ifindex", g -> {}).doc("match links by number"),
        Keyword.<GlobalDraft, Integer>value(
                "nftables_priority",
                Argument.integer(Integer.MIN_VALUE, Integer.MAX_VALUE),
                (g, priority) -> {})
            .complains("invalid nftables chain priority '{value}'")
            .doc("the chains' priority"));
  }

  private static List<Keyword<GlobalDraft>> processMonitor() {
    return List.of(
        new Keyword.Value<GlobalDraft, Long>(
                "process_monitor_rcv_bufs",
                Arity.OPTIONAL,
                Argument.unsigned(),
                Optional.empty(),
                (g, bytes) -> g.trackers.receiveBufferBytes = OptionalLong.of(bytes))
            .complains("process_monitor_rcv_bufs size ({value}) invalid")
            .unlessMissing("process_monitor_rcv_bufs size missing")
            .standard("the system's")
            .doc("bytes for reports of processes that nobody has read yet"),
        Keyword.<GlobalDraft>toggle(
                "process_monitor_rcv_bufs_force", (g, on) -> g.trackers.receiveBufferForced = on)
            .complains(
                "Invalid value '{value}' for global process_monitor_rcv_bufs_force specified")
            .standard("off")
            .doc("more bytes than the system allows"));
  }

  private static Optional<Token> argument(
      Statement statement, GrammarReport report, String complaint) {
    if (statement.arguments().isEmpty()) {
      report.warn(statement.keyword(), "missing-parameter", complaint);
      return Optional.empty();
    }
    return Optional.of(statement.arguments().get(0));
  }

  private static void dynamicInterfaces(
      Statement statement, GlobalDraft draft, GrammarReport report) {
    draft.dynamicInterfaces = true;
    if (!statement.arguments().isEmpty()) {
      Token option = statement.arguments().get(0);
      if (!option.is("allow_if_changes")) {
        report.warn(
            option, "bad-option", "Unknown dynamic_interfaces option '" + option.text() + "'");
      }
    }
  }

  private static void iptables(Statement statement, GlobalDraft draft, GrammarReport report) {
    if (statement.arguments().isEmpty()) {
      // COMPAT: as keepalived 1.3; today's sets rules, and published set-ups stop working
      draft.noFirewall = true;
      report.at(
          statement.keyword(),
          Severity.NOTE,
          Unsupported.CODE + "-firewall",
          "vrrp_iptables without a chain: no firewall rules, the virtual addresses answer");
    } else {
      report.at(
          statement.keyword(),
          Severity.NOTE,
          Unsupported.CODE + "-keyword",
          Unsupported.message(statement.keyword()));
    }
  }

  private static void group(Statement statement, GlobalDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    Optional<InetAddress> address = Addresses.ipv4(word.text());
    if (address.isPresent() && address.get().isMulticastAddress()) {
      draft.group4 = address;
      return;
    }
    String message;
    if (address.isPresent()) {
      message = "vrrp_mcast_group4 [" + word.text() + "] is not multicast. Skipping";
    } else if (Addresses.isIpv6(word.text())) {
      message = "vrrp_mcast_group4 [" + word.text() + "] is not IPv4. Skipping";
    } else {
      message = "Can't parse vrrp_mcast_group4 [" + word.text() + "]. Skipping";
    }
    report.at(word, Severity.WARNING, "bad-vrrp-mcast-group4", message);
  }
}
