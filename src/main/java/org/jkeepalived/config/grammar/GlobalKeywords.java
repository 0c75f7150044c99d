package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.config.grammar.Keyword.Arity;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Statement;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;

/** {@code global_defs}, as far as VRRP over IPv4 needs it. */
final class GlobalKeywords {

  private GlobalKeywords() {}

  static final Block<GlobalDraft> BLOCK =
      new Block<>(
          "global_defs",
          general(),
          protocol(),
          Setting.ofGlobals(InstanceSettings.ALL),
          times(),
          FirewallKeywords.table(),
          VirtualLinkKeywords.ofGlobals(),
          ScriptSettingKeywords.table(),
          MailKeywords.table(),
          FifoKeywords.table(),
          DumpKeywords.table(),
          processMonitor(),
          PriorityKeywords.table(),
          ProcessKeywords.ofChecker(),
          ProcessKeywords.ofVrrp(),
          ProcessKeywords.names(),
          UmaskKeywords.table(),
          ReloadKeywords.table(),
          DirectorKeywords.table(),
          MarkingKeywords.table(),
          TableSocketKeywords.buffers(),
          ArrivalRoomKeywords.ofGlobals());

  private static List<Keyword<GlobalDraft>> general() {
    return List.of(
        Keyword.<GlobalDraft>custom(
                "router_id",
                Arity.OPTIONAL,
                "STRING",
                (s, g, report) ->
                    argument(s, report, "routerid name missing - ignoring")
                        .ifPresent(word -> g.routerId = Optional.of(word.text())))
            .standardInWords("the host's name")
            .doc("the machine's name in messages"),
        Keyword.<GlobalDraft>custom(
                "default_interface",
                Arity.OPTIONAL,
                "LINK",
                (s, g, report) ->
                    argument(s, report, "default_interface requires interface name")
                        .ifPresent(word -> g.defaultInterface = word.text()))
            .standard("eth0")
            .doc("the interface of static addresses that name none"),
        Keyword.<GlobalDraft>custom(
                "iproute_usr_dir",
                Arity.REQUIRED,
                "DIRECTORY",
                (s, g, report) ->
                    g.routing.names().setDistributionDirectory(s.arguments().get(0).text()))
            .doc("where iproute2 has its names, instead of /usr/share/iproute2"),
        Keyword.<GlobalDraft>custom(
                "iproute_etc_dir",
                Arity.REQUIRED,
                "DIRECTORY",
                (s, g, report) ->
                    g.routing.names().setMachineDirectory(s.arguments().get(0).text()))
            .doc("where iproute2 has names of this machine, instead of /etc/iproute2"),
        Keyword.<GlobalDraft>flag("disable_local_igmp", g -> g.links.silentGroups = true)
            .doc("the kernel reports to no router that it listens to groups of 224.0.0.0/24"),
        Keyword.<GlobalDraft>custom(
                "dynamic_interfaces",
                Arity.OPTIONAL,
                "[allow_if_changes]",
                GlobalKeywords::dynamicInterfaces)
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
        Keyword.<GlobalDraft>custom(
                "vrrp_mcast_group4", Arity.REQUIRED, "ADDRESS", GlobalKeywords::group)
            .standard("224.0.0.18")
            .doc("the multicast group of IPv4 advertisements"),
        Keyword.<GlobalDraft>custom(
                "vrrp_mcast_group6", Arity.REQUIRED, "ADDRESS", GlobalKeywords::group6)
            .standard("ff02::12")
            .doc("the multicast group of IPv6 advertisements"),
        Keyword.<GlobalDraft>toggle("vrrp_min_garp", (g, on) -> g.minimalAnnouncements = on)
            .complains("Invalid value for vrrp_min_garp specified")
            .standard("off")
            .doc("one gratuitous ARP, and no second set"));
  }

  private static List<Keyword<GlobalDraft>> times() {
    return List.of(
        Keyword.<GlobalDraft, Long>value(
                "vrrp_garp_interval",
                Argument.seconds("0.000001", Argument.MAX_TIME),
                (g, nanos) -> g.announcementIntervalNanos = Optional.of(nanos))
            .complains("vrrp_garp_interval '{value}' is invalid")
            .standardInWords("none")
            .doc("seconds between two gratuitous ARPs on one interface"),
        Keyword.<GlobalDraft, Long>value(
                "vrrp_gna_interval",
                Argument.seconds("0.000001", Argument.MAX_TIME),
                (g, nanos) -> g.neighbourIntervalNanos = Optional.of(nanos))
            .complains("vrrp_gna_interval '{value}' is invalid")
            .standardInWords("none")
            .doc("seconds between two of IPv6's unsolicited neighbour advertisements"),
        Keyword.<GlobalDraft, Long>value(
                "vrrp_startup_delay",
                Argument.seconds("0.001", Argument.MAX_TIME),
                (g, nanos) -> g.startupDelayNanos = nanos)
            .complains("vrrp_startup_delay '{value}' is invalid")
            .standardInWords("none")
            .doc("seconds that the instances wait after the daemon's start"),
        Keyword.<GlobalDraft, Long>value(
                "vrrp_delay_after_boot",
                Argument.seconds("0.001", Argument.MAX_TIME),
                (g, nanos) -> g.delayAfterBootNanos = nanos)
            .complains("vrrp_delay_after_boot '{value}' is invalid")
            .standardInWords("none")
            .doc("seconds that the instances wait after the machine's boot"));
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
            .standardInWords("the system's")
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
    if (!draft.dynamicInterfaces) {
      report.aside(
          statement.keyword(),
          "needless-keyword",
          "dynamic_interfaces is not needed: interfaces may always come and go; with it, nothing is"
              + " said here of those that do not exist");
    }
    draft.dynamicInterfaces = true;
    if (!statement.arguments().isEmpty()) {
      Token option = statement.arguments().get(0);
      draft.linksMayChange = option.is("allow_if_changes");
      if (!draft.linksMayChange) {
        report.warn(
            option, "bad-option", "Unknown dynamic_interfaces option '" + option.text() + "'");
      }
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

  private static void group6(Statement statement, GlobalDraft draft, GrammarReport report) {
    Token word = statement.arguments().get(0);
    String group = "vrrp_mcast_group6 [" + word.text() + "]";
    // COMPAT: keepalived takes a prefix length here, and makes nothing of it
    Optional<InetAddress> read = Addresses.ip(Addresses.withoutPrefix(word.text()));
    if (read.isEmpty()) {
      warnOfGroup(word, report, "Can't parse " + group + ". Skipping");
    } else if (AddressFamily.of(read.get()) != AddressFamily.IPV6) {
      warnOfGroup(word, report, group + " is not IPv6. Skipping");
    } else if (!read.get().isMulticastAddress()) {
      warnOfGroup(word, report, group + " is not multicast. Skipping");
    } else {
      if (!Addresses.isLinkLocalGroup(read.get())) {
        warnOfGroup(word, report, group + " should be link-local multicast.");
      }
      draft.group6 = read;
    }
  }

  private static void warnOfGroup(Token word, GrammarReport report, String message) {
    report.at(word, Severity.WARNING, "bad-vrrp-mcast-group6", message);
  }
}
