package org.jkeepalived.daemon;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.lvs.RealServer;
import org.jkeepalived.model.lvs.VirtualServer;

/** Which real servers somebody checks. */
final class CheckedServers {

  private CheckedServers() {}

  /** Those that are checked and would still be there, without any check: as if well. */
  static List<String> lost(Configuration running, Configuration target) {
    Map<String, Boolean> next = of(target);
    return of(running).entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .filter(server -> !next.getOrDefault(server, true))
        .toList();
  }

  /** Each real server, and whether anybody checks it. */
  private static Map<String, Boolean> of(Configuration configuration) {
    Map<String, Boolean> found = new LinkedHashMap<>();
    for (VirtualServer service : configuration.director().servers()) {
      for (RealServer server : service.servers()) {
        String name =
            server.address().text(service.service().protocolText())
                + " of VS "
                + service.service().text();
        found.put(name, !server.checks().isEmpty());
      }
    }
    return found;
  }
}
