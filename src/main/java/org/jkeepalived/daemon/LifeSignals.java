package org.jkeepalived.daemon;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jkeepalived.control.ControlSignal;
import org.jkeepalived.loop.FatalExit;

/**
 * What signals ask of the daemon, in their order; what is asked for again before it was begun is
 * done once. A stop comes before everything, and one that takes too long is ended by force.
 */
final class LifeSignals {

  private static final long STOP_MILLIS = 10_000;

  /** Guarded by itself. */
  private final Set<ControlSignal> waiting = new LinkedHashSet<>();

  /** Guarded by {@link #waiting}, as the next one. */
  private final Deque<Errand> errands = new ArrayDeque<>();

  private boolean over;

  private final CompletableFuture<Void> stopAsked = new CompletableFuture<>();
  private final FatalExit fatalExit;
  private final LongSupplier mostShutdownMillis;

  /** What somebody asks for, and waits for the outcome. */
  interface Errand {

    /** Does it. On the thread of the daemon's life, between two signals. */
    void run() throws InterruptedException;

    /** It will not be done: the daemon stops. */
    void abandon();
  }

  /**
   * @param mostShutdownMillis how long the shutdown script may take, if the stop begins now
   */
  LifeSignals(FatalExit fatalExit, LongSupplier mostShutdownMillis) {
    this.fatalExit = fatalExit;
    this.mostShutdownMillis = mostShutdownMillis;
  }

  /** Callable from any thread. */
  void arrived(ControlSignal signal) {
    if (signal == ControlSignal.STOP && stopAsked.complete(null)) {
      fatalExit.endAfter(mostStopMillis());
    }
    synchronized (waiting) {
      waiting.add(signal);
      waiting.notifyAll();
    }
  }

  /** After how long a stop that begins now is ended by force. Callable from any thread. */
  long mostStopMillis() {
    return STOP_MILLIS + mostShutdownMillis.getAsLong();
  }

  /** The stop begins, with all of its time: a start that it was asked in may have taken most. */
  void stopping() {
    fatalExit.allow(mostStopMillis());
  }

  /** Has something done soon. Callable from any thread. */
  void asked(Errand errand) {
    synchronized (waiting) {
      if (!over) {
        errands.add(errand);
        waiting.notifyAll();
        return;
      }
    }
    errand.abandon();
  }

  /** Nothing that anybody asks for is done any more. */
  void abandonErrands() {
    List<Errand> left;
    synchronized (waiting) {
      over = true;
      left = List.copyOf(errands);
      errands.clear();
    }
    left.forEach(Errand::abandon);
  }

  /**
   * Waits for the signal that comes next, and runs errands meanwhile; once a stop was asked for, it
   * is that.
   */
  ControlSignal next() throws InterruptedException {
    while (true) {
      Errand errand;
      synchronized (waiting) {
        while (waiting.isEmpty() && errands.isEmpty()) {
          waiting.wait();
        }
        if (stopAsked.isDone()) {
          return ControlSignal.STOP;
        }
        if (!waiting.isEmpty()) {
          ControlSignal first = waiting.iterator().next();
          waiting.remove(first);
          return first;
        }
        errand = errands.remove();
      }
      errand.run();
    }
  }

  /**
   * Waits for what another thread does, however long that takes, until a stop is asked for. What
   * other signals ask for is done meanwhile; a reload waits.
   *
   * @param mostMillis how long, at least 1
   */
  Ending awaitAttending(
      CompletableFuture<?> outcome, Consumer<ControlSignal> attend, long mostMillis)
      throws InterruptedException {
    outcome.whenComplete((result, failure) -> wake());
    long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMillis);
    for (Optional<ControlSignal> other = nextBefore(outcome, deadlineNanos);
        other.isPresent();
        other = nextBefore(outcome, deadlineNanos)) {
      attend.accept(other.get());
    }
    if (stopAsked.isDone()) {
      return Ending.STOP_ASKED;
    }
    return outcome.isDone() ? Ending.DONE : Ending.OVERDUE;
  }

  /** How waiting has ended. */
  enum Ending {
    /** It is done, or has failed. */
    DONE,
    STOP_ASKED,
    /** It is not, and the time is up. */
    OVERDUE
  }

  /** Empty if the outcome is known, a stop was asked for, or the time is up. */
  private Optional<ControlSignal> nextBefore(CompletableFuture<?> outcome, long deadlineNanos)
      throws InterruptedException {
    synchronized (waiting) {
      for (long left = 1;
          left > 0 && !outcome.isDone() && !stopAsked.isDone();
          left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())) {
        Optional<ControlSignal> other =
            waiting.stream().filter(signal -> signal != ControlSignal.RELOAD).findFirst();
        if (other.isPresent()) {
          waiting.remove(other.get());
          return other;
        }
        long nanos = deadlineNanos - System.nanoTime();
        waiting.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos) + 1));
      }
      return Optional.empty();
    }
  }

  private void wake() {
    synchronized (waiting) {
      waiting.notifyAll();
    }
  }

  /** Done when the daemon is to stop. */
  CompletableFuture<Void> stopAsked() {
    return stopAsked;
  }

  /**
   * Waits for what another thread does, until a stop is asked for.
   *
   * @return whether it is done
   * @throws IllegalStateException if it has failed
   */
  boolean awaitUnlessStopped(CompletableFuture<?> outcome) throws InterruptedException {
    try {
      CompletableFuture.anyOf(outcome, stopAsked).get();
      return outcome.isDone();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
