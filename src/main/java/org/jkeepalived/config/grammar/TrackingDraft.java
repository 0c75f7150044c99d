package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jkeepalived.config.syntax.Token;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;

/** The {@code track_*} lines of an instance or of a sync group. */
final class TrackingDraft {

  /** One line, and where it stands. */
  record Line(Token place, Tracked tracked) {
    TrackTarget target() {
      return tracked.target();
    }
  }

  /** What can be tracked by name: only what stands before the line that tracks it. */
  final TrackersDraft trackers;

  final List<Line> lines = new ArrayList<>();

  TrackingDraft(TrackersDraft trackers) {
    this.trackers = trackers;
  }

  void addTargets(Set<TrackTarget> targets) {
    lines.forEach(line -> targets.add(line.target()));
  }

  boolean tracks(TrackTarget target) {
    return lines.stream().anyMatch(line -> line.target().equals(target));
  }
}
