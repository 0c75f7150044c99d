package org.jkeepalived.model;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.routing.StaticNetwork;

/**
 * What the operator asked for, whole.
 *
 * @param globals the daemon-wide settings
 * @param instances the virtual routers, in the file's order
 * @param groups the sync groups, in the file's order
 * @param trackers what instances and groups track by name
 * @param links how the state of links is found out
 * @param reporting where the daemon tells of what happens
 * @param life what runs before and after
 * @param director what is balanced
 * @param statics what is there whoever is master
 */
public record Configuration(
    GlobalDefinitions globals,
    List<VrrpInstance> instances,
    List<SyncGroup> groups,
    Trackers trackers,
    LinkWatch links,
    Reporting reporting,
    LifeScripts life,
    Director director,
    StaticNetwork statics) {
  public Configuration {
    Objects.requireNonNull(globals);
    instances = List.copyOf(instances);
    groups = List.copyOf(groups);
    Objects.requireNonNull(trackers);
    Objects.requireNonNull(links);
    Objects.requireNonNull(reporting);
    Objects.requireNonNull(life);
    Objects.requireNonNull(director);
    Objects.requireNonNull(statics);
  }

  /** Without static addresses, routes and rules. */
  public Configuration(
      GlobalDefinitions globals,
      List<VrrpInstance> instances,
      List<SyncGroup> groups,
      Trackers trackers,
      LinkWatch links,
      Reporting reporting,
      LifeScripts life,
      Director director) {
    this(
        globals, instances, groups, trackers, links, reporting, life, director, StaticNetwork.NONE);
  }

  /** Without virtual servers. */
  public Configuration(
      GlobalDefinitions globals,
      List<VrrpInstance> instances,
      List<SyncGroup> groups,
      Trackers trackers,
      LinkWatch links,
      Reporting reporting,
      LifeScripts life) {
    this(globals, instances, groups, trackers, links, reporting, life, Director.NONE);
  }

  /** Virtual routers alone. */
  public Configuration(GlobalDefinitions globals, List<VrrpInstance> instances) {
    this(
        globals,
        instances,
        List.of(),
        Trackers.NONE,
        LinkWatch.KERNEL,
        Reporting.NONE,
        LifeScripts.NONE);
  }

  /** The same, with other daemon-wide settings. */
  public Configuration globals(GlobalDefinitions other) {
    return new Configuration(
        other, instances, groups, trackers, links, reporting, life, director, statics);
  }

  /** The same, with something else before and after. */
  public Configuration life(LifeScripts other) {
    return new Configuration(
        globals, instances, groups, trackers, links, reporting, other, director, statics);
  }

  /** The same, with something else to balance. */
  public Configuration director(Director other) {
    return new Configuration(
        globals, instances, groups, trackers, links, reporting, life, other, statics);
  }

  /** The same, with something else that is there whoever is master. */
  public Configuration statics(StaticNetwork other) {
    return new Configuration(
        globals, instances, groups, trackers, links, reporting, life, director, other);
  }

  /** Whether some virtual router speaks from an IPv6 address, or holds one. */
  public boolean speaksIpv6() {
    for (VrrpInstance instance : instances) {
      if (instance.key().family() == AddressFamily.IPV6
          || instance.addresses().excluded().stream().anyMatch(VirtualAddress::isIpv6)) {
        return true;
      }
    }
    return false;
  }

  /** Whether links are made for some virtual router. */
  public boolean makesLinks() {
    return instances.stream().anyMatch(instance -> !instance.links().isEmpty());
  }

  /** All files that anybody tracks, virtual routers or checks of real servers; each once. */
  public List<FileTracker> trackedFiles() {
    return Stream.concat(trackers.files().stream(), director.checkedFiles().stream())
        .distinct()
        .toList();
  }
}
