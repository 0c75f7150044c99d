package org.jkeepalived.vrrp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.track.Condition;
import org.jkeepalived.track.TrackBoard;
import org.jkeepalived.track.Verdict;

/** What virtual routers track, how each of these things is, and what they do to the routers. */
final class TrackedThings {

  private final TrackBoard board = new TrackBoard();
  private final Map<String, List<Tracked>> byInstance = new HashMap<>();
  private final Map<TrackTarget, List<String>> trackers = new LinkedHashMap<>();

  TrackedThings(Configuration configuration) {
    read(configuration);
  }

  /** Takes another configuration; a thing that both know keeps its condition. */
  void read(Configuration configuration) {
    byInstance.clear();
    trackers.clear();
    Map<String, List<Tracked>> ofGroups = new HashMap<>();
    for (SyncGroup group : configuration.groups()) {
      group.members().forEach(member -> ofGroups.put(member, group.things()));
    }
    for (VrrpInstance instance : configuration.instances()) {
      Map<TrackTarget, Tracked> things = new LinkedHashMap<>();
      instance.tracking().things().forEach(tracked -> things.put(tracked.target(), tracked));
      ofGroups
          .getOrDefault(instance.name(), List.of())
          .forEach(tracked -> things.merge(tracked.target(), tracked, TrackedThings::stronger));
      if (!things.isEmpty()) {
        byInstance.put(instance.name(), List.copyOf(things.values()));
      }
      things
          .keySet()
          .forEach(
              thing ->
                  trackers.computeIfAbsent(thing, any -> new ArrayList<>()).add(instance.name()));
    }
    board.keepOnly(known(configuration));
    board.presumeDown(
        configuration.trackers().scripts().stream()
            .filter(ScriptTracker::initiallyFailed)
            .map(script -> new TrackTarget(TrackKind.SCRIPT, script.name()))
            .toList());
  }

  /**
   * Files and processes are looked at as long as they are defined, and told of only when they
   * change; scripts and links as long as they are tracked.
   */
  private Set<TrackTarget> known(Configuration configuration) {
    Set<TrackTarget> known = new HashSet<>(trackers.keySet());
    configuration
        .trackers()
        .files()
        .forEach(file -> known.add(new TrackTarget(TrackKind.FILE, file.name())));
    configuration
        .trackers()
        .processes()
        .forEach(process -> known.add(new TrackTarget(TrackKind.PROCESS, process.name())));
    return known;
  }

  /**
   * COMPAT: what an instance and its sync group track, both, counts once: with the group's weight,
   * but as a fault if the instance says so.
   */
  private static Tracked stronger(Tracked own, Tracked ofGroup) {
    return own.weight().value() == 0 ? own : ofGroup;
  }

  /**
   * Writes down how a thing is.
   *
   * @return the instances that track it, if that is news
   */
  List<String> put(TrackTarget thing, Condition condition) {
    return board.put(thing, condition) ? trackers.getOrDefault(thing, List.of()) : List.of();
  }

  boolean isTracked(TrackTarget thing) {
    return trackers.containsKey(thing);
  }

  /** How a thing is; empty while that is not known. */
  Optional<Condition> condition(TrackTarget thing) {
    return board.condition(thing);
  }

  /** The names of the links that are tracked. */
  List<String> links() {
    return trackers.keySet().stream()
        .filter(thing -> thing.kind() == TrackKind.INTERFACE)
        .map(TrackTarget::name)
        .toList();
  }

  /** What all that an instance and its sync group track does to it. */
  Verdict judge(String instance) {
    List<Tracked> things = byInstance.get(instance);
    return things == null ? Verdict.NOTHING : board.judge(things);
  }
}
