package org.jkeepalived.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.ConfigurationChange;

/** What another configuration changes besides virtual routers and virtual servers. */
final class GlobalChange {

  private GlobalChange() {}

  /** A line for each part that changes. */
  static List<String> between(Configuration before, Configuration after) {
    Map<String, List<String>> changes = new LinkedHashMap<>();
    changes.put("global_defs", ConfigurationChange.between(before.globals(), after.globals()));
    changes.put("sync groups", ConfigurationChange.ofLists(before.groups(), after.groups()));
    changes.put("trackers", ConfigurationChange.between(before.trackers(), after.trackers()));
    changes.put("links", ConfigurationChange.between(before.links(), after.links()));
    changes.put("reporting", ConfigurationChange.between(before.reporting(), after.reporting()));
    changes.put(
        "scripts of start and stop", ConfigurationChange.between(before.life(), after.life()));
    List<String> lines = new ArrayList<>();
    changes.forEach(
        (part, changed) -> {
          if (!changed.isEmpty()) {
            lines.add("changed " + part + ": " + String.join("; ", changed));
          }
        });
    return lines;
  }
}
