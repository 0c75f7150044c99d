package org.jkeepalived.vrrp;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.TrackKind;
import org.jkeepalived.model.TrackKind.Trait;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Tracker;
import org.jkeepalived.model.TrackingInstances;
import org.jkeepalived.track.Condition;
import org.jkeepalived.track.TrackBoard;
import org.jkeepalived.track.TrackedLook;
import org.jkeepalived.track.Verdict;

/** What virtual routers track, how each of these things is, and what they do to the routers. */
final class TrackedThings {

  private final TrackBoard board = new TrackBoard();
  private TrackingInstances instances;

  TrackedThings(Configuration configuration) {
    read(configuration);
  }

  /** Takes another configuration; a thing that both know keeps its condition. */
  void read(Configuration configuration) {
    instances = TrackingInstances.of(configuration);
    board.keepOnly(known(configuration));
    board.presumeDown(
        configuration.trackers().scripts().stream()
            .filter(ScriptTracker::initiallyFailed)
            .map(Tracker::target)
            .toList());
  }

  /**
   * What is told of only when it changes stays known as long as it is defined; all else as long as
   * it is tracked.
   */
  private Set<TrackTarget> known(Configuration configuration) {
    Set<TrackTarget> known = new HashSet<>(instances.targets());
    configuration
        .trackers()
        .all()
        .map(Tracker::target)
        .filter(target -> target.kind().has(Trait.TOLD_WHEN_CHANGED))
        .forEach(known::add);
    return known;
  }

  /**
   * Writes down how a thing is.
   *
   * @return the instances that track it, if that is news
   */
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

  /**
   * What an instance, or its sync group, tracks, can be a fault, and has not been looked at yet.
   */
  List<TrackTarget> awaitedBy(String instance) {
    return instances.trackedBy(instance).stream()
        .filter(tracked -> tracked.weight().value() == 0)
        .map(Tracked::target)
        .filter(target -> board.condition(target).isEmpty())
        .toList();
  }

  /** What each thing that an instance and its sync group track does to it. */
  List<TrackedLook> look(String instance) {
    return board.look(instances.trackedBy(instance));
  }

  /** What all that an instance and its sync group track does to it. */
  Verdict judge(String instance) {
    List<Tracked> things = instances.trackedBy(instance);
    return things.isEmpty() ? Verdict.NOTHING : board.judge(things);
  }
}
