package org.jkeepalived.sim;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.vrrp.Maintenance;
import org.jkeepalived.vrrp.MaintenanceOrder;

/** Whom the operator of one machine has taken out, as its process should know it. */
final class SimulatedMaintenance {

  /** What the operator has said. */
  private enum Said {
    NOTHING,
    UNTIL_RESTART,
    KEPT
  }

  private final SimulatedNode node;
  private final Said[] said;
  private Said ofAll = Said.NOTHING;

  SimulatedMaintenance(SimulatedNode node, int routers) {
    this.node = node;
    said = new Said[routers];
    Arrays.fill(said, Said.NOTHING);
  }

  /** Whether a virtual router is to stand aside. */
  boolean isOut(int router) {
    return said[router] != Said.NOTHING;
  }

  // ---- the operator ----

  /** Takes a virtual router out, with its sync group. */
  void begin(int router, boolean kept) {
    node.command(
        () -> {
          if (node.reading().has(router)) {
            say(members(router), kept ? Said.KEPT : Said.UNTIL_RESTART, "maintenance of ");
            tell(all -> all.begin(all.namedBy(name(router)), order(kept)));
          }
        });
  }

  /** Takes all virtual routers out. */
  void beginForAll(boolean kept) {
    node.command(
        () -> {
          ofAll = kept ? Said.KEPT : Said.UNTIL_RESTART;
          say(present(), ofAll, "maintenance of all, ");
          tell(all -> all.beginForAll(order(kept)));
        });
  }

  /** Takes a virtual router back, with its sync group. */
  void end(int router) {
    node.command(
        () -> {
          if (node.reading().has(router)) {
            ofAll = Said.NOTHING;
            say(members(router), Said.NOTHING, "no maintenance of ");
            tell(all -> all.end(all.namedBy(name(router)), "the storm is over"));
          }
        });
  }

  /** Takes all back. */
  void endForAll() {
    node.command(
        () -> {
          ofAll = Said.NOTHING;
          say(present(), Said.NOTHING, "no maintenance of all, ");
          tell(all -> all.end(all.everybody(), "the storm is over"));
        });
  }

  private interface Telling {
    void tell(Maintenance maintenance);
  }

  private void tell(Telling telling) {
    if (node.sabotage() != Sabotage.IGNORES_MAINTENANCE) {
      telling.tell(node.routers().maintenance());
    }
  }

  private void say(List<Integer> routers, Said what, String words) {
    node.say(words + routers);
    for (int router : routers) {
      node.tracked(router, node.priority(router));
      said[router] = what;
    }
  }

  private static MaintenanceOrder order(boolean kept) {
    return new MaintenanceOrder("the storm", "maintenance", Optional.empty(), kept);
  }

  private String name(int router) {
    return node.instance(router).name();
  }

  /** It and those of its sync group, as the process has read it. */
  private List<Integer> members(int router) {
    return node.reading().groups().stream()
        .map(SyncGroup::members)
        .filter(members -> members.contains(name(router)))
        .findFirst()
        .map(members -> members.stream().map(ScenarioDice::router).toList())
        .orElse(List.of(router));
  }

  private List<Integer> present() {
    return IntStream.range(0, said.length).filter(node.reading()::has).boxed().toList();
  }

  // ---- the process ----

  /** A new process has read its file, and what was written down for it; it has not started. */
  void boot() {
    ofAll = ofAll == Said.KEPT ? Said.KEPT : Said.NOTHING;
    for (int router = 0; router < said.length; router++) {
      boolean kept = said[router] == Said.KEPT && node.reading().has(router);
      said[router] = kept ? Said.KEPT : Said.NOTHING;
    }
    if (ofAll != Said.NOTHING) {
      present().forEach(router -> said[router] = ofAll);
      tell(all -> all.beginForAll(order(true)));
    } else {
      for (int router : present()) {
        if (isOut(router)) {
          tell(all -> all.begin(List.of(name(router)), order(true)));
        }
      }
    }
  }

  /** The process reads another file: an order is its virtual router's, by name or by VRID. */
  void read(ConfigurationReading before, ConfigurationReading now) {
    for (int router = 0; router < said.length; router++) {
      boolean same =
          before.has(router)
              && (before.names().get(router).equals(now.names().get(router))
                  || before
                      .instances()
                      .get(router)
                      .key()
                      .equals(now.instances().get(router).key()));
      if (!now.has(router)) {
        said[router] = Said.NOTHING;
      } else if (!same || !isOut(router)) {
        said[router] = ofAll;
      }
    }
  }
}
