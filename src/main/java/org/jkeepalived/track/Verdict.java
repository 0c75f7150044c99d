package org.jkeepalived.track;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.Tracked;

/**
 * What all the things that a virtual router tracks do to it.
 *
 * @param adjustment what is added to its priority, the sum over all things
 * @param faulty the things that keep it in FAULT
 * @param waiting how many things can be a fault and have not been looked at yet
 */
public record Verdict(int adjustment, List<Tracked> faulty, int waiting) {
  /** Of one that tracks nothing. */
  public static final Verdict NOTHING = new Verdict(0, List.of(), 0);

  public Verdict {
    faulty = List.copyOf(faulty);
  }

  /** How many things keep it in FAULT. */
  public int faults() {
    return faulty.size();
  }

  /** Whether something that can be a fault has not been looked at yet. */
  public boolean undecided() {
    return waiting > 0;
  }

  /**
   * COMPAT: what is not known yet adds nothing, whatever the sign of its weight.
   *
   * @param condition how a target is; empty while that is not known
   * @param presumedDown whether the weight of a target that is not known counts as if it were down
   */
  static Verdict of(
      List<Tracked> things,
      Function<TrackTarget, Optional<Condition>> condition,
      Predicate<TrackTarget> presumedDown) {
    int adjustment = 0;
    int waiting = 0;
    List<Tracked> faulty = new ArrayList<>();
    for (Tracked tracked : things) {
      Optional<Condition> known = condition.apply(tracked.target());
      if (known.isEmpty()) {
        if (tracked.weight().value() == 0) {
          waiting++;
        } else if (presumedDown.test(tracked.target())) {
          adjustment += Contribution.of(tracked, Condition.DOWN).added();
        }
        continue;
      }
      Contribution contribution = Contribution.of(tracked, known.get());
      adjustment += contribution.added();
      if (contribution.fault()) {
        faulty.add(tracked);
      }
    }
    return new Verdict(adjustment, faulty, waiting);
  }
}
