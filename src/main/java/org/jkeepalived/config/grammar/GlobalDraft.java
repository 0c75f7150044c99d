package org.jkeepalived.config.grammar;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AutoPriority;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.ProcessSettings;
import org.jkeepalived.model.Processes;

/** What has been read of everything that concerns the daemon as a whole. */
final class GlobalDraft implements Draft {

  /** What has been read of static addresses, routes and rules. */
  final RoutingDraft routing;

  Optional<String> processInstance = Optional.empty();
  Optional<String> networkNamespace = Optional.empty();
  boolean usePidDirectory;

  Optional<String> routerId = Optional.empty();
  Optional<InetAddress> group4 = Optional.empty();
  Optional<InetAddress> group6 = Optional.empty();

  /** What it says of instances that say nothing themselves. */
  final Settings settings = new Settings();

  /** What links are called that are made for instances. */
  final VirtualLinkNames linkNames;

  boolean logUnknownVrids;
  long startupDelayNanos;
  long delayAfterBootNanos;
  AutoPriority autoPriority = AutoPriority.NONE;
  final ProcessDraft checkerProcess = new ProcessDraft(ProcessSettings.STANDARD);
  final ProcessDraft vrrpProcess = new ProcessDraft(ProcessSettings.VRRP);

  /** The daemon's own, of which only the name counts. */
  final ProcessDraft wholeProcess = new ProcessDraft(ProcessSettings.STANDARD);

  /** {@code process_names}: those that nothing else names have keepalived's usual names. */
  boolean usualProcessNames;

  int umask = Processes.UMASK;
  final ReloadDraft reload = new ReloadDraft();

  /** Bytes of an IP packet that a link carries. */
  ToIntFunction<String> mtu = link -> 1500;

  /** How many processors the machine has. */
  int processors = 1;

  boolean minimalAnnouncements;
  Optional<Long> announcementIntervalNanos = Optional.empty();
  Optional<Long> neighbourIntervalNanos = Optional.empty();

  /** The interfaces that some {@code garp_group} names. */
  final Set<String> announcementGroupInterfaces = new HashSet<>();

  /** How many {@code garp_group} blocks with {@code interfaces} have been read. */
  int announcementGroups;

  /** The words that name links in {@code garp_group}. */
  final List<Token> announcementGroupLinks = new ArrayList<>();

  /** {@code dynamic_interfaces}: nothing is said about links that do not exist. */
  boolean dynamicInterfaces;

  /** {@code dynamic_interfaces allow_if_changes}. */
  boolean linksMayChange;

  /** {@code default_interface}. */
  String defaultInterface = "eth0";

  final FirewallDraft firewall = new FirewallDraft();

  /** How much of what others send may wait to be read. */
  final ArrivalRoomKeywords.Draft arrivals = new ArrivalRoomKeywords.Draft();

  /** {@code garp_group}: by interface. */
  final Map<String, Long> announcementIntervalNanosByInterface = new LinkedHashMap<>();

  /** The same of IPv6's neighbour advertisements. */
  final Map<String, Long> neighbourIntervalNanosByInterface = new LinkedHashMap<>();

  Optional<Token> scriptUser = Optional.empty();
  Optional<Token> scriptGroup = Optional.empty();
  boolean scriptSecurity;
  boolean supplementaryGroups;
  Optional<CommandStatement> startupScript = Optional.empty();
  long startupTimeoutNanos = LifeScripts.NONE.startupTimeoutNanos();
  Optional<CommandStatement> shutdownScript = Optional.empty();
  long shutdownTimeoutNanos = LifeScripts.NONE.shutdownTimeoutNanos();

  Optional<String> watchdogDevice = Optional.empty();
  boolean jsonLog;
  Optional<InetSocketAddress> http = Optional.empty();

  final MailDraft mail = new MailDraft();
  final FifoDraft fifo = new FifoDraft();
  final FifoDraft vrrpFifo = new FifoDraft();
  final FifoDraft lvsFifo = new FifoDraft();
  boolean notifyPriorityChanges;
  boolean statesOnReload;
  final DumpDraft dumps = new DumpDraft();

  final LinkWatchDraft links = new LinkWatchDraft();
  final TrackersDraft trackers = new TrackersDraft();
  final Map<String, InstanceDraft> instances = new LinkedHashMap<>();
  final DirectorDraft director = new DirectorDraft();
  final Map<String, SyncGroupDraft> groups = new LinkedHashMap<>();

  /** {@code jkeepalived { control_group NAME }}. */
  Optional<String> controlGroup = Optional.empty();

  /** {@code jkeepalived { allow_from … }}. */
  final AllowFromDraft allowed = new AllowFromDraft();

  /** {@code jkeepalived { compat 1.3 }}. */
  boolean compatibleWith13;

  /**
   * @param names what tables, protocols and the like are called
   * @param linkNames what links of our own are called
   */
  GlobalDraft(IprouteNames names, VirtualLinkNames linkNames) {
    routing = new RoutingDraft(names);
    this.linkNames = linkNames;
  }

  @Override
  public String name() {
    return "";
  }
}
