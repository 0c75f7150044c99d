package org.jkeepalived.lvs;

import java.util.HashMap;
import java.util.Map;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.VirtualServer;

/** How many virtual servers a reload keeps, changes, adds and removes. */
public record DirectorChange(int kept, int changed, int added, int removed) {

  /** The difference of two configurations. */
  public static DirectorChange between(Director before, Director after) {
    Map<Object, VirtualServer> old = new HashMap<>();
    before.servers().forEach(one -> old.put(VirtualServers.identity(one.service()), one));
    int kept = 0;
    int changed = 0;
    int added = 0;
    for (VirtualServer server : after.servers()) {
      VirtualServer known = old.remove(VirtualServers.identity(server.service()));
      if (known == null) {
        added++;
      } else if (known.equals(server)) {
        kept++;
      } else {
        changed++;
      }
    }
    return new DirectorChange(kept, changed, added, old.size());
  }

  /** For the log; nothing where there are no virtual servers. */
  public String summary() {
    return kept + changed + added + removed == 0
        ? ""
        : "virtual servers: "
            + kept
            + " kept, "
            + changed
            + " changed, "
            + added
            + " added, "
            + removed
            + " removed";
  }
}
