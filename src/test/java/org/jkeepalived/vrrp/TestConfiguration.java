package org.jkeepalived.vrrp;

import java.util.Arrays;
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
import org.jkeepalived.model.VrrpInstance;

/** Whole configurations for tests: instances, and what is added to them step by step. */
final class TestConfiguration {

  private final List<VrrpInstance> instances;
  private List<SyncGroup> groups = List.of();
  private Trackers trackers = Trackers.NONE;
  private LinkWatch watch = LinkWatch.KERNEL;

  private TestConfiguration(List<VrrpInstance> instances) {
    this.instances = instances;
  }

  static Configuration of(VrrpInstance... instances) {
    return with(instances).done();
  }

  static TestConfiguration with(VrrpInstance... instances) {
    return new TestConfiguration(List.of(instances));
  }

  TestConfiguration groups(List<SyncGroup> wanted) {
    groups = wanted;
    return this;
  }

  TestConfiguration trackers(Trackers wanted) {
    trackers = wanted;
    return this;
  }

  TestConfiguration watch(LinkWatch wanted) {
    watch = wanted;
    return this;
  }

  Configuration done() {
    return new Configuration(
        new GlobalDefinitions("test", Optional.empty(), Optional.empty(), false, 0, 0, false),
        instances,
        groups,
        trackers,
        watch,
        Reporting.NONE,
        LifeScripts.NONE);
  }

  static SyncGroup group(String name, List<Tracked> things, String... members) {
    return new SyncGroup(name, Arrays.asList(members), things, Notifications.NONE);
  }
}
