package org.jkeepalived.lvs.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.lvs.LvsLog;
import org.jkeepalived.model.lvs.ServerAddress;

/**
 * Says what somebody else has changed in the table. A change that is made again and again is told
 * once, and a table that was emptied takes no more than a few lines.
 */
final class StrangersLog {

  private static final int MOST_LINES = 10;

  private final LvsLog log;
  private final Map<ServiceKey, String> told = new HashMap<>();
  private final List<String> lines = new ArrayList<>();

  StrangersLog(LvsLog log) {
    this.log = log;
  }

  /**
   * A service is not as it was left.
   *
   * @param before as it was left; empty where it was not there
   * @param found as it is; empty where it is gone
   */
  void changed(ServiceKey key, Optional<KnownService> before, Optional<TableService> found) {
    String line =
        "Service " + TableText.of(key) + " " + what(key, before, found) + " by somebody else";
    if (!line.equals(told.put(key, line))) {
      lines.add(line);
    }
  }

  /** A service is as it was left: the next change of it is news. */
  void isFine(ServiceKey key) {
    told.remove(key);
  }

  /** All services have been compared. */
  void compared() {
    lines.stream().limit(MOST_LINES).forEach(line -> log.warning(line + ", putting it right"));
    if (lines.size() > MOST_LINES) {
      log.warning(
          (lines.size() - MOST_LINES) + " more services were changed by somebody else, too");
    }
    lines.clear();
  }

  private static String what(
      ServiceKey key, Optional<KnownService> before, Optional<TableService> found) {
    if (found.isEmpty()) {
      return "was removed";
    }
    if (before.isEmpty()) {
      return "was made";
    }
    TableService now = found.get();
    if (!before.get().settings().equals(now.settings())) {
      return "was changed";
    }
    Map<ServerAddress, DestinationSettings> was = before.get().destinations();
    for (Map.Entry<ServerAddress, DestinationSettings> one : was.entrySet()) {
      DestinationSettings present = now.destinations().get(one.getKey());
      if (!one.getValue().equals(present)) {
        String server = TableText.of(key, one.getKey());
        return present == null
            ? "had real server " + server + " removed"
            : "had real server " + server + " changed";
      }
    }
    return now.destinations().keySet().stream()
        .filter(address -> !was.containsKey(address))
        .findFirst()
        .map(address -> "had real server " + TableText.of(key, address) + " added")
        .orElse("was changed");
  }
}
