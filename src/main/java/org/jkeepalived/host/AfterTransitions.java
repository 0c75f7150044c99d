package org.jkeepalived.host;

import java.util.function.LongSupplier;
import org.jkeepalived.notify.Event;
import org.jkeepalived.notify.VrrpEvent;

/**
 * Has memory given back after instances have changed their states: a transition takes some that
 * nobody needs when it is over. Lives on the thread of the scripts.
 */
public final class AfterTransitions implements Event.Listener {

  /** Ten thousand instances that change together are one thing that is over. */
  private static final long PACE_NANOS = 500_000_000L;

  private final Event.Listener others;
  private final LongSupplier clock;
  private final Runnable settle;
  private boolean asked;
  private long askedNanos;

  /**
   * @param others hear of everything
   * @param clock the monotonic clock, in nanoseconds
   * @param settle gives memory back, in a second, unless it is asked to meanwhile
   */
  public AfterTransitions(Event.Listener others, LongSupplier clock, Runnable settle) {
    this.others = others;
    this.clock = clock;
    this.settle = settle;
  }

  @Override
  public void happened(Event event) {
    others.happened(event);
    if (event instanceof VrrpEvent && event.standing() == Event.Standing.STATE) {
      long now = clock.getAsLong();
      if (!asked || now - askedNanos >= PACE_NANOS) {
        asked = true;
        askedNanos = now;
        settle.run();
      }
    }
  }
}
