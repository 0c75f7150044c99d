package org.jkeepalived.config.grammar;

import java.util.Optional;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.model.VrrpInstance;

/** How an instance answers others and announces itself, and what strict mode makes of it. */
final class StrictMode {

  private static final long DEFAULT_DELAY_NANOS = 5_000_000_000L;
  private static final int DEFAULT_REPEAT = 5;

  private final InstanceDraft draft;
  private final GlobalDraft globals;
  private final boolean strict;
  private final int version;
  private final boolean owner;
  private final GrammarReport report;

  StrictMode(
      InstanceDraft draft,
      GlobalDraft globals,
      boolean strict,
      int version,
      boolean owner,
      GrammarReport report) {
    this.draft = draft;
    this.globals = globals;
    this.strict = strict;
    this.version = version;
    this.owner = owner;
    this.report = report;
  }

  VrrpInstance.Conduct conduct() {
    boolean accept = accept();
    checkAnnouncements();
    return new VrrpInstance.Conduct(
        strict,
        accept,
        draft.skipCheckAddresses.orElse(globals.skipCheckAddresses),
        lowerPriorityNoAdvert(),
        higherPrioritySendAdvert(),
        draft.ownerIgnoreAdverts.orElse(globals.ownerIgnoreAdverts),
        draft.checksumAsVersion2.orElse(globals.checksumAsVersion2));
  }

  private boolean accept() {
    Optional<Boolean> asked = draft.accept;
    if (strict && version == 2 && !owner && asked.orElse(false)) {
      warn(
          "accept",
          "strict-accept",
          "warning - accept mode for VRRP version 2 does not comply with RFC3768 - resetting");
      asked = Optional.empty();
    }
    boolean accept = asked.orElse(!strict || owner);
    if (!accept && globals.noFirewall) {
      return true;
    }
    if (!accept && !owner) {
      report.whole(
          draft.placeOf("no_accept"),
          Severity.NOTE,
          Unsupported.CODE + "-no-accept",
          "("
              + draft.name()
              + ") no_accept is not yet supported by jkeepalived: the virtual addresses answer");
    }
    return accept;
  }

  private void checkAnnouncements() {
    if (!strict) {
      return;
    }
    if (draft.announcements.lowerPriorityRepeat.orElse(0) != 0) {
      warn(
          "garp_lower_prio_repeat",
          "strict-garp-repeat",
          "Strict mode requires no repeat garps. resetting");
    }
    if (draft.announcements.lowerPriorityDelayNanos.orElse(0L) != 0) {
      warn(
          "garp_lower_prio_delay",
          "strict-garp-delay",
          "Strict mode requires no repeat garp delay. resetting");
    }
  }

  private boolean lowerPriorityNoAdvert() {
    if (strict && !draft.lowerPriorityNoAdvert.orElse(true)) {
      warn(
          "lower_prio_no_advert",
          "strict-lower-prio",
          "Strict mode requires no lower priority advert. resetting");
    }
    return strict || draft.lowerPriorityNoAdvert.orElse(globals.lowerPriorityNoAdvert);
  }

  private boolean higherPrioritySendAdvert() {
    if (strict && draft.higherPrioritySendAdvert.orElse(false)) {
      warn(
          "higher_prio_send_advert",
          "strict-higher-prio",
          "strict mode requires higher_prio_send_advert to be clear. resetting");
    }
    return !strict && draft.higherPrioritySendAdvert.orElse(globals.higherPrioritySendAdvert);
  }

  VrrpInstance.Announcements announcements(String link) {
    AnnouncementsDraft own = draft.announcements;
    AnnouncementsDraft all = globals.announcements;
    boolean minimal = globals.minimalAnnouncements;
    long delayNanos = all.delayNanos.orElse(minimal ? 0 : DEFAULT_DELAY_NANOS);
    int repeat = all.repeat.orElse(minimal ? 1 : DEFAULT_REPEAT);
    long intervalNanos =
        globals.announcementIntervalNanosByInterface.getOrDefault(
            link, globals.announcementIntervalNanos.orElse(0L));
    // keepalived's dump shows a refresh repeat of 0 with vrrp_min_garp; one is what the manual says
    return new VrrpInstance.Announcements(
        own.repeat.orElse(repeat),
        own.delayNanos.orElse(delayNanos),
        own.refreshNanos.or(() -> all.refreshNanos).orElse(0L),
        own.refreshRepeat.orElse(all.refreshRepeat.orElse(1)),
        strict ? 0 : own.lowerPriorityRepeat.orElse(all.lowerPriorityRepeat.orElse(repeat)),
        strict
            ? 0
            : own.lowerPriorityDelayNanos.or(() -> all.lowerPriorityDelayNanos).orElse(delayNanos),
        intervalNanos);
  }

  private void warn(String keyword, String code, String message) {
    report.whole(
        draft.placeOf(keyword), Severity.WARNING, code, "(" + draft.name() + ") " + message);
  }
}
