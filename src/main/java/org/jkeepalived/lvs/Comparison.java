package org.jkeepalived.lvs;

import org.jkeepalived.lvs.table.TableKeeper;
import org.jkeepalived.time.TimerQueue;

/** Has the kernel's table compared with what is wanted, again and again. */
final class Comparison {

  private final TableKeeper keeper;
  private final TimerQueue.Timer next;
  private final long intervalNanos;

  Comparison(TableKeeper keeper, TimerQueue timers, long intervalNanos) {
    this.keeper = keeper;
    this.intervalNanos = intervalNanos;
    next = timers.timer((deadlineNanos, nowNanos) -> compare(nowNanos));
  }

  void begin(long nowNanos) {
    next.arm(nowNanos + intervalNanos);
  }

  private void compare(long nowNanos) {
    keeper.compare();
    next.arm(nowNanos + intervalNanos);
  }

  void end() {
    next.disarm();
  }
}
