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
    List<String> global = new ArrayList<>();
    global.addAll(ConfigurationChange.between(before.globals(), after.globals()));
    global.addAll(ConfigurationChange.between(before.links(), after.links()));
    global.addAll(ConfigurationChange.between(before.reporting(), after.reporting()));
    global.addAll(ConfigurationChange.between(before.life(), after.life()));
    changes.put("global settings", global);
    changes.put("vrrp_sync_group", ConfigurationChange.ofLists(before.groups(), after.groups()));
    changes.put(
        "what is tracked", ConfigurationChange.between(before.trackers(), after.trackers()));
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
