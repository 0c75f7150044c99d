package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.config.grammar.InstanceDraft.AuthenticationType;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.Authentication;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;

/**
 * Makes a virtual router of its draft: fills in the defaults, checks one keyword against the other,
 * and corrects what keepalived corrects, in keepalived's order and words.
 */
final class InstanceCompletion {

  private static final int OWNER = 255;
  private static final int DEFAULT_PRIORITY = 100;

  private final InstanceDraft draft;
  private final GlobalDraft globals;
  private final Optional<SyncGroupDraft> group;
  private final GrammarReport report;
  private final int version;
  private final boolean strict;
  private final int priority;
  private boolean initialMaster;

  private InstanceCompletion(
      InstanceDraft draft,
      GlobalDraft globals,
      Optional<SyncGroupDraft> group,
      GrammarReport report) {
    this.draft = draft;
    this.globals = globals;
    this.group = group;
    this.report = report;
    this.version = draft.version.orElse(globals.version);
    this.strict = draft.strict.orElse(globals.strict);
    boolean wantsMaster = draft.initialMaster.orElse(false);
    // COMPAT: without a priority, state MASTER makes an owner, as keepalived's dump shows
    this.priority = draft.priority.orElse(wantsMaster ? OWNER : DEFAULT_PRIORITY);
    this.initialMaster = wantsMaster;
  }

  /**
   * Answers the virtual router; empty, with the reason reported, when it cannot run.
   *
   * @param group the sync group that it is in
   */
  static Optional<VrrpInstance> complete(
      InstanceDraft draft,
      GlobalDraft globals,
      Optional<SyncGroupDraft> group,
      Commands commands,
      GrammarReport report) {
    return new InstanceCompletion(draft, globals, group, report).complete(commands);
  }

  private Optional<VrrpInstance> complete(Commands commands) {
    if (draft.virtualRouterId.isEmpty()) {
      fatal("virtual_router_id", "no-virtual-router-id", "the virtual router id must be set");
      return Optional.empty();
    }
    boolean addressesMissing = addressesMissing();
    if (!draft.obstacles.isEmpty()) {
      notStarted(draft.obstacles.get(0));
      return Optional.empty();
    }
    if (draft.interfaceName.isEmpty()) {
      interfaceMissing();
      return Optional.empty();
    }
    if (addressesMissing) {
      return Optional.empty();
    }
    UnicastCompletion unicast = new UnicastCompletion(draft, globals, report);
    unicast.checkPeers();
    String link = draft.interfaceName.get().text();
    checkState();
    Optional<Authentication> authentication = authentication();
    if (authentication.isEmpty()) {
      return Optional.empty();
    }
    boolean preempt = preempt();
    long preemptDelayNanos = preemptDelayNanos(preempt);
    int downTimerAdverts = downTimerAdverts();
    unicast.checkGroup();
    StrictMode conduct = new StrictMode(draft, globals, strict, version, priority == OWNER, report);
    VrrpInstance.Conduct howItAnswers = conduct.conduct();
    VrrpInstance.Announcements announcements = conduct.announcements(link);
    long advertIntervalNanos = AdvertInterval.of(draft, version, report);
    return Optional.of(
        new VrrpInstance(
            draft.name(),
            new VrrpInstance.Key(
                link, AddressFamily.IPV4, unicast.group(), draft.virtualRouterId.getAsInt()),
            new VrrpInstance.Protocol(
                version,
                advertIntervalNanos,
                downTimerAdverts,
                authentication.get(),
                draft.source,
                unicast.complete()),
            new VrrpInstance.Election(
                initialMaster,
                priority,
                preempt,
                preemptDelayNanos,
                timerExpiredBackupNanos(preempt, downTimerAdverts, advertIntervalNanos)),
            howItAnswers,
            new VrrpInstance.Addresses(
                on(link, draft.addresses), on(link, draft.excluded), draft.promoteSecondaries),
            announcements,
            TrackingCompletion.complete(draft, priority == OWNER, group, report),
            draft.notifications.complete(globals, group.map(g -> g.notifications), commands)));
  }

  private void interfaceMissing() {
    if (draft.unicast.hasPeers()) {
      report.whole(
          List.of(draft.place),
          Severity.WARNING,
          Unsupported.CODE + "-instance",
          "WARNING - ("
              + draft.name()
              + ") is not started: unicast without 'interface' is not yet supported by jkeepalived",
          "name the interface that the peers are reached through");
    } else {
      fatal("interface", "no-interface", "Unknown interface!");
    }
  }

  /** Says that there are no addresses; answers whether the instance cannot run without. */
  private boolean addressesMissing() {
    if (draft.family.isPresent() && !draft.addresses.isEmpty()
        || !draft.obstacles.isEmpty()
        || draft.noAddressesWanted) {
      return false;
    }
    // COMPAT: an instance of IPv6 is of version 3, whatever is written
    boolean ipv6 = draft.family.filter(InstanceDraft.Family.IPV6::equals).isPresent();
    if (strict || version == 3 || ipv6) {
      fatal("virtual_ipaddress", "no-address", "No VIP specified; at least one is required");
      return true;
    }
    warn("virtual_ipaddress", "no-address", "No VIP specified; at least one is sensible");
    return false;
  }

  private void notStarted(Token obstacle) {
    report.at(
        obstacle,
        Severity.WARNING,
        Unsupported.CODE + "-instance",
        "WARNING - ("
            + draft.name()
            + ") is not started: '"
            + obstacle.text()
            + "' is not yet supported by jkeepalived");
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

  private Optional<Authentication> authentication() {
    if (draft.authenticationType.isEmpty()) {
      return Optional.of(Authentication.NONE);
    }
    if (version == 3) {
      warn(
          "auth_type",
          "v3-authentication",
          "VRRP version 3 does not support authentication. Ignoring.");
      return Optional.of(Authentication.NONE);
    }
    if (strict && !globals.compatibleWith13) {
      warn(
          "auth_type",
          "strict-authentication",
          "Strict mode does not support authentication. Ignoring.");
      return Optional.of(Authentication.NONE);
    }
    if (draft.password.isEmpty() || draft.password.get().length == 0) {
      warn("auth_type", "no-password", "Authentication specified but no password given. Ignoring");
      return Optional.of(Authentication.NONE);
    }
    if (draft.authenticationType.get() == AuthenticationType.AH) {
      draft.authenticationHeader.ifPresent(this::notStarted);
      return Optional.empty();
    }
    return Optional.of(
        new Authentication(Authentication.Type.SIMPLE_PASSWORD, draft.password.get()));
  }

  private boolean preempt() {
    if (!draft.preempt && priority == OWNER) {
      warn(
          "nopreempt",
          "owner-nopreempt",
          "nopreempt is incompatible with priority 255. resetting nopreempt");
      return true;
    }
    if (!draft.preempt && initialMaster) {
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

  private int downTimerAdverts() {
    int adverts = draft.downTimerAdverts.orElse(globals.downTimerAdverts);
    if (strict && adverts != 3) {
      warn(
          "down_timer_adverts",
          "strict-down-timer-adverts",
          "down_timer_adverts is incompatible with strict mode - resetting");
      return 3;
    }
    return adverts;
  }

  /**
   * How late our own advertisement may be before another router with the priority that the keyword
   * names has taken over: its master-down time, less the interval we were to advertise in.
   */
  private long timerExpiredBackupNanos(
      boolean preempt, int downTimerAdverts, long advertIntervalNanos) {
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
    long skewUnitNanos = version == 3 ? advertIntervalNanos : 1_000_000_000L;
    long skewNanos = skewUnitNanos * (256 - others) / 256;
    return (downTimerAdverts - 1) * advertIntervalNanos + skewNanos;
  }

  private static List<VirtualAddress> on(String link, List<VirtualAddressLine.Result> lines) {
    return lines.stream()
        .map(line -> line.device().isPresent() ? line.address() : line.address().on(link))
        .toList();
  }

  private void fatal(String keyword, String code, String message) {
    report.whole(draft.placeOf(keyword), Severity.FATAL, code, "(" + draft.name() + ") " + message);
  }

  private void warn(String keyword, String code, String message) {
    report.whole(
        draft.placeOf(keyword), Severity.WARNING, code, "(" + draft.name() + ") " + message);
  }
}
