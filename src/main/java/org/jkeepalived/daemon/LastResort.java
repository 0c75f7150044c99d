package org.jkeepalived.daemon;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process at once where the owner of some state cannot go on, or does not end. It tidies
 * nothing up: systemd starts the daemon again, and the start clears what this run leaves behind.
 */
final class LastResort {

  private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

  private final Runnable writeLog;
  private final IntConsumer halt;

  /**
   * @param writeLog writes what is logged and not written yet, and does not wait long for it
   * @param halt ends the process with an exit code
   */
  LastResort(Runnable writeLog, IntConsumer halt) {
    this.writeLog = writeLog;
    this.halt = halt;
  }

  /** Says why, and ends the process; callable from any thread. */
  void end(String reason, Throwable cause) {
    try {
      LOG.error("{}: jkeepalived ends", reason, cause);
      writeLog.run();
    } finally {
      halt.accept(ExitStatus.CANNOT_INITIALISE.code());
    }
  }

  /** Ends the process unless it ends by itself within a time. */
  void endAfter(long millis) {
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
            "last-resort");
    thread.setDaemon(true);
    thread.start();
  }
}
