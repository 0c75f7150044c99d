package org.jkeepalived.track;

import java.util.function.Consumer;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.time.TimerQueue;

/**
 * How many processes of one tracker run, and whether that is as it should be.
 *
 * <p>COMPAT: what keepalived 2.2.7 does: a verdict that a fork changes waits for {@code
 * fork_delay}, and one that an end changes for {@code terminate_delay}, whichever of the two
 * verdicts it is; one that another program or another name changes counts at once. What is as
 * before in the meantime was never otherwise.
 */
final class ProcessQuorum {

  /** Why the number changes. */
  enum Cause {
    FORK,
    EXIT,
    IDENTITY
  }

  private final ProcessTracker tracker;
  private final Consumer<ProcessQuorum> changed;
  private final TimerQueue.Timer timer;
  private int count;
  private boolean up;
  private Cause delayed = Cause.IDENTITY;

  /**
   * @param count how many run
   * @param changed hears of each other verdict
   */
  ProcessQuorum(
      ProcessTracker tracker, int count, TimerQueue timers, Consumer<ProcessQuorum> changed) {
    this.tracker = tracker;
    this.count = count;
    this.changed = changed;
    timer = timers.timer((deadline, now) -> turn());
    up = isWell();
  }

  ProcessTracker tracker() {
    return tracker;
  }

  int count() {
    return count;
  }

  /** The verdict, as last told. */
  boolean isUp() {
    return up;
  }

  /** Whether a change of the verdict for this cause waits for its delay to pass. */
  boolean isDelayed(Cause cause) {
    return timer.isArmed() && delayed == cause;
  }

  private boolean isWell() {
    return count >= tracker.quorum() && count <= tracker.quorumMax();
  }

  /** So many more, or fewer, run. */
  void add(int difference, Cause cause, long nowNanos) {
    count += difference;
    long delayNanos = delayNanos(cause);
    if (isWell() == up) {
      timer.disarm();
    } else if (delayNanos == 0) {
      timer.disarm();
      turn();
    } else if (!timer.isArmed()) {
      timer.arm(nowNanos + delayNanos);
      delayed = cause;
    }
  }

  private long delayNanos(Cause cause) {
    return switch (cause) {
      case FORK -> tracker.forkDelayNanos();
      case EXIT -> tracker.terminateDelayNanos();
      case IDENTITY -> 0;
    };
  }

  private void turn() {
    up = isWell();
    changed.accept(this);
  }

  /** Nobody wants to know any more. */
  void end() {
    timer.disarm();
  }
}
