package org.jkeepalived.vrrp;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.TrackingInstances;
import org.jkeepalived.track.Condition;
import org.jkeepalived.track.TrackBoard;
import org.jkeepalived.track.Verdict;

/** What the virtual routers of one configuration track, how it is, and what that does to them. */
final class TrackedThings {

  private final TrackBoard board = new TrackBoard();
  private TrackingInstances instances;

  TrackedThings(Configuration configuration) {
    read(configuration);
  }

  /** Takes another configuration; what it tracks, too, keeps its condition. */
  void read(Configuration configuration) {
    instances = TrackingInstances.of(configuration);
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
    Set<TrackTarget> known = new HashSet<>(instances.targets());
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

  /** Writes down how a thing is; the instances that this concerns, none where it is no news. */
  List<String> put(TrackTarget thing, Condition condition) {
    return board.put(thing, condition) ? List.copyOf(instances.of(thing).keySet()) : List.of();
  }

  boolean isTracked(TrackTarget thing) {
    return instances.isTracked(thing);
  }

  /** How a thing is; empty while that is not known. */
  Optional<Condition> condition(TrackTarget thing) {
    return board.condition(thing);
  }

  /** The names of the links that are tracked. */
  List<String> links() {
    return List.copyOf(instances.names(TrackKind.INTERFACE));
  }

  /** What all that an instance and its sync group track does to it. */
  Verdict judge(String instance) {
    List<Tracked> things = instances.trackedBy(instance);
    return things.isEmpty() ? Verdict.NOTHING : board.judge(things);
  }
}
