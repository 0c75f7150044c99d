package org.jkeepalived.vrrp;

import java.util.OptionalLong;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.vrrp.Effects.Alarm;

/** The timers of one virtual router; one that it never needs costs nothing. */
final class AlarmTimers {

  /** What comes due. */
  @FunctionalInterface
  interface Handler {
    void alarm(Alarm alarm, long deadlineNanos, long nowNanos);
  }

  private static final Alarm[] ALARMS = Alarm.values();

  private final TimerQueue queue;
  private final Handler handler;

  // by the alarm's ordinal; null until it is armed for the first time
  private final TimerQueue.Timer[] timers = new TimerQueue.Timer[ALARMS.length];

  AlarmTimers(TimerQueue queue, Handler handler) {
    this.queue = queue;
    this.handler = handler;
  }

  void arm(Alarm alarm, long deadlineNanos) {
    int at = alarm.ordinal();
    if (timers[at] == null) {
      timers[at] = queue.timer((deadline, now) -> handler.alarm(alarm, deadline, now));
    }
    timers[at].arm(deadlineNanos);
  }

  void disarm(Alarm alarm) {
    TimerQueue.Timer timer = timers[alarm.ordinal()];
    if (timer != null) {
      timer.disarm();
    }
  }

  void disarmAll() {
    for (Alarm alarm : ALARMS) {
      disarm(alarm);
    }
  }

  /** Moves a timer that is armed; one that would have been due by now is due now. */
  void shift(Alarm alarm, long byNanos, long nowNanos) {
    OptionalLong deadline = deadlineNanos(alarm);
    if (deadline.isPresent()) {
      arm(alarm, nowNanos + Math.max(0, deadline.getAsLong() + byNanos - nowNanos));
    }
  }

  /** When a timer is due; empty while it is not armed. */
  OptionalLong deadlineNanos(Alarm alarm) {
    TimerQueue.Timer timer = timers[alarm.ordinal()];
    return timer != null && timer.isArmed()
        ? OptionalLong.of(timer.deadlineNanos())
        : OptionalLong.empty();
  }
}
