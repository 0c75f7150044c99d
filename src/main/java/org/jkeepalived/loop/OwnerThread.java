package org.jkeepalived.loop;

import java.util.concurrent.Executor;
import org.jkeepalived.loop.OwnerState.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that owns something: an event loop with a root that catches everything. There is no
 * other way to have a thread here. What it does after a failure, its {@link FailureRule} says.
 *
 * <p>It is made by {@link Owners}, and works from {@link #start} on.
 */
public final class OwnerThread implements Executor, AutoCloseable {

  /** After as many failures in a row it is plain that the next turn fails as well. */
  public static final int MOST_IN_A_ROW = 100;

  private static final String OWN_CLASSES = "org/jkeepalived/";

  private static final Logger LOG = LoggerFactory.getLogger(OwnerThread.class);

  /** The name service may load libraries that want some. */
  private static final long STACK_BYTES = 1024 * 1024L;

  private static final long CLOSE_MILLIS = 500;

  /** A stack trace each time would bury the first one. */
  private static final long LOG_QUIET_NANOS = 1_000_000_000L;

  private final String name;
  private final FailureRule rule;
  private final FatalExit fatalExit;
  private final EventLoop loop;
  private final Thread thread;

  // written by the thread alone, but for the start
  private volatile Condition condition = Condition.NEW;
  private volatile long failures;

  // the thread's own
  private long loggedNanos;
  private long unlogged;

  OwnerThread(String name, FailureRule rule, FatalExit fatalExit, Wait wait) {
    this(name, rule, fatalExit, wait, STACK_BYTES);
  }

  OwnerThread(String name, FailureRule rule, FatalExit fatalExit, Wait wait, long stackBytes) {
    this.name = name;
    this.rule = rule;
    this.fatalExit = fatalExit;
    loop = new EventLoop(wait);
    loop.whenLate(new LatenessLog(name));
    thread = new Thread(null, this::run, name, stackBytes);
    thread.setDaemon(true);
  }

  /** Begins to work; what was asked for before is done first. */
  public OwnerThread start() {
    condition = Condition.RUNNING;
    try {
      thread.start();
    } catch (Throwable noThread) {
      condition = Condition.ENDED;
      loop.close();
      throw noThread;
    }
    return this;
  }

  public String name() {
    return name;
  }

  /** Whether the calling thread is this one. */
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  public EventLoop loop() {
    return loop;
  }

  /** Whether that is this owner's thread. */
  public boolean is(Thread other) {
    return thread == other;
  }

  /** Has the thread do something soon; nothing if it has ended. Callable from any thread. */
  @Override
  public void execute(Runnable step) {
    loop.execute(step);
  }

  /** How it is. Callable from any thread. */
  public OwnerState state() {
    return new OwnerState(name, condition, loop.turns(), loop.maxLatenessNanos(), failures);
  }

  /** Whether it can be expected to answer now. Callable from any thread. */
  boolean isCounted() {
    return condition == Condition.RUNNING && !rule.mayHang();
  }

  /** Has it count from zero soon. Callable from any thread. */
  void clearFigures() {
    loop.execute(
        () -> {
          loop.clearMaxLateness();
          failures = 0;
        });
  }

  private void run() {
    int inARow = 0;
    while (!loop.isStopped()) {
      try {
        loop.turn();
        inARow = 0;
      } catch (Throwable failure) {
        inARow++;
        failures++;
        if (!survives(failure, inARow)) {
          condition = Condition.LOST;
          loop.close();
          return;
        }
      }
    }
    condition = Condition.ENDED;
    loop.close();
  }

  private boolean survives(Throwable failure, int inARow) {
    if (rule.endsProcess()) {
      fatalExit.end(rule.loss(), failure);
      return false;
    }
    if (isWithoutProgram(failure)) {
      fatalExit.end(
          "this program's classes cannot be loaded any more: its jar was written over, or cannot be"
              + " read",
          failure);
      return false;
    }
    if (failure instanceof CannotGoOnException) {
      logLoss(failure);
      return false;
    }
    boolean lost = inARow >= MOST_IN_A_ROW;
    log(failure, lost);
    return !lost;
  }

  /** No owner can be counted on from then on, that of signals neither: a stop would hang. */
  private static boolean isWithoutProgram(Throwable failure) {
    return failure instanceof ClassFormatError
        || failure instanceof NoClassDefFoundError
            && String.valueOf(failure.getMessage()).startsWith(OWN_CLASSES);
  }

  private void logLoss(Throwable failure) {
    try {
      LOG.error("thread {} ends: {}", name, rule.loss(), failure);
    } catch (Throwable noRoom) {
      unlogged++;
    }
  }

  private void log(Throwable failure, boolean lost) {
    try {
      long nowNanos = loop.readClock();
      if (failures > 1 && nowNanos - loggedNanos < LOG_QUIET_NANOS && !lost) {
        unlogged++;
        return;
      }
      LOG.error(
          "internal error in thread {}, please report it{}",
          name,
          unlogged == 0 ? "" : " (" + unlogged + " more since the last such line)",
          failure);
      loggedNanos = nowNanos;
      unlogged = 0;
      if (lost) {
        LOG.error(
            "thread {} has failed {} times in a row and ends: {}",
            name,
            MOST_IN_A_ROW,
            rule.loss());
      }
    } catch (Throwable noRoom) {
      // without memory there may be none for a line; what was thrown is counted all the same
      unlogged++;
    }
  }

  /**
   * Ends the thread after what was asked for until now, and waits for that.
   *
   * @param millis how long to wait, at least 1
   * @return whether it has ended
   */
  public boolean endWithin(long millis) {
    return endWithin(millis, () -> {});
  }

  /** The same, with a last step. */
  public boolean endWithin(long millis, Runnable last) {
    loop.execute(
        () -> {
          loop.stop();
          last.run();
        });
    return awaitEnd(millis);
  }

  /**
   * Waits until the thread has ended.
   *
   * @param millis how long, at least 1
   * @return whether it has; one that was not started has
   */
  public boolean awaitEnd(long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  /** Ends the thread after its turn; waits for that, but not for ever. */
  @Override
  public void close() {
    if (!endWithin(CLOSE_MILLIS)) {
      LOG.warn("Thread {} does not end: what it waits for does not answer", name);
    }
  }
}
