package org.jkeepalived.control;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs no faster than the log takes it: the lines of 10,000 instances fit into no queue. */
final class PacedLog implements Consumer<String> {

  /** Lines of a dump are logged as what writes all reports. */
  private static final Logger LOG = LoggerFactory.getLogger(StatusReports.class);

  private static final int LINES_AT_ONCE = 1_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final BooleanSupplier hasRoom;
  private int lines;
  private boolean refused;

  /**
   * @param hasRoom whether the log takes a thousand more lines
   */
  PacedLog(BooleanSupplier hasRoom) {
    this.hasRoom = hasRoom;
  }

  @Override
  public void accept(String line) {
    lines++;
    if (lines % LINES_AT_ONCE == 0 && !refused && !awaitRoom()) {
      refused = true;
      LOG.warn("The log takes no more lines: the rest of the dump is left out");
    }
    if (!refused) {
      LOG.info("{}", line);
    }
  }

  private boolean awaitRoom() {
    long deadlineNanos = System.nanoTime() + PATIENCE_NANOS;
    while (!hasRoom.getAsBoolean()) {
      if (deadlineNanos - System.nanoTime() < 0) {
        return false;
      }
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
    return true;
  }
}
