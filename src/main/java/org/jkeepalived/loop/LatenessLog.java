package org.jkeepalived.loop;

import org.jkeepalived.time.SecondsText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when timers fire so late that an operator should know, and then is quiet for a while. */
final class LatenessLog implements EventLoop.LatenessListener {

  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  private static final long LEAST_NANOS = 500_000_000L;
  private static final long QUIET_NANOS = 10_000_000_000L;

  private final String name;
  private boolean logged;
  private long loggedNanos;

  /**
   * @param name the thread's
   */
  LatenessLog(String name) {
    this.name = name;
  }

  @Override
  public void late(long nanos, long nowNanos) {
    if (nanos > LEAST_NANOS && (!logged || nowNanos - loggedNanos > QUIET_NANOS)) {
      logged = true;
      loggedNanos = nowNanos;
      LOG.warn(
          "A thread timer expired {} seconds ago ({}); reading what arrived meanwhile first",
          SecondsText.of(nanos, 6),
          name);
    }
  }
}
