package org.jkeepalived.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.GlobalDefinitions;
import org.jkeepalived.model.LifeScripts;
import org.jkeepalived.model.LinkWatch;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.Tracking;
import org.jkeepalived.model.VrrpInstance;

/** What the operator of one machine wrote; the process may not have read it yet. */
final class ConfigurationFile {

  private static final GlobalDefinitions GLOBALS =
      new GlobalDefinitions("sim", Optional.empty(), Optional.empty(), false, 0, 0, false);

  private final Scenario scenario;
  private final Disguise disguise;
  private final List<VrrpInstance> instances = new ArrayList<>();

  /** Which virtual routers are left out. */
  private final BitSet absent = new BitSet();

  /** Which sync groups are left out. */
  private final BitSet ungrouped = new BitSet();

  ConfigurationFile(Scenario scenario, int node, Sabotage sabotage) {
    this.scenario = scenario;
    disguise = new Disguise(sabotage);
    for (int router = 0; router < scenario.routers().size(); router++) {
      instances.add(scenario.routers().get(router).byNode().get(node));
      absent.set(router, !scenario.routers().get(router).isOn(node));
    }
  }

  VrrpInstance instance(int router) {
    return instances.get(router);
  }

  void write(int router, VrrpInstance changed) {
    instances.set(router, changed);
  }

  /** Removes a virtual router, or puts it back. */
  void toggle(int router) {
    absent.flip(router);
  }

  /**
   * Removes a sync group, or puts it back.
   *
   * @return whether it is there now
   */
  boolean toggleGroup(int group) {
    ungrouped.flip(group);
    return !ungrouped.get(group);
  }

  /** What a process that reads it now acts on. */
  ConfigurationReading read() {
    List<SyncGroup> groups = groups();
    return new ConfigurationReading(
        List.copyOf(instances), (BitSet) absent.clone(), groups, checks(groups), configuration());
  }

  private List<SyncGroup> groups() {
    List<SyncGroup> present = new ArrayList<>();
    for (int group = 0; group < scenario.groups().size(); group++) {
      List<Integer> routers = scenario.groups().get(group).routers();
      List<String> members =
          routers.stream()
              .filter(router -> !absent.get(router))
              .map(router -> instances.get(router).name())
              .toList();
      if (!ungrouped.get(group) && !members.isEmpty()) {
        List<Tracked> things = check(routers.get(0)).stream().map(Scenario.Check::tracked).toList();
        present.add(new SyncGroup(Scenario.Group.name(group), members, things, Notifications.NONE));
      }
    }
    return present;
  }

  private Optional<Scenario.Check> check(int router) {
    return scenario.checks().stream().filter(check -> check.routers().contains(router)).findFirst();
  }

  /** Those that somebody in the file tracks. */
  private List<Scenario.Check> checks(List<SyncGroup> groups) {
    return scenario.checks().stream()
        .filter(
            check ->
                scenario.group(check.routers().get(0)).isPresent()
                    ? groups.stream().anyMatch(group -> group.things().contains(check.tracked()))
                    : !absent.get(check.routers().get(0)))
        .toList();
  }

  private Configuration configuration() {
    List<VrrpInstance> present = new ArrayList<>();
    for (int router = 0; router < instances.size(); router++) {
      if (!absent.get(router)) {
        present.add(instances.get(router));
      }
    }
    return configuration(
        disguise.of(present).stream().map(this::tracking).toList(), disguise.groups(groups()));
  }

  private VrrpInstance tracking(VrrpInstance instance) {
    int router = ScenarioDice.router(instance.name());
    VrrpInstance routed = SimulatedRouting.with(instance, router);
    return scenario.group(router).isPresent()
        ? routed
        : check(router)
            .map(check -> routed.tracking(new Tracking(List.of(check.tracked()), true, false)))
            .orElse(routed);
  }

  /** One in which nothing stands. */
  static Configuration empty() {
    return configuration(List.of(), List.of());
  }

  private static Configuration configuration(List<VrrpInstance> instances, List<SyncGroup> groups) {
    return new Configuration(
        GLOBALS,
        instances,
        groups,
        Trackers.NONE,
        LinkWatch.KERNEL,
        Reporting.NONE,
        LifeScripts.NONE);
  }
}
