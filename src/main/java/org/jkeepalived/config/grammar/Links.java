package org.jkeepalived.config.grammar;

import java.util.List;
import java.util.Set;
import org.jkeepalived.config.syntax.Token;

/** Warns about links that do not exist yet; the instance waits for them in FAULT. */
final class Links {

  private Links() {}

  static void check(InstanceDraft draft, Set<String> existing, Report report) {
    draft.interfaceName.ifPresent(
        link -> check(link, "vrrp_instance " + draft.name(), existing, report));
    for (List<VirtualAddressLine.Result> lines : List.of(draft.addresses, draft.excluded)) {
      for (VirtualAddressLine.Result line : lines) {
        line.device()
            .ifPresent(link -> check(link, "ip address " + line.written(), existing, report));
      }
    }
  }

  private static void check(Token link, String whose, Set<String> existing, Report report) {
    if (!existing.contains(link.text())) {
      report.warn(
          link,
          "missing-link",
          "WARNING - interface " + link.text() + " for " + whose + " doesn't exist");
    }
  }
}
