package org.jkeepalived.config.grammar;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.LinkWatch.Delays;
import org.jkeepalived.model.LinkWatch.Polling;

/** What has been read of how the state of links is found out. */
final class LinkWatchDraft {

  final Map<String, Delays> delays = new LinkedHashMap<>();
  final Map<String, Polling> polled = new LinkedHashMap<>();

  /** {@code disable_local_igmp}. */
  boolean silentGroups;

  final BufferDraft command = new BufferDraft();
  final BufferDraft monitor = new BufferDraft();

  /** The links that were named, and what for. */
  final Map<Token, String> named = new LinkedHashMap<>();

  /** {@code linkbeat_use_polling}: all links are asked. */
  boolean allPolled;

  /** Warns of links that do not exist. */
  void check(Set<String> existing, GrammarReport report) {
    named.forEach(
        (link, purpose) -> {
          if (!existing.contains(link.text())) {
            report.at(
                link,
                Severity.WARNING,
                "missing-link",
                "unknown interface " + link.text() + " specified for " + purpose);
          }
        });
  }

  /**
   * The settings.
   *
   * @param used the links that matter
   */
  LinkWatch complete(Set<String> used) {
    Map<String, Polling> complete = new LinkedHashMap<>(polled);
    if (allPolled) {
      used.forEach(link -> complete.putIfAbsent(link, Polling.ANY));
    }
    return new LinkWatch(
        delays,
        complete,
        new LinkWatch.Buffers(command.complete(), monitor.complete()),
        silentGroups);
  }
}
