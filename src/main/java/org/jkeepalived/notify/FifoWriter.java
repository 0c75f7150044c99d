package org.jkeepalived.notify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jkeepalived.time.TimerQueue.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to one FIFO. The kernel keeps 64 KiB for a reader that is slow or not there; what
 * comes after that waits here and is tried again, and of what is too much even then only the last
 * state of each instance and group is kept. What is lost is counted.
 */
final class FifoWriter {

  static final long RETRY_NANOS = 100_000_000L;

  /** POSIX promises for up to this many that they are written whole or not at all. */
  private static final int MOST_BYTES = 4_096;

  private static final Logger LOG = LoggerFactory.getLogger(FifoWriter.class);

  private final String path;
  private final Pipe pipe;
  private final NotifyContext context;
  private final Backlog backlog = new Backlog();
  private final Timer retry;
  private long lost;
  private boolean broken;

  FifoWriter(String path, Pipe pipe, NotifyContext context) {
    this.path = path;
    this.pipe = pipe;
    this.context = context;
    this.retry = context.timers().timer((deadlineNanos, nowNanos) -> flush());
  }

  void write(Event event) {
    if (broken) {
      context.deliveries().linesLost(1);
      return;
    }
    int dropped = backlog.add(event);
    if (dropped > 0 && lost == 0) {
      LOG.warn("FIFO {}: nobody reads from it, or too slowly: lines are being lost", path);
    }
    lost += dropped;
    context.deliveries().linesLost(dropped);
    flush();
  }

  private void flush() {
    while (!backlog.isEmpty()) {
      byte[] line = (backlog.first().line() + "\n").getBytes(StandardCharsets.UTF_8);
      if (line.length > MOST_BYTES) {
        LOG.warn("FIFO {}: a line of {} bytes is too long for it", path, line.length);
        context.deliveries().linesLost(1);
      } else if (tryToWrite(line)) {
        context.deliveries().lineWritten();
      } else {
        return;
      }
      backlog.removeFirst();
    }
    tellOfLoss();
  }

  private boolean tryToWrite(byte[] line) {
    try {
      if (pipe.write(line)) {
        return true;
      }
      retry.arm(context.nowNanos() + RETRY_NANOS);
    } catch (IOException failure) {
      broken = true;
      context.deliveries().linesLost(backlog.size());
      LOG.error("FIFO {}: {}: it gets nothing any more", path, failure.getMessage());
    }
    return false;
  }

  private void tellOfLoss() {
    if (lost > 0) {
      LOG.warn("FIFO {}: it is read again; {} lines were lost", path, lost);
      lost = 0;
    }
  }

  /** Whether everything has been written and read. */
  boolean isDrained() {
    return broken || (backlog.isEmpty() && pipe.isDrained());
  }

  /** Whether readers find it. */
  boolean isUsable() {
    return !broken && pipe.isInPlace();
  }

  void close() {
    retry.disarm();
    if (lost + backlog.size() > 0) {
      LOG.warn("FIFO {}: {} lines were not read", path, lost + backlog.size());
    }
    pipe.close();
  }
}
