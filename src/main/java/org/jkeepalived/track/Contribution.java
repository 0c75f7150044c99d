package org.jkeepalived.track;

import org.jkeepalived.model.TrackKind.Trait;
import org.jkeepalived.model.Tracked;
import org.jkeepalived.model.Weight;

/**
 * What one tracked thing does to a virtual router that tracks it.
 *
 * @param added what it adds to the priority, -254 to 254; 0 with a fault
 * @param fault it keeps the virtual router in FAULT
 */
record Contribution(int added, boolean fault) {

  /** The most that a file adds; one that takes away more is a fault. */
  private static final int MOST = 253;

  private static final Contribution FAULT = new Contribution(0, true);
  private static final Contribution NOTHING = new Contribution(0, false);

  static Contribution of(Tracked tracked, Condition condition) {
    return tracked.target().kind().has(Trait.NUMBER)
        ? ofNumber(tracked.weight(), condition.number())
        : ofState(tracked.weight(), condition.up());
  }

  private static Contribution ofState(Weight weight, boolean up) {
    if (weight.value() == 0) {
      return up == weight.reversed() ? FAULT : NOTHING;
    }
    boolean counts = up == weight.value() > 0;
    return counts ? new Contribution((int) signed(weight, weight.value()), false) : NOTHING;
  }

  /**
   * COMPAT: a file that says more than 253 adds no more than that, but one that says less than -253
   * is a fault; and one that is a fault adds nothing.
   */
  private static Contribution ofNumber(Weight weight, long number) {
    if (weight.value() == 0) {
      return (number == 0) == weight.reversed() ? FAULT : NOTHING;
    }
    long narrow = Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
    long added = signed(weight, narrow * weight.value());
    return added < -MOST ? FAULT : new Contribution((int) Math.min(MOST, added), false);
  }

  private static long signed(Weight weight, long value) {
    return weight.reversed() ? -value : value;
  }
}
