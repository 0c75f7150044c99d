package org.jkeepalived.host.vrrp;

import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.time.TimerQueue.Timer;

/**
 * Tries again, a while later, what the kernel has refused and does not tell of when it would allow
 * it: ports that could not be opened, links that could not be read. As long as nothing is refused
 * there is no timer. Lives on the VRRP thread.
 */
final class RepeatedLook {

  static final long INTERVAL_NANOS = 5_000_000_000L;

  private final NanoClock clock;
  private final Timer timer;

  /**
   * @param look tries all again; what is refused once more calls {@link #soon} once more
   */
  RepeatedLook(TimerQueue timers, NanoClock clock, Runnable look) {
    this.clock = clock;
    timer = timers.timer((deadlineNanos, nowNanos) -> look.run());
  }

  /** Something was refused: looks again, unless it is about to. */
  void soon() {
    if (!timer.isArmed()) {
      timer.arm(clock.nowNanos() + INTERVAL_NANOS);
    }
  }
}
