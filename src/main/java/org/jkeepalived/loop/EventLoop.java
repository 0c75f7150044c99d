package org.jkeepalived.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.linux.Poller;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a thread that owns something does all day: reading, commands of others, timers, in turns.
 * There is one for VRRP, with its packets and links, and one for scripts, with child processes.
 *
 * <p>A turn first reads what has arrived, then runs what other threads asked for, then fires the
 * timers that are due, a few at a time. So a timer that is late because this process did not run is
 * believed only after what the kernel kept meanwhile has been read.
 */
public final class EventLoop implements Executor, NanoClock {

  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  /** Timers fired before packets get their turn again. */
  private static final int TIMERS_PER_TURN = 32;

  /** Lateness from which on everything that has arrived is read before a timer is believed. */
  private static final long DRAIN_FIRST_NANOS = 5_000_000L;

  /** Lateness that an operator should know of. */
  private static final long LOG_LATENESS_NANOS = 500_000_000L;

  private static final long LOG_QUIET_NANOS = 10_000_000_000L;
  private static final int DRAIN_ROUNDS = 10_000;

  /**
   * Reading first ends here: in a flood there is always more, and a master whose own advertisements
   * wait for the end of it is replaced.
   */
  private static final long MOST_DRAIN_NANOS = 250_000_000L;

  private final String name;
  private final Poller poller;
  private final TimerQueue timers = new TimerQueue();
  private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final List<BooleanSupplier> endOfTurn = new ArrayList<>();

  private long nowNanos;
  private long maxLatenessNanos;
  private long lateLoggedNanos;
  private boolean running = true;
  private boolean moreToDo;

  /**
   * @param name the thread's, for log lines
   */
  public EventLoop(String name, Poller poller) {
    this.name = name;
    this.poller = poller;
    nowNanos = MonotonicClock.nowNanos();
    lateLoggedNanos = nowNanos - LOG_QUIET_NANOS;
  }

  public TimerQueue timers() {
    return timers;
  }

  /**
   * Calls {@code whenReadable} in each turn that finds something to read, with the time of then.
   */
  public void watch(int fd, Runnable whenReadable) throws SystemCallException {
    poller.add(
        fd,
        () -> {
          // poll() may have waited long: what has arrived did not arrive before it began
          nowNanos = MonotonicClock.nowNanos();
          whenReadable.run();
        });
  }

  /** Forgets a descriptor; call it before closing it. */
  public void forget(int fd) {
    poller.remove(fd);
  }

  @Override
  public long nowNanos() {
    return nowNanos;
  }

  /** The latest that a timer ever was, in nanoseconds. */
  long maxLatenessNanos() {
    return maxLatenessNanos;
  }

  /** Has the loop run a step soon. Callable from any thread. */
  @Override
  public void execute(Runnable command) {
    commands.add(command);
    poller.wake();
  }

  /** Runs {@code step} at the end of each turn; it says whether it has more to do at once. */
  public void atEndOfTurn(BooleanSupplier step) {
    endOfTurn.add(step);
  }

  /** Makes {@link #run} return after this turn. Call it on the loop's thread. */
  public void stop() {
    running = false;
  }

  public void run() throws SystemCallException {
    while (running) {
      turn();
    }
  }

  /** Waits for something to do, and does it. */
  public void turn() throws SystemCallException {
    long before = MonotonicClock.nowNanos();
    // A command may be there whose wake-up a poll within the last turn has taken.
    boolean waiting = !moreToDo && commands.isEmpty();
    poller.poll(waiting ? timers.nanosUntilNext(before) : 0);
    nowNanos = MonotonicClock.nowNanos();
    runCommands();
    fireTimers();
    moreToDo = false;
    for (BooleanSupplier step : endOfTurn) {
      moreToDo |= step.getAsBoolean();
    }
  }

  private void runCommands() {
    for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
      command.run();
    }
  }

  private void fireTimers() throws SystemCallException {
    long lateness = timers.nanosLate(nowNanos);
    if (lateness < 0) {
      return;
    }
    maxLatenessNanos = Math.max(maxLatenessNanos, lateness);
    if (lateness > DRAIN_FIRST_NANOS) {
      drainEverything(lateness);
    }
    for (int fired = 0; fired < TIMERS_PER_TURN && timers.fireNext(nowNanos); fired++) {
      // all that matters happens in the condition
    }
  }

  private void drainEverything(long lateness) throws SystemCallException {
    if (lateness > LOG_LATENESS_NANOS && nowNanos - lateLoggedNanos > LOG_QUIET_NANOS) {
      lateLoggedNanos = nowNanos;
      LOG.warn(
          "A thread timer expired {} seconds ago ({}); reading what arrived meanwhile first",
          String.format(java.util.Locale.ROOT, "%.6f", lateness / 1e9),
          name);
    }
    long beganNanos = nowNanos;
    for (int round = 0; round < DRAIN_ROUNDS && poller.poll(0) > 0; round++) {
      nowNanos = MonotonicClock.nowNanos();
      runCommands();
      if (nowNanos - beganNanos > MOST_DRAIN_NANOS) {
        return;
      }
    }
  }
}
