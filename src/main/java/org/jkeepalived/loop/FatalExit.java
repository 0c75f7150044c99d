package org.jkeepalived.loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process at once where the owner of some state cannot go on, or does not end. It tidies
 * nothing up: systemd starts the daemon again, and the start clears what this run leaves behind.
 */
public final class FatalExit {

  private static final Logger LOG = LoggerFactory.getLogger(FatalExit.class);

  private final Runnable writeLog;
  private final Runnable halt;

  /**
   * @param writeLog writes what is logged and not written yet, and does not wait long for it
   * @param halt ends the process at once, with a status that tells of a failure
   */
  public FatalExit(Runnable writeLog, Runnable halt) {
    this.writeLog = writeLog;
    this.halt = halt;
  }

  /** Says why, and ends the process; callable from any thread. */
  public void end(String reason, Throwable cause) {
    try {
      LOG.error("{}: jkeepalived ends", reason, cause);
      writeLog.run();
    } finally {
      halt.run();
    }
  }

  /** Ends the process unless it ends by itself within a time. */
  public void endAfter(long millis) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(millis);
                end("the stop takes too long", new IllegalStateException("not stopped yet"));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "fatal-exit");
    thread.setDaemon(true);
    thread.start();
  }
}
