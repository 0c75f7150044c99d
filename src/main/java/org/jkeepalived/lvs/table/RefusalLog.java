package org.jkeepalived.lvs.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.LvsLog;

/**
 * Says what the kernel has refused: each reason in a line, however many changes it concerns, and
 * not again while the very same is tried and refused again.
 */
final class RefusalLog {

  private final LvsLog log;
  private Set<String> told = Set.of();
  private String unreadable = "";

  RefusalLog(LvsLog log) {
    this.log = log;
  }

  /** The answers to a batch. */
  void tell(List<TableAnswer> answers) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Map<String, TableChange> first = new LinkedHashMap<>();
    for (TableAnswer answer : answers) {
      if (answer.outcome() == TableAnswer.Outcome.REFUSED) {
        String reason = answer.error().map(KernelError::text).orElse("no reason given");
        counts.merge(reason, 1, Integer::sum);
        first.putIfAbsent(reason, answer.change());
      }
    }
    Set<String> now = new TreeSet<>();
    counts.forEach(
        (reason, count) -> {
          String line = "IPVS: cannot " + TableText.of(first.get(reason)) + ": " + reason;
          now.add(line);
          if (!told.contains(line)) {
            log.error(line + (count == 1 ? "" : " (and " + (count - 1) + " more changes)"));
          }
        });
    told = now;
  }

  /** The table could not be read. */
  void unreadable(KernelError error) {
    if (!error.text().equals(unreadable)) {
      unreadable = error.text();
      log.error("IPVS: cannot read the table: " + error.text());
    }
  }
}
