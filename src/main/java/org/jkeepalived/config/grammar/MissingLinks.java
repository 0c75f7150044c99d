package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Set;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.TrackKind;

/** Warns about links that do not exist yet; the instance waits for them in FAULT. */
final class MissingLinks {

  private MissingLinks() {}

  static void check(InstanceDraft draft, Set<String> existing, GrammarReport report) {
    draft.interfaceName.ifPresent(
        link -> check(link, "vrrp_instance " + draft.name(), existing, report));
    draft
        .vrf
        .filter(link -> !existing.contains(link.text()))
        .ifPresent(
            link ->
                report.warn(
                    link,
                    "missing-link",
                    "("
                        + draft.name()
                        + ") WARNING - VRF interface "
                        + link.text()
                        + " doesn't exist"));
    check(draft.tracking, draft.name(), existing, report);
    for (List<VirtualAddressLine.Result> lines : List.of(draft.addresses, draft.excluded)) {
      for (VirtualAddressLine.Result line : lines) {
        line.device()
            .ifPresent(link -> check(link, "ip address " + line.written(), existing, report));
      }
    }
  }

  /** The same for what an instance or a group tracks. */
  static void check(
      TrackingDraft tracking, String who, Set<String> existing, GrammarReport report) {
    for (TrackingDraft.Line line : tracking.lines) {
      boolean link = line.target().kind() == TrackKind.INTERFACE;
      if (link && !existing.contains(line.target().name())) {
        report.warn(
            line.place(),
            "missing-link",
            "(" + who + ") tracked interface " + line.target().name() + " doesn't exist");
      }
    }
  }

  /** The same for what {@code garp_group} names. */
  static void checkAnnouncementGroups(
      List<Token> links, Set<String> existing, GrammarReport report) {
    for (Token link : links) {
      if (!existing.contains(link.text())) {
        report.warn(
            link,
            "missing-link",
            "WARNING - interface " + link.text() + " specified for garp_group doesn't exist");
      }
    }
  }

  static void check(Token link, String whose, Set<String> existing, GrammarReport report) {
    if (!existing.contains(link.text())) {
      report.warn(
          link,
          "missing-link",
          "WARNING - interface " + link.text() + " for " + whose + " doesn't exist");
    }
  }
}
