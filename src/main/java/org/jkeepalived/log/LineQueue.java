package org.jkeepalived.log;

import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jkeepalived.linux.file.FileError;

/**
 * Stands between those who log and one sink, with a thread of its own.
 *
 * <p>{@link #offer} takes no lock and never waits. When the sink is slower than the daemon talks,
 * the queue fills to its capacity and further lines are dropped, counted, and reported in one line
 * as soon as the sink takes lines again. When the sink refuses (a syslog daemon that restarts), the
 * line is kept and tried again for a while; then lines are discarded, and counted, until it takes
 * one. At the end everything that waits is still written, as long as the sink goes on taking lines.
 */
final class LineQueue implements AutoCloseable {

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How long a sink that takes no line holds up the end. */
  static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A configuration on a file system that does not answer hides nothing for longer. */
  private static final long HELD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long LOOK_MILLIS = 20;

  private final ConcurrentLinkedQueue<LogLine> lines = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final LineSink sink;
  private final int capacity;
  private final Consumer<String> complaints;
  private final Thread writer;

  private volatile boolean held;
  private volatile boolean idle;
  private volatile boolean closing;
  private volatile long lastTakenNanos = System.nanoTime();

  // the writer's own
  private boolean everTaken;
  private boolean refusing;
  private long refusedSinceNanos;
  private boolean complained;

  /**
   * @param capacity how many lines may wait
   * @param complaints where to say that the sink takes no lines: somewhere else
   */
  LineQueue(LineSink sink, int capacity, Consumer<String> complaints) {
    this.sink = sink;
    this.capacity = capacity;
    this.complaints = complaints;
    this.writer = new Thread(this::writeAll, "log-" + sink.name());
    writer.setDaemon(true);
  }

  void start() {
    writer.start();
  }

  /** The same, but nothing is written before {@link #release}, the end, or a second is over. */
  void startHeld() {
    held = true;
    start();
  }

  /** Callable from any thread, again and again. */
  void release() {
    if (held) {
      held = false;
      LockSupport.unpark(writer);
    }
  }

  /** Hands over a line, or drops and counts it. */
  void offer(LogLine line) {
    if (waiting.get() >= capacity) {
      dropped.incrementAndGet();
      return;
    }
    waiting.incrementAndGet();
    lines.add(line);
    if (idle) {
      LockSupport.unpark(writer);
    }
  }

  /** Whether less than half of the capacity is taken. */
  boolean hasRoom() {
    return waiting.get() < capacity / 2;
  }

  /** How many lines have been dropped and not yet reported. */
  long dropped() {
    return dropped.get();
  }

  private void writeAll() {
    try {
      sink.open();
    } catch (IOException refused) {
      complain(refused);
    }
    awaitRelease();
    while (true) {
      LogLine line = lines.poll();
      if (line != null) {
        waiting.decrementAndGet();
        deliver(line);
        reportDropped(line);
      } else if (closing) {
        break;
      } else {
        flush();
        waitForLine();
      }
    }
    flush();
    sink.close();
  }

  private void awaitRelease() {
    long beganNanos = System.nanoTime();
    for (long left = HELD_NANOS;
        held && !closing && left > 0;
        left = HELD_NANOS - (System.nanoTime() - beganNanos)) {
      LockSupport.parkNanos(this, left);
    }
    held = false;
  }

  private void waitForLine() {
    idle = true;
    // whoever offers after this look sees that we are idle, and wakes us
    if (lines.isEmpty() && !closing) {
      LockSupport.park(this);
    }
    idle = false;
  }

  private void deliver(LogLine line) {
    while (true) {
      try {
        sink.write(line);
        lastTakenNanos = System.nanoTime();
        everTaken = true;
        refusing = false;
        complained = false;
        return;
      } catch (IOException refused) {
        if (!worthTryingAgain()) {
          complain(refused);
          dropped.incrementAndGet();
          return;
        }
        LockSupport.parkNanos(this, RETRY_NANOS);
      }
    }
  }

  /** Once, until the sink takes lines again. */
  private void complain(IOException refused) {
    if (!complained) {
      complained = true;
      complaints.accept("No log lines go to " + sink.name() + ": " + FileError.text(refused));
    }
  }

  private boolean worthTryingAgain() {
    long now = System.nanoTime();
    if (!refusing) {
      refusing = true;
      refusedSinceNanos = now;
    }
    // at the end nobody waits for a sink that was never there
    return closing
        ? everTaken && now - refusedSinceNanos < STALL_NANOS
        : now - refusedSinceNanos < PATIENCE_NANOS;
  }

  private void reportDropped(LogLine after) {
    if (refusing || dropped.get() == 0) {
      return;
    }
    long count = dropped.getAndSet(0);
    String text = count + " log lines lost: " + sink.name() + " did not take them";
    LogLine report =
        new LogLine(
            after.epochMillis(),
            Priority.WARNING,
            KeepalivedProcess.PARENT,
            KeepalivedProcess.PARENT.identifier(),
            LineQueue.class.getName(),
            text);
    try {
      sink.write(report);
    } catch (IOException refused) {
      dropped.addAndGet(count);
    }
  }

  private void flush() {
    try {
      sink.flush();
    } catch (IOException lost) {
      dropped.incrementAndGet();
    }
  }

  /** Lets the writer finish; whoever closes then waits with {@link #awaitEnd}. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writer);
  }

  /**
   * Waits until everything is written, but not for ever: not if the sink takes no line for {@link
   * #STALL_NANOS}, nor longer than a time. What is lost then is counted and complained of.
   *
   * @return whether everything that the sink takes is written
   */
  boolean awaitEnd(long mostNanos) {
    long beganNanos = System.nanoTime();
    boolean interrupted = Thread.interrupted();
    while (writer.isAlive() && !interrupted && isWorthWaiting(beganNanos, mostNanos)) {
      try {
        writer.join(LOOK_MILLIS);
      } catch (InterruptedException stop) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    boolean ended = !writer.isAlive();
    int left = waiting.get();
    if (!ended && left > 0) {
      complaints.accept(left + " log lines lost: " + sink.name() + " did not take them");
    }
    return ended;
  }

  private boolean isWorthWaiting(long beganNanos, long mostNanos) {
    long nowNanos = System.nanoTime();
    long lastTaken = lastTakenNanos;
    long stalledSinceNanos = lastTaken - beganNanos > 0 ? lastTaken : beganNanos;
    return nowNanos - stalledSinceNanos < STALL_NANOS && nowNanos - beganNanos < mostNanos;
  }
}
