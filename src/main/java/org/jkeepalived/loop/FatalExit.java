package org.jkeepalived.loop;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process at once where the owner of some state cannot go on, or does not end. Before that
 * it takes its last step ({@link #lastStep}), for {@link #LAST_STEP_MILLIS} at most; what that
 * leaves undone is cleared by whoever starts the daemon again, and by that start.
 *
 * <p>Its thread is there from the beginning: a process that is short of threads or memory must be
 * able to end, too. Until it is needed it sleeps.
 */
public final class FatalExit {

  private static final Logger LOG = LoggerFactory.getLogger(FatalExit.class);

  /** How long the last step may take: it is owed to another machine, which waits to take over. */
  static final long LAST_STEP_MILLIS = 200;

  /** What is done before the process ends, on a thread of its own. */
  @FunctionalInterface
  public interface LastStep {

    /**
     * Does it, or as much of it as there is time for.
     *
     * @param failed the thread that cannot go on; it does nothing any more, and what it owns may be
     *     used in its place
     */
    void take(Thread failed);
  }

  /** How long the reason may take to be logged. */
  private static final long MOST_LOG_MILLIS = 3_000;

  /** How long a process that has stopped may take to write its log, which has bounds of its own. */
  private static final long MOST_END_NANOS = 20_000_000_000L;

  private final Runnable writeLog;
  private final Runnable halt;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicBoolean watching = new AtomicBoolean();
  private final CountDownLatch lastStepTaken = new CountDownLatch(1);
  private volatile LastStep lastStep = failed -> {};
  private volatile Optional<Thread> failed = Optional.empty();
  private volatile long deadlineNanos;
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
      beginLastStep();
      // standard error may be a pipe that nobody reads: not on this thread
      Thread writing = new Thread(() -> write(reason, cause), "fatal-exit-log");
      writing.setDaemon(true);
      writing.start();
      awaitLastStep();
      writing.join(MOST_LOG_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      // also where there is no thread for the log; a second time it is no wait
      awaitLastStep();
      halt.run();
    }
  }

  /** Has something done before the process ends, instead of what was to be done until now. */
  public void lastStep(LastStep step) {
    lastStep = step;
  }

  private void beginLastStep() {
    if (Thread.currentThread() == watchdog) {
      // a stop that hangs has tried it already, and what hangs may hang this thread, too
      lastStepTaken.countDown();
    } else {
      failed = Optional.of(Thread.currentThread());
      LockSupport.unpark(watchdog);
    }
  }

  private void awaitLastStep() {
    boolean interrupted = false;
    try {
      lastStepTaken.await(LAST_STEP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      // whatever has come of it, nobody waits for it again
      lastStepTaken.countDown();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeLastStep(Thread thread) {
    try {
      lastStep.take(thread);
    } catch (Throwable alsoFailed) {
      LOG.error("not all is released", alsoFailed);
    } finally {
      lastStepTaken.countDown();
    }
  }

  private void write(String reason, Throwable cause) {
    LOG.error("{}: jkeepalived ends", reason, cause);
    writeLog.run();
  }

  /** Ends the process unless it ends by itself within a time; the first call counts. */
  public void endAfter(long millis) {
    if (!watching.get()) {
      deadlineNanos = System.nanoTime() + millis * 1_000_000L;
      watching.set(true);
      LockSupport.unpark(watchdog);
    }
  }

  /** From now on there is that much time again, if there is a bound at all. */
  public void allow(long millis) {
    deadlineNanos = System.nanoTime() + millis * 1_000_000L;
  }

  /**
   * All has stopped within its time: nothing is held any more. What is left to do, such as writing
   * the log, has a bound of its own; should it hang all the same, the process ends a while later.
   */
  public void stopped() {
    stopped.set(true);
  }

  private void watch() {
    while (!watching.get() && failed.isEmpty()) {
      LockSupport.park(this);
    }
    await();
    if (failed.isPresent()) {
      takeLastStep(failed.get());
      return;
    }
    if (stopped.get()) {
      deadlineNanos = System.nanoTime() + MOST_END_NANOS;
      await();
      halt.run();
      return;
    }
    end("the stop takes too long", new IllegalStateException("not stopped yet"));
  }

  private void await() {
    for (long left = deadlineNanos - System.nanoTime();
        left > 0 && failed.isEmpty();
        left = deadlineNanos - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }
}
