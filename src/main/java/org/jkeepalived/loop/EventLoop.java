package org.jkeepalived.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jkeepalived.linux.Readiness;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;

/**
 * What a thread that owns something does all day, in turns: it reads what has arrived, runs what
 * other threads ask for, fires the timers that are due, and takes the steps that end a turn.
 *
 * <p>Nobody waits for the end of a flood: a turn reads for a few milliseconds at most, runs
 * commands for {@link #MOST_COMMANDS_NANOS} and fires timers for {@link #MOST_FIRING_NANOS}, and
 * what is left comes in the next turn.
 *
 * <p>A timer that is late because this process did not run is believed only after what the kernel
 * kept meanwhile has been read: it may say that the master is alive. That is done once for all
 * timers that are due by then, and takes no longer than the timer is late: what can have arrived
 * meanwhile is read in less.
 *
 * <p>Lives on its owner's thread; only {@link #execute} and the figures are for others.
 */
public final class EventLoop implements Executor, NanoClock {

  /** Hears, on the loop's thread, of timers that fire late. */
  @FunctionalInterface
  public interface LatenessListener {

    /**
     * Timers are due that were not due in the turn before; none of them has fired yet.
     *
     * @param nanos since when the first of them is, 0 or more
     * @param nowNanos the loop's clock
     */
    void late(long nanos, long nowNanos);
  }

  static final long MOST_COMMANDS_NANOS = 10_000_000L;
  static final long MOST_FIRING_NANOS = 10_000_000L;

  /**
   * Timers that fire within that time are told the same time: what they arm then is due together
   * ever after, and one wake-up serves many. 10,000 masters that each had a moment of their own
   * would wake the thread ten thousand times a second.
   */
  static final long TOGETHER_NANOS = 1_000_000L;

  /** Lateness from which on what has arrived is read before a timer is believed. */
  static final long READ_FIRST_NANOS = 5_000_000L;

  /** Reading first may take that long for a timer that is but a little late. */
  static final long LEAST_READING_NANOS = 20_000_000L;

  /**
   * Reading first takes no longer than that: 10,000 virtual routers on 40 links have 40,000 frames
   * waiting after a long pause, and a flood has no end.
   */
  static final long MOST_READING_NANOS = 1_000_000_000L;

  private final Wait wait;
  private final TimerQueue timers = new TimerQueue();
  private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final List<BooleanSupplier> endOfTurn = new ArrayList<>();
  private final List<LatenessListener> latenessListeners = new ArrayList<>();

  private long nowNanos;
  private long believedNanos;
  private boolean stopped;
  private boolean moreToDo;

  // written by the loop's thread alone
  private volatile long turns;
  private volatile long maxLatenessNanos;

  /** Set once nothing runs here any more; what is asked for then is dropped. */
  private volatile boolean closed;

  public EventLoop(Wait wait) {
    this.wait = wait;
    nowNanos = wait.nowNanos();
    believedNanos = nowNanos;
  }

  public TimerQueue timers() {
    return timers;
  }

  /** Calls {@code whenReadable} in turns that find something to read, with the time of then. */
  public void watch(int fd, Runnable whenReadable) throws SystemCallException {
    watch(fd, Readiness.READABLE, told -> whenReadable.run());
  }

  /**
   * Calls {@code whenReady} in turns that find the descriptor ready, with the time of then. To wait
   * for something else on it, forget it first.
   *
   * @param whenReady takes what is told of it: see {@link Readiness#isReadable}
   */
  public void watch(int fd, Readiness readiness, IntConsumer whenReady) throws SystemCallException {
    wait.watch(
        fd,
        readiness,
        told -> {
          // the wait may have been long: what has arrived did not arrive before it began
          nowNanos = wait.nowNanos();
          whenReady.accept(told);
        });
  }

  /** Forgets a descriptor; call it before closing it. */
  public void forget(int fd) {
    wait.forget(fd);
  }

  /** The same, for one that is closed at once and that nobody has another of: it costs no call. */
  public void drop(int fd) {
    wait.drop(fd);
  }

  /** The clock as it was read before the present step. */
  @Override
  public long nowNanos() {
    return nowNanos;
  }

  /** The clock, read now; callable from any thread. */
  public long readClock() {
    return wait.nowNanos();
  }

  /** How many turns there were. Callable from any thread, as all figures. */
  public long turns() {
    return turns;
  }

  /** The latest that a timer ever was, in nanoseconds. */
  public long maxLatenessNanos() {
    return maxLatenessNanos;
  }

  /** Forgets how late a timer was. Call it on the loop's thread. */
  void clearMaxLateness() {
    maxLatenessNanos = 0;
  }

  /** Has {@code listener} hear how late timers are. */
  public void whenLate(LatenessListener listener) {
    latenessListeners.add(listener);
  }

  /** Has the loop run a step soon, unless it has ended. Callable from any thread. */
  @Override
  public void execute(Runnable command) {
    if (!closed) {
      commands.add(command);
      wait.wake();
    }
  }

  /** Runs {@code step} at the end of each turn; it says whether it has more to do at once. */
  public void atEndOfTurn(BooleanSupplier step) {
    endOfTurn.add(step);
  }

  /**
   * Makes {@link #run} return after this turn, in which no further command is run. Call it on the
   * loop's thread.
   */
  public void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  public void run() throws SystemCallException {
    while (!stopped) {
      turn();
    }
  }

  /**
   * Waits for something to do, and does it. What is left undone by an exception, which goes through
   * to the caller, is done in the next turn; not the step that threw it.
   */
  public void turn() throws SystemCallException {
    long mostNanos = nanosToWait();
    moreToDo = true;
    wait.await(mostNanos);
    nowNanos = wait.nowNanos();
    readFirstIfLate();
    runCommands();
    // a command may have taken long
    readFirstIfLate();
    fireTimers();
    boolean more = false;
    for (BooleanSupplier step : endOfTurn) {
      more |= step.getAsBoolean();
    }
    moreToDo = more;
    turns++;
  }

  /**
   * How long the next turn may wait for something to do.
   *
   * @return 0 if there is something; {@link Long#MAX_VALUE} until somebody brings it
   */
  public long nanosToWait() {
    // a command may be there whose wake-up another wait within the last turn has taken
    return moreToDo || !commands.isEmpty() ? 0 : timers.nanosUntilNext(wait.nowNanos());
  }

  private void runCommands() {
    long beganNanos = nowNanos;
    while (!stopped && nowNanos - beganNanos < MOST_COMMANDS_NANOS) {
      Runnable command = commands.poll();
      if (command == null) {
        return;
      }
      command.run();
      nowNanos = wait.nowNanos();
    }
  }

  /** From then on the timers that are due by now are believed, until they have fired. */
  private void readFirstIfLate() throws SystemCallException {
    long latenessNanos = timers.nanosLate(nowNanos);
    boolean believed = nowNanos - latenessNanos - believedNanos <= 0;
    if (latenessNanos < 0 || believed) {
      return;
    }
    for (LatenessListener listener : latenessListeners) {
      listener.late(latenessNanos, nowNanos);
    }
    if (latenessNanos > READ_FIRST_NANOS) {
      readFirst(latenessNanos);
    }
    believedNanos = nowNanos;
  }

  private void readFirst(long latenessNanos) throws SystemCallException {
    long mostNanos = Math.min(MOST_READING_NANOS, Math.max(LEAST_READING_NANOS, latenessNanos));
    long beganNanos = nowNanos;
    while (nowNanos - beganNanos < mostNanos && wait.await(0) > 0) {
      nowNanos = wait.nowNanos();
    }
  }

  private void fireTimers() {
    long latenessNanos = timers.nanosLate(nowNanos);
    if (latenessNanos > maxLatenessNanos) {
      maxLatenessNanos = latenessNanos;
    }
    long beganNanos = nowNanos;
    long clockNanos = nowNanos;
    while (clockNanos - beganNanos < MOST_FIRING_NANOS && timers.fireNext(nowNanos)) {
      clockNanos = wait.nowNanos();
      if (clockNanos - nowNanos >= TOGETHER_NANOS) {
        nowNanos = clockNanos;
      }
    }
    nowNanos = clockNanos;
  }

  /** Ends: nothing more runs, and what was asked for and has not run is forgotten. */
  void close() {
    closed = true;
    commands.clear();
    wait.close();
  }
}
