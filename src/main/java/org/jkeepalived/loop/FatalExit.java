package org.jkeepalived.loop;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process at once where the owner of some state cannot go on, or does not end. It tidies
 * nothing up: systemd starts the daemon again, and the start clears what this run leaves behind.
 *
 * <p>Its thread is there from the beginning: a process that is short of threads or memory must be
 * able to end, too. Until it is needed it sleeps.
 */
public final class FatalExit {

  private static final Logger LOG = LoggerFactory.getLogger(FatalExit.class);

  private static final long NEVER = Long.MAX_VALUE;

  private final Runnable writeLog;
  private final Runnable halt;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicLong remainingNanos = new AtomicLong(NEVER);
  private final Thread watchdog = new Thread(this::watch, "fatal-exit");

  /**
   * @param writeLog writes what is logged and not written yet, and does not wait long for it
   * @param halt ends the process at once, with a status that tells of a failure
   */
  public FatalExit(Runnable writeLog, Runnable halt) {
    this.writeLog = writeLog;
    this.halt = halt;
    watchdog.setDaemon(true);
    watchdog.start();
  }

  /** Says why, and ends the process; callable from any thread. Only the first reason is told. */
  public void end(String reason, Throwable cause) {
    if (ending.getAndSet(true)) {
      return;
    }
    try {
      LOG.error("{}: jkeepalived ends", reason, cause);
      writeLog.run();
    } finally {
      halt.run();
    }
  }

  /** Ends the process unless it ends by itself within a time; the first call counts. */
  public void endAfter(long millis) {
    if (remainingNanos.compareAndSet(NEVER, millis * 1_000_000L)) {
      LockSupport.unpark(watchdog);
    }
  }

  /**
   * All has stopped within its time: nothing is held any more, and what is left to do, such as
   * writing the log, has a bound of its own.
   */
  public void stopped() {
    stopped.set(true);
  }

  private void watch() {
    while (remainingNanos.get() == NEVER) {
      LockSupport.park(this);
    }
    long beganNanos = System.nanoTime();
    long mostNanos = remainingNanos.get();
    for (long left = mostNanos; left > 0; left = mostNanos - (System.nanoTime() - beganNanos)) {
      LockSupport.parkNanos(this, left);
    }
    if (stopped.get()) {
      return;
    }
    end("the stop takes too long", new IllegalStateException("not stopped yet"));
  }
}
