package org.jkeepalived.model;

import java.util.Objects;

/**
 * {@code vrrp_script}: a script that tells, by its exit status, whether something is well.
 *
 * @param name the block's name
 * @param command what runs
 * @param intervalNanos from one start to the next, more than 0
 * @param timeoutNanos after which it is ended and counts as failed; more than 0
 * @param weight what the lines that track it say unless they name one
 * @param rise successes in a row until it is well, at least 1
 * @param fall failures in a row until it is not, at least 1
 * @param initiallyFailed {@code init_fail}
 */
public record ScriptTracker(
    String name,
    Command command,
    long intervalNanos,
    long timeoutNanos,
    Weight weight,
    int rise,
    int fall,
    boolean initiallyFailed)
    implements Tracker {
  public ScriptTracker {
    Objects.requireNonNull(name);
    Objects.requireNonNull(command);
    Objects.requireNonNull(weight);
  }

  @Override
  public TrackTarget target() {
    return TrackTarget.script(name);
  }
}
