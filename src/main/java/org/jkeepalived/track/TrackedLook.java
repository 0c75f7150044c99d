package org.jkeepalived.track;

import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.model.Tracked;

/**
 * What one tracked thing does to the virtual router that tracks it, for whoever looks.
 *
 * @param tracked the thing and its weight
 * @param condition how it is; empty while that is not known
 * @param added what it adds to the priority, -254 to 254; 0 with a fault
 * @param fault whether it keeps the virtual router in FAULT
 */
public record TrackedLook(
    Tracked tracked, Optional<Condition> condition, int added, boolean fault) {
  public TrackedLook {
    Objects.requireNonNull(tracked);
    Objects.requireNonNull(condition);
  }

  /**
   * @param presumedDown whether its weight counts as if it were down while nothing is known
   */
  static TrackedLook of(Tracked tracked, Optional<Condition> condition, boolean presumedDown) {
    boolean counts = presumedDown && tracked.weight().value() != 0;
    Optional<Contribution> does =
        condition
            .or(() -> counts ? Optional.of(Condition.DOWN) : Optional.empty())
            .map(known -> Contribution.of(tracked, known));
    return new TrackedLook(
        tracked,
        condition,
        does.map(Contribution::added).orElse(0),
        does.filter(Contribution::fault).isPresent());
  }
}
