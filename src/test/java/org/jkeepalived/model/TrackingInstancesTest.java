package org.jkeepalived.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who tracks what, by an instance's own lines and by its group's. */
final class TrackingInstancesTest {

  private static final TrackTarget LINK = TrackTarget.link("eth1");
  private static final TrackTarget CHECK = TrackTarget.script("check");
  private static final TrackTarget FILE = TrackTarget.file("file");

  private static Tracked line(TrackTarget target, int weight) {
    return new Tracked(target, new Weight(weight, false));
  }

  private static VrrpInstance instance(String name, boolean primaryLink, Tracked... lines) {
    return new VrrpInstance(name, new VrrpInstance.Key("eth0", InetAddress.getLoopbackAddress(), 1))
        .tracking(new Tracking(List.of(lines), primaryLink, false));
  }

  private static SyncGroup group(List<String> members, Tracked... lines) {
    return new SyncGroup("G", members, List.of(lines), Notifications.NONE);
  }

  private static List<String> told(Map<String, Weight> weights) {
    return weights.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue().value())
        .toList();
  }

  @Test
  void ownLinesComeBeforeTheGroups() {
    TrackingInstances instances =
        TrackingInstances.of(
            List.of(instance("A", true), instance("B", true, line(CHECK, 5))),
            List.of(group(List.of("A", "B"), line(CHECK, 7), line(FILE, 1))));

    assertEquals(List.of(CHECK, FILE), List.copyOf(instances.targets()));
    // as in keepalived's dump: B by its own line, then A by its group's
    assertEquals(List.of("B 7", "A 7"), told(instances.of(CHECK)));
    assertEquals(List.of(line(CHECK, 7), line(FILE, 1)), instances.trackedBy("B"));
    assertEquals(Set.of("check"), instances.names(TrackKind.SCRIPT));
  }

  @Test
  void theGroupsWeightCountsUnlessTheInstanceSaysFault() {
    TrackingInstances instances =
        TrackingInstances.of(
            List.of(instance("A", true, line(CHECK, 0)), instance("B", true, line(CHECK, 3))),
            List.of(group(List.of("A", "B"), line(CHECK, 7))));

    assertEquals(List.of("A 0", "B 7"), told(instances.of(CHECK)));
    assertEquals(List.of(line(CHECK, 0)), instances.trackedBy("A"));
  }

  @Test
  void ownLinksAreThereWhereAskedFor() {
    List<VrrpInstance> both = List.of(instance("A", true, line(LINK, 2)), instance("B", false));

    assertEquals(
        List.of("eth1"), List.copyOf(TrackingInstances.of(both, List.of()).names(LINK.kind())));
    TrackingInstances withLinks = TrackingInstances.withOwnLinks(both, List.of());
    assertEquals(List.of("eth0", "eth1"), List.copyOf(withLinks.names(LINK.kind())));
    assertEquals(List.of("A 0", "B 255"), told(withLinks.of(TrackTarget.link("eth0"))));
  }

  @Test
  void membersThatAreNotStartedTrackNothing() {
    SyncGroup group = group(List.of("A", "GONE"), line(CHECK, 0));

    TrackingInstances instances =
        TrackingInstances.of(List.of(instance("A", true)), List.of(group));
    assertEquals(List.of("A 0"), told(instances.of(CHECK)));
    assertEquals(List.of(), instances.trackedBy("GONE"));
    assertTrue(instances.isTracked(CHECK));
    assertFalse(TrackingInstances.of(List.of(), List.of(group)).isTracked(CHECK));
  }
}
