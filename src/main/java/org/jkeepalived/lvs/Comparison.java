package org.jkeepalived.lvs;

import org.jkeepalived.lvs.table.TableKeeper;
import org.jkeepalived.time.TimerQueue;

/** Has the kernel's table, and its marks, compared with what is wanted, again and again. */
final class Comparison {

  private final TableKeeper keeper;
  private final GroupMarking marking;
  private final TimerQueue.Timer next;
  private long intervalNanos;

  Comparison(TableKeeper keeper, GroupMarking marking, TimerQueue timers) {
    this.keeper = keeper;
    this.marking = marking;
    next = timers.timer((deadlineNanos, nowNanos) -> compare(nowNanos));
  }

  /** From now on that often; the first time after as long, unless it was that often before. */
  void everyNanos(long nanos, long nowNanos) {
    if (nanos != intervalNanos) {
      intervalNanos = nanos;
      next.arm(nowNanos + nanos);
    }
  }

  private void compare(long nowNanos) {
    keeper.compare();
    marking.compare();
    next.arm(nowNanos + intervalNanos);
  }

  void end() {
    next.disarm();
  }
}
