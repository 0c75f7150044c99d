package org.jkeepalived.notify;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jkeepalived.time.TimerQueue.Timer;

/**
 * The other queues whose scripts one queue lets go first, for a moment: the script that tells of a
 * quorum comes after those of the servers that made it, but no longer than {@link #MOST_NANOS}, for
 * one of them may hang.
 */
final class Precedence {

  static final long MOST_NANOS = 1_000_000_000L;

  private final NotifyContext context;
  private final Set<ScriptQueue> before = new LinkedHashSet<>();
  private final Timer limit;
  private final Runnable whenNone;

  /**
   * @param whenNone called when there is nobody to be let go first any more
   */
  Precedence(NotifyContext context, Runnable whenNone) {
    this.context = context;
    this.whenNone = whenNone;
    this.limit = context.timers().timer((deadlineNanos, nowNanos) -> giveUp());
  }

  boolean isNone() {
    return before.isEmpty();
  }

  void letGoFirst(Collection<ScriptQueue> queues) {
    if (before.isEmpty() && !queues.isEmpty()) {
      limit.arm(context.nowNanos() + MOST_NANOS);
    }
    before.addAll(queues);
  }

  /** A queue has nothing to run any more. */
  void ended(ScriptQueue queue) {
    if (before.remove(queue) && before.isEmpty()) {
      limit.disarm();
      whenNone.run();
    }
  }

  private void giveUp() {
    before.clear();
    whenNone.run();
  }

  void forget() {
    before.clear();
    limit.disarm();
  }
}
