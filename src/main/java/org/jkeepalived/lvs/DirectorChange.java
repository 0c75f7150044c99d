package org.jkeepalived.lvs;

import java.util.Map;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.VirtualServer;

/** How many virtual servers a reload keeps, changes, adds and removes. */
public record DirectorChange(int kept, int changed, int added, int removed) {

  /** The difference of two configurations. */
  public static DirectorChange between(Director before, Director after) {
    Map<Object, VirtualServer> old = ServiceIdentity.all(before);
    int kept = 0;
    int changed = 0;
    int added = 0;
    for (Map.Entry<Object, VirtualServer> one : ServiceIdentity.all(after).entrySet()) {
      VirtualServer known = old.remove(one.getKey());
      if (known == null) {
        added++;
      } else if (known.equals(one.getValue())) {
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
