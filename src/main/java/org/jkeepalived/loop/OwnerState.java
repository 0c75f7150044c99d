package org.jkeepalived.loop;

import java.util.Objects;

/**
 * An owner as it was a moment ago, for whoever looks.
 *
 * @param name the thread's
 * @param condition whether it works
 * @param turns how many turns its loop has taken
 * @param maxLatenessNanos the latest that one of its timers ever fired
 * @param failures how many of its turns ended by something thrown
 */
public record OwnerState(
    String name, Condition condition, long turns, long maxLatenessNanos, long failures) {

  /** Whether an owner works. */
  public enum Condition {
    /** It was made, and has not been started yet. */
    NEW,
    RUNNING,
    /** It has given up, for the reason that the log says. */
    LOST,
    /** It was told to stop, and has. */
    ENDED
  }

  public OwnerState {
    Objects.requireNonNull(name);
    Objects.requireNonNull(condition);
  }
}
