package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.AllowedSenders;
import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.Authentication;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.routing.Routing;

/**
 * Makes a virtual router of its draft: fills in the defaults, checks one keyword against the other,
 * and corrects what keepalived corrects, in keepalived's order and words.
 */
final class InstanceCompletion {

  private static final int OWNER = 255;
  private static final int DEFAULT_PRIORITY = 100;

  private final InstanceDraft draft;
  private final GlobalDraft globals;
  private final InstanceDefaults defaults;
  private final Optional<SyncGroupDraft> group;
  private final GrammarReport report;
  private final boolean ipv6;
  private final int version;
  private final boolean strict;
  private final int priority;
  private boolean initialMaster;

  private InstanceCompletion(
      InstanceDraft draft,
      GlobalDraft globals,
      InstanceDefaults defaults,
      Optional<SyncGroupDraft> group,
      GrammarReport report) {
    this.draft = draft;
    this.globals = globals;
    this.defaults = defaults;
    this.group = group;
    this.report = report;
    this.ipv6 = draft.familyOrDefault() == AddressFamily.IPV6;
    // COMPAT: an instance of IPv6 is of version 3, whatever is written
    this.version = ipv6 ? 3 : InstanceSettings.VERSION.wanted(draft, globals);
    this.strict = InstanceSettings.STRICT_MODE.wanted(draft, globals);
    boolean wantsMaster = draft.initialMaster.orElse(false);
    // COMPAT: without a priority, state MASTER makes an owner, as keepalived's dump shows
    this.priority = draft.priority.orElse(wantsMaster ? OWNER : DEFAULT_PRIORITY);
    this.initialMaster = wantsMaster;
  }

  /**
   * Answers the virtual router; empty, with the reason reported, when it cannot run.
   *
   * @param defaults those of {@code globals}
   * @param group the sync group that it is in
   */
  static Optional<VrrpInstance> complete(
      InstanceDraft draft,
      GlobalDraft globals,
      InstanceDefaults defaults,
      Optional<SyncGroupDraft> group,
      Commands commands,
      GrammarReport report) {
    return new InstanceCompletion(draft, globals, defaults, group, report).complete(commands);
  }

  private Optional<VrrpInstance> complete(Commands commands) {
    if (draft.virtualRouterId.isEmpty()) {
      fatal("virtual_router_id", "no-virtual-router-id", "the virtual router id must be set");
      return Optional.empty();
    }
    boolean addressesMissing = addressesMissing();
    HmacKeywords.check(draft, strict, report);
    if (!draft.obstacles.isEmpty()) {
      notStarted(draft.obstacles.get(0));
      return Optional.empty();
    }
    if (draft.interfaceName.isEmpty() && !draft.unicast.hasPeers()) {
      fatal("interface", "no-interface", "Unknown interface!");
      return Optional.empty();
    }
    if (group.isPresent() && group.get().hindered.isPresent()) {
      notStartedAlone(group.get().hindered.get());
      return Optional.empty();
    }
    if (addressesMissing) {
      return Optional.empty();
    }
    UnicastCompletion unicast = new UnicastCompletion(draft, globals, report);
    unicast.checkPeers();
    Optional<Token> own = draft.interfaceName;
    // where none is named, the kernel finds the way to the peers, through a VRF or without one
    String spokenOn = own.or(() -> draft.vrf).map(Token::text).orElse("");
    String link = own.map(Token::text).orElse(globals.defaultInterface);
    VirtualLinkCompletion links =
        new VirtualLinkCompletion(
            draft, own.map(Token::text).orElse(""), globals.linkNames, report);
    links.check(strict);
    checkState();
    checkVersion();
    Authentication authentication = authentication();
    checkFirstAddress();
    boolean startsAsMaster = initialMaster;
    checkState(authentication);
    boolean preempt = preempt(startsAsMaster);
    long preemptDelayNanos = preemptDelayNanos(preempt);
    VrrpInstance settled =
        settled(defaults.instance(draft.name(), key(spokenOn, unicast)), unicast);
    VrrpInstance.Protocol protocol =
        settled
            .protocol()
            .advertIntervalNanos(AdvertInterval.of(draft, version, report))
            .authentication(authentication)
            .source(draft.source)
            .unicast(unicast.complete(settled.protocol().unicast()));
    AdvertisedAddresses told = AdvertisedAddresses.of(draft, version, authentication, globals.mtu);
    checkRoom(told.advertised().size());
    AllowedSenders senders = globals.allowed.settled(draft.name(), settled.key().family());
    unicast.checkAllowed(senders);
    VrrpInstance.Addresses addresses =
        new VrrpInstance.Addresses(
            links.place(told.advertised(), link),
            links.place(told.excluded(), link),
            draft.promoteSecondaries,
            new Routing(draft.routes, draft.rules));
    return Optional.of(
        settled
            .protocol(protocol)
            .conduct(
                settled
                    .conduct()
                    .senders(senders)
                    .room(globals.arrivals.complete(draft.arrivalBytes)))
            .election(
                new VrrpInstance.Election(
                    initialMaster,
                    priority,
                    preempt,
                    preemptDelayNanos,
                    timerExpiredBackupNanos(preempt, protocol)))
            .addresses(addresses)
            .links(links.complete(addresses.all(), globals.firewall.firewall()))
            .announcements(paced(settled.announcements(), link))
            .tracking(TrackingCompletion.complete(draft, priority == OWNER, group, report))
            .notifications(
                draft.notifications.complete(globals, group.map(g -> g.notifications), commands)));
  }

  private VrrpInstance.Key key(String link, UnicastCompletion unicast) {
    return new VrrpInstance.Key(
        link, draft.familyOrDefault(), unicast.group(), draft.virtualRouterId.orElseThrow());
  }

  /** With all that has a default in {@code global_defs}, in keepalived's order. */
  private VrrpInstance settled(VrrpInstance instance, UnicastCompletion unicast) {
    VrrpInstance said = with(InstanceSettings.PROTOCOL, instance);
    VrrpInstance speaking = said.protocol(said.protocol().version(version));
    VrrpInstance answering =
        AcceptMode.complete(speaking, draft, globals, priority == OWNER, report);
    unicast.checkGroup();
    return with(InstanceSettings.CONDUCT, answering);
  }

  private VrrpInstance with(List<Setting<?>> settings, VrrpInstance instance) {
    VrrpInstance settled = instance;
    for (Setting<?> setting : settings) {
      // strict mode has its say also about what is not said
      if (strict || setting.isSaid(draft)) {
        settled = setting.complete(settled, draft, globals, strict, report);
      }
    }
    return settled;
  }

  /** No faster than the link may carry them. */
  private Announcements paced(Announcements announcements, String link) {
    return announcements
        .intervalNanos(
            globals.announcementIntervalNanosByInterface.getOrDefault(
                link, globals.announcementIntervalNanos.orElse(0L)))
        .neighbourIntervalNanos(
            globals.neighbourIntervalNanosByInterface.getOrDefault(
                link, globals.neighbourIntervalNanos.orElse(0L)));
  }

  /** Says that there are no addresses; answers whether the instance cannot run without. */
  private boolean addressesMissing() {
    if (draft.family.isPresent() && !draft.addresses.isEmpty()
        || !draft.obstacles.isEmpty()
        || draft.noAddressesWanted) {
      return false;
    }
    if (strict || version == 3 || ipv6) {
      fatal("virtual_ipaddress", "no-address", "No VIP specified; at least one is required");
      return true;
    }
    warn("virtual_ipaddress", "no-address", "No VIP specified; at least one is sensible");
    return false;
  }

  private void checkRoom(int most) {
    if (draft.addresses.size() > most) {
      warn(
          "virtual_ipaddress",
          "too-many-addresses",
          "Number of VIPs ("
              + draft.addresses.size()
              + ") exceeds maximum/space available in packet (max "
              + most
              + " addresses) - excess moved to eVIPs");
    }
  }

  private void notStarted(Token obstacle) {
    report.at(
        obstacle,
        Severity.WARNING,
        "not-started",
        "WARNING - ("
            + draft.name()
            + ") is not started: '"
            + obstacle.text()
            + (obstacle.is("auth_hmac")
                ? HmacKeywords.OBSTACLE
                : "' is not yet supported by jkeepalived"));
  }

  /** A master without the rest of its group would keep another machine's whole group from it. */
  private void notStartedAlone(String hindered) {
    report.whole(
        List.of(draft.place),
        Severity.WARNING,
        "not-started",
        "WARNING - ("
            + draft.name()
            + ") is not started: "
            + hindered
            + " of its sync group is not",
        "see the line about " + hindered);
  }

  private void checkState() {
    boolean owner = priority == OWNER;
    if (strict && draft.initialMaster.isPresent() && initialMaster != owner) {
      warn("state", "strict-state", "State MASTER must match being address owner");
      initialMaster = owner;
    } else if (owner) {
      initialMaster = true;
    }
  }

  private void checkState(Authentication authentication) {
    if (authentication.type() == Authentication.Type.IPSEC_AH
        && initialMaster
        && priority != OWNER) {
      warn(
          "state",
          "authentication-header-state",
          "Initial state master is incompatible with AH authentication - clearing");
      initialMaster = false;
    }
  }

  private void checkVersion() {
    if (ipv6 && InstanceSettings.VERSION.isSaid(draft) && saidVersion() == 2) {
      warn("version", "ipv6-version", "cannot use IPv6 with VRRP version 2; setting version 3");
    }
  }

  private int saidVersion() {
    return InstanceSettings.VERSION.wanted(draft, globals);
  }

  /** RFC 9568 section 5.2.9: what IPv6's hosts take for their router is a link-local address. */
  private void checkFirstAddress() {
    if (ipv6
        && strict
        && !draft.addresses.isEmpty()
        && !draft.addresses.get(0).address().address().isLinkLocalAddress()) {
      warn(
          "virtual_ipaddress",
          "first-address-not-link-local",
          "the first IPv6 VIP address must be link local");
    }
  }

  private Authentication authentication() {
    if (draft.authenticationType.isEmpty()) {
      return Authentication.NONE;
    }
    if (strict && !globals.compatibleWith13) {
      warn(
          "auth_type",
          "strict-authentication",
          "Strict mode does not support authentication. Ignoring.");
      return Authentication.NONE;
    }
    if (version == 3) {
      warn(
          "auth_type",
          "v3-authentication",
          "VRRP version 3 does not support authentication. Ignoring.");
      return Authentication.NONE;
    }
    if (draft.password.isEmpty() || draft.password.get().length == 0) {
      warn("auth_type", "no-password", "Authentication specified but no password given. Ignoring");
      return Authentication.NONE;
    }
    Authentication.Type type =
        switch (draft.authenticationType.get()) {
          case PASS -> Authentication.Type.SIMPLE_PASSWORD;
          case AH -> Authentication.Type.IPSEC_AH;
        };
    return new Authentication(type, draft.password.get());
  }

  /**
   * COMPAT: where the authentication header has taken back the initial state, {@code nopreempt} is
   * still judged by what is written.
   */
  private boolean preempt(boolean startsAsMaster) {
    if (!draft.preempt && priority == OWNER) {
      warn(
          "nopreempt",
          "owner-nopreempt",
          "nopreempt is incompatible with priority 255. resetting nopreempt");
      return true;
    }
    if (!draft.preempt && startsAsMaster) {
      warn(
          "nopreempt",
          "master-nopreempt",
          "Warning - nopreempt will not work with initial state MASTER - clearing");
      return true;
    }
    return draft.preempt;
  }

  private long preemptDelayNanos(boolean preempt) {
    if (draft.preemptDelayNanos == 0) {
      return 0;
    }
    if (initialMaster) {
      warn(
          "preempt_delay",
          "master-preempt-delay",
          "Warning - preempt delay will not work with initial state MASTER - clearing");
      return 0;
    }
    if (strict) {
      warn(
          "preempt_delay",
          "strict-preempt-delay",
          "preempt_delay is incompatible with strict mode - resetting");
    }
    if (!preempt) {
      warn(
          "preempt_delay",
          "nopreempt-preempt-delay",
          "preempt_delay is incompatible with nopreempt mode - resetting");
    }
    return strict || !preempt ? 0 : draft.preemptDelayNanos;
  }

  /**
   * How late our own advertisement may be before another router with the priority that the keyword
   * names has taken over: its master-down time, less the interval we were to advertise in.
   */
  private long timerExpiredBackupNanos(boolean preempt, VrrpInstance.Protocol protocol) {
    if (draft.timerExpiredBackupPriority.isEmpty()) {
      return 0;
    }
    if (preempt) {
      report.whole(
          draft.placeOf("timer_expired_backup"),
          Severity.NOTE,
          "preempt-timer-expired-backup",
          "(" + draft.name() + ") timer_expired_backup has no effect without nopreempt");
      return 0;
    }
    int others = draft.timerExpiredBackupPriority.getAsInt();
    long intervalNanos = protocol.advertIntervalNanos();
    long skewUnitNanos = version == 3 ? intervalNanos : 1_000_000_000L;
    long skewNanos = skewUnitNanos * (256 - others) / 256;
    return (protocol.downTimerAdverts() - 1) * intervalNanos + skewNanos;
  }

  private void fatal(String keyword, String code, String message) {
    report.whole(draft.placeOf(keyword), Severity.FATAL, code, "(" + draft.name() + ") " + message);
  }

  private void warn(String keyword, String code, String message) {
    report.whole(
        draft.placeOf(keyword), Severity.WARNING, code, "(" + draft.name() + ") " + message);
  }
}
