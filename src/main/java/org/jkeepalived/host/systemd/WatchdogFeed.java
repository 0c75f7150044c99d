package org.jkeepalived.host.systemd;

import java.util.List;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.RollCall;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds a watchdog as long as all who are called by their names answer in time. It looks four times
 * in the watchdog's time: whoever does not answer for three quarters of it is too late.
 *
 * <p>Lives on a loop of which it is no burden: it wakes it that often, and never waits there, where
 * what it feeds does not.
 */
final class WatchdogFeed {

  private static final Logger LOG = LoggerFactory.getLogger(WatchdogFeed.class);

  private static final int LOOKS = 4;

  private final String watchdog;
  private final EventLoop loop;
  private final RollCall call;
  private final Runnable feed;
  private final long intervalNanos;
  private final TimerQueue.Timer timer;
  private List<String> late = List.of();

  /**
   * @param watchdog what the log calls it
   * @param loop whose thread feeds
   * @param nanos the watchdog's time
   * @param feed called on that thread
   */
  WatchdogFeed(String watchdog, EventLoop loop, long nanos, RollCall call, Runnable feed) {
    this.watchdog = watchdog;
    this.loop = loop;
    this.call = call;
    this.feed = feed;
    intervalNanos = nanos / LOOKS;
    timer = loop.timers().timer((deadline, now) -> look());
  }

  /** Begins; callable from any thread. */
  void start() {
    loop.execute(this::look);
  }

  private void look() {
    List<String> now = call.call();
    if (!now.equals(late)) {
      tell(now);
      late = now;
    }
    if (now.isEmpty()) {
      feed.run();
    }
    timer.arm(loop.nowNanos() + intervalNanos);
  }

  private void tell(List<String> now) {
    if (now.isEmpty()) {
      LOG.info("All threads answer again: {} is told so", watchdog);
    } else {
      LOG.warn(
          "Thread {} does not answer: {} is not told that all is well",
          String.join(", ", now),
          watchdog);
    }
  }
}
