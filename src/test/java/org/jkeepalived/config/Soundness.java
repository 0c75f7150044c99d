package org.jkeepalived.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Trackers;
import org.jkeepalived.model.VrrpInstance;

/** What the rest of the daemon counts on, whatever was read. */
final class Soundness {

  private Soundness() {}

  static void require(Configuration configuration) {
    configuration.instances().forEach(Soundness::requireSound);
    requireSoundTracking(configuration);
  }

  private static void requireSoundTracking(Configuration configuration) {
    for (ScriptTracker script : configuration.trackers().scripts()) {
      assertTrue(script.intervalNanos() > 0 && script.timeoutNanos() > 0);
      assertTrue(script.rise() > 0 && script.fall() > 0);
      assertTrue(Math.abs(script.weight().value()) <= 253);
    }
    for (ProcessTracker process : configuration.trackers().processes()) {
      assertTrue(process.quorum() >= 0 && process.quorumMax() >= process.quorum());
    }
    Set<String> names = new HashSet<>();
    configuration.instances().forEach(instance -> assertTrue(names.add(instance.name())));
    Set<String> members = new HashSet<>();
    List<Tracked> things = new ArrayList<>();
    configuration.instances().forEach(instance -> things.addAll(instance.tracking().things()));
    for (SyncGroup group : configuration.groups()) {
      assertTrue(!group.members().isEmpty() && names.containsAll(group.members()));
      group.members().forEach(member -> assertTrue(members.add(member), member));
      things.addAll(group.things());
    }
    for (Tracked tracked : things) {
      assertTrue(Math.abs(tracked.weight().value()) <= 254);
      assertTrue(isDefined(tracked.target(), configuration.trackers()), tracked.toString());
    }
  }

  private static boolean isDefined(TrackTarget target, Trackers trackers) {
    return target.kind() == TrackKind.INTERFACE
        || trackers.all().anyMatch(tracker -> tracker.target().equals(target));
  }

  private static void requireSound(VrrpInstance instance) {
    VrrpInstance.Protocol protocol = instance.protocol();
    long unitNanos = protocol.version() == 2 ? 1_000_000_000L : 10_000_000L;
    long units = protocol.advertIntervalNanos() / unitNanos;
    assertTrue(protocol.version() == 2 || protocol.version() == 3);
    assertTrue(protocol.advertIntervalNanos() % unitNanos == 0);
    assertTrue(units >= 1 && units <= (protocol.version() == 2 ? 255 : 4095));
    assertTrue(protocol.downTimerAdverts() >= 1 && protocol.downTimerAdverts() <= 100);
    assertTrue(instance.key().virtualRouterId() >= 1 && instance.key().virtualRouterId() <= 255);
    assertTrue(instance.key().group().map(InetAddress::isMulticastAddress).orElse(true));
    assertTrue(instance.key().isUnicast() != instance.protocol().unicast().peers().isEmpty());
    assertTrue(instance.election().priority() >= 1 && instance.election().priority() <= 255);
    assertTrue(instance.election().priority() < 255 || instance.election().preempt());
    assertTrue(!instance.election().initialMaster() || instance.election().preempt());
  }
}
