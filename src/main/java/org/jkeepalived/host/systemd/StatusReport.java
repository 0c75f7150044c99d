package org.jkeepalived.host.systemd;

import java.util.function.Predicate;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.notify.Event;
import org.jkeepalived.notify.StateLine;
import org.jkeepalived.time.TimerQueue;

/**
 * Has whoever shows it know who is master of what: at the first change soon, and then not more than
 * once in a while, however many instances change.
 *
 * <p>Lives on a loop that is not VRRP's, and hears of events there.
 */
final class StatusReport implements Event.Listener {

  /** What changes together is told together. */
  private static final long SOON_NANOS = 100_000_000L;

  private static final long LEAST_NANOS = 1_000_000_000L;

  private final StateLine line = new StateLine();
  private final EventLoop loop;
  private final Predicate<String> shown;
  private final TimerQueue.Timer timer;
  private long toldNanos;
  private String told = "";

  /**
   * @param shown takes the line, and does not wait; false to be asked again a while later
   */
  StatusReport(EventLoop loop, Predicate<String> shown) {
    this.loop = loop;
    this.shown = shown;
    timer = loop.timers().timer((deadline, now) -> tell());
    toldNanos = loop.readClock() - LEAST_NANOS;
  }

  /** Tells what there is to tell already. Callable from any thread. */
  void start() {
    loop.execute(this::tell);
  }

  @Override
  public void happened(Event event) {
    line.happened(event);
    if (event.isState() && !timer.isArmed()) {
      long nowNanos = loop.nowNanos();
      timer.arm(nowNanos + Math.max(SOON_NANOS, toldNanos + LEAST_NANOS - nowNanos));
    }
  }

  private void tell() {
    String text = line.text();
    toldNanos = loop.nowNanos();
    if (text.equals(told)) {
      return;
    }
    if (shown.test(text)) {
      told = text;
    } else {
      timer.arm(toldNanos + LEAST_NANOS);
    }
  }
}
