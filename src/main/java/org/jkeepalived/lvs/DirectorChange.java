package org.jkeepalived.lvs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jkeepalived.model.ConfigurationChange;
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

  /** What is added, changed and how, and removed, a line each. */
  public static List<String> details(Director before, Director after) {
    Map<Object, VirtualServer> old = ServiceIdentity.all(before);
    List<String> lines = new ArrayList<>();
    for (Map.Entry<Object, VirtualServer> one : ServiceIdentity.all(after).entrySet()) {
      VirtualServer known = old.remove(one.getKey());
      String name = "virtual server " + one.getValue().service().text();
      if (known == null) {
        lines.add("added " + name + ": " + one.getValue().servers().size() + " real servers");
      } else if (!known.equals(one.getValue())) {
        lines.add(
            "changed "
                + name
                + ": "
                + String.join("; ", ConfigurationChange.between(known, one.getValue())));
      }
    }
    old.values().forEach(gone -> lines.add("removed virtual server " + gone.service().text()));
    return lines;
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
