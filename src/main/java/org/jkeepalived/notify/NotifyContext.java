package org.jkeepalived.notify;

import java.util.Objects;
import java.util.function.LongSupplier;
import org.jkeepalived.script.CommandRunner;
import org.jkeepalived.time.TimerQueue;

/**
 * The thread that a notifier lives on.
 *
 * @param timers fire on it
 * @param clock its time, in nanoseconds
 * @param runner answers on it
 * @param deliveries counts what is told
 */
public record NotifyContext(
    TimerQueue timers, LongSupplier clock, CommandRunner runner, Deliveries deliveries) {
  public NotifyContext {
    Objects.requireNonNull(timers);
    Objects.requireNonNull(clock);
    Objects.requireNonNull(runner);
    Objects.requireNonNull(deliveries);
  }

  /** One where nobody looks at what is counted. */
  public NotifyContext(TimerQueue timers, LongSupplier clock, CommandRunner runner) {
    this(timers, clock, runner, new Deliveries());
  }

  long nowNanos() {
    return clock.getAsLong();
  }
}
