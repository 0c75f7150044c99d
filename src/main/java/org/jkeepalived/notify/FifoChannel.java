package org.jkeepalived.notify;

import java.util.Optional;
import org.jkeepalived.model.Fifo;
import org.jkeepalived.time.TimerQueue.Timer;

/**
 * A FIFO that is open, with the script that reads from it if it has one.
 *
 * <p>In the end the script gets time to read what is there; then the script is ended, and the FIFO
 * closed. COMPAT: keepalived ends it before it writes the last states, which is why its scripts go
 * on reading after a SIGTERM; these work here, and a script that simply dies of it has heard of the
 * last states too.
 */
final class FifoChannel implements FifoReader.Owner {

  static final long DRAIN_NANOS = 1_000_000_000L;

  /** How often to look whether everything has been read. */
  private static final long LOOK_NANOS = 5_000_000L;

  private final Fifo fifo;
  private final FifoWriter writer;
  private final Optional<FifoReader> reader;
  private final Runnable whenReaderReturns;
  private final NotifyContext context;
  private final Timer drain;
  private Optional<Runnable> whenClosed = Optional.empty();
  private long drainByNanos;
  private boolean closed;

  /**
   * @param whenReaderReturns called when a reader is about to start in the place of one that died
   */
  FifoChannel(
      FifoKind kind, Fifo fifo, Pipe pipe, NotifyContext context, Runnable whenReaderReturns) {
    this.fifo = fifo;
    this.context = context;
    this.whenReaderReturns = whenReaderReturns;
    this.writer = new FifoWriter(fifo.path(), pipe, context);
    this.reader =
        fifo.script()
            .map(script -> new FifoReader(kind.scriptOwner(), fifo.path(), script, context, this));
    this.drain = context.timers().timer((deadlineNanos, nowNanos) -> lookAt(nowNanos));
  }

  /** Starts the script. */
  void open() {
    reader.ifPresent(FifoReader::start);
  }

  void write(Event event) {
    writer.write(event);
  }

  /** Whether this FIFO is the wanted one, and works. */
  boolean serves(Fifo wanted) {
    return fifo.equals(wanted) && writer.isUsable();
  }

  @Override
  public void returns() {
    whenReaderReturns.run();
  }

  /**
   * Lets the script read what is there, ends it and closes the FIFO.
   *
   * @param then called when it is closed and its script has ended, perhaps at once
   */
  void close(Runnable then) {
    whenClosed = Optional.of(then);
    long nowNanos = context.nowNanos();
    drainByNanos = nowNanos + DRAIN_NANOS;
    lookAt(nowNanos);
  }

  private void lookAt(long nowNanos) {
    boolean read = writer.isDrained() || !reader.map(FifoReader::isRunning).orElse(false);
    if (!read && drainByNanos - nowNanos > 0) {
      drain.arm(nowNanos + LOOK_NANOS);
    } else if (reader.isPresent()) {
      // in this order: who reads until the end knows then that it is the last
      reader.get().stop();
      closeWriter();
    } else {
      hasStopped();
    }
  }

  private void closeWriter() {
    if (!closed) {
      closed = true;
      drain.disarm();
      writer.close();
    }
  }

  @Override
  public void hasStopped() {
    closeWriter();
    Optional<Runnable> then = whenClosed;
    whenClosed = Optional.empty();
    then.ifPresent(Runnable::run);
  }

  /** The daemon waits no longer. */
  void abandon() {
    reader.ifPresent(FifoReader::stop);
    hasStopped();
  }
}
