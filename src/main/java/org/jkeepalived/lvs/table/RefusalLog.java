package org.jkeepalived.lvs.table;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.lvs.LvsLog;

/**
 * Says what the kernel has refused: each reason in a line, however many changes it concerns, and
 * not again for services of which it was said, until the kernel has taken them. That there is no
 * IPVS is said by whoever looks for it.
 */
final class RefusalLog {

  private final LvsLog log;
  private final Map<ServiceKey, String> told = new HashMap<>();
  private String unreadable = "";

  RefusalLog(LvsLog log) {
    this.log = log;
  }

  /** The answers to a batch. */
  void tell(List<TableAnswer> answers) {
    Map<ServiceKey, String> refused = new HashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    Map<String, TableChange> first = new LinkedHashMap<>();
    for (TableAnswer answer : answers) {
      ServiceKey key = answer.change().service();
      if (answer.outcome() == TableAnswer.Outcome.REFUSED && isTheKernels(answer.error())) {
        String reason = answer.error().map(KernelError::text).orElse("no reason given");
        refused.put(key, reason);
        if (!reason.equals(told.get(key))) {
          counts.merge(reason, 1, Integer::sum);
          first.putIfAbsent(reason, answer.change());
        }
      }
    }
    counts.forEach(
        (reason, count) ->
            log.error(
                "IPVS: cannot "
                    + TableText.of(first.get(reason))
                    + ": "
                    + reason
                    + (count == 1 ? "" : " (and " + (count - 1) + " more changes)")));
    answers.forEach(answer -> told.remove(answer.change().service()));
    told.putAll(refused);
  }

  private static boolean isTheKernels(Optional<KernelError> error) {
    return error.filter(known -> known.number() == 0).isEmpty();
  }

  /** The table could not be read. */
  void unreadable(KernelError error) {
    if (error.number() != 0 && !error.text().equals(unreadable)) {
      unreadable = error.text();
      log.error("IPVS: cannot read the table: " + error.text());
    }
  }
}
