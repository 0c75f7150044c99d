package org.jkeepalived.script;

import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jkeepalived.script.Outcome.Kind;
import org.jkeepalived.time.TimerQueue;

/**
 * Watches over one command that runs: ends it when its time is up, its children with it.
 *
 * <p>Whoever waits hears of the end once, when the process is gone: only then can the next run of
 * the same script not overlap with this one. A process that even SIGKILL does not end hangs in the
 * kernel; it is given up after a while.
 */
public final class Supervision {

  /** COMPAT: keepalived 2.2.7 leaves a script this long between SIGTERM and SIGKILL. */
  public static final long KILL_AFTER_NANOS = 2_000_000_000L;

  private static final long GIVE_UP_AFTER_NANOS = 5_000_000_000L;
  private static final int SIGNAL_MASK = 0x7f;
  private static final int STATUS_SHIFT = 8;

  /** What is watched. */
  public interface Child {
    /** Sends SIGTERM to the process and its children. */
    void terminate();

    /** Sends SIGKILL to the process and its children; they may be gone. */
    void kill();

    /** Nobody waits for it any more, though it is not gone. */
    void abandon();
  }

  private enum Stage {
    RUNNING,
    TERMINATED,
    KILLED,
    ENDED
  }

  private final Child child;
  private final Consumer<Outcome> done;
  private final TimerQueue.Timer timer;
  private Stage stage = Stage.RUNNING;
  private boolean timedOut;

  /**
   * @param timeoutNanos after which it is ended; empty for never
   * @param done hears of the end once
   */
  public Supervision(
      Child child,
      TimerQueue timers,
      OptionalLong timeoutNanos,
      long nowNanos,
      Consumer<Outcome> done) {
    this.child = child;
    this.done = done;
    timer = timers.timer((deadline, now) -> expired(now));
    timeoutNanos.ifPresent(nanos -> timer.arm(nowNanos + nanos));
  }

  /** Ends it before its time. */
  public void end(long nowNanos) {
    if (stage == Stage.RUNNING) {
      terminate(nowNanos);
    }
  }

  private void terminate(long nowNanos) {
    stage = Stage.TERMINATED;
    timer.arm(nowNanos + KILL_AFTER_NANOS);
    child.terminate();
  }

  private void expired(long nowNanos) {
    if (stage == Stage.RUNNING) {
      timedOut = true;
      terminate(nowNanos);
    } else if (stage == Stage.TERMINATED) {
      kill(nowNanos);
    } else {
      child.abandon();
      finish(
          new Outcome(
              timedOut ? Kind.TIMED_OUT : Kind.SIGNALLED,
              0,
              "does not end even by SIGKILL: it hangs in the kernel"));
    }
  }

  private void kill(long nowNanos) {
    stage = Stage.KILLED;
    child.kill();
    timer.arm(nowNanos + GIVE_UP_AFTER_NANOS);
  }

  /** Ends it by force, now. */
  public void kill() {
    if (stage == Stage.RUNNING || stage == Stage.TERMINATED) {
      stage = Stage.KILLED;
      timer.disarm();
      child.kill();
    }
  }

  /**
   * Whether what is left of the process's children is to be killed once it has exited: they were to
   * end, too. Whatever a script leaves behind of its own accord is the operator's.
   */
  public boolean leavesNoChildren() {
    return stage == Stage.TERMINATED || stage == Stage.KILLED;
  }

  /**
   * The process is gone.
   *
   * @param waitStatus what wait(2) said of it
   */
  public void exited(int waitStatus) {
    if (stage != Stage.ENDED) {
      finish(outcome(waitStatus));
    }
  }

  private Outcome outcome(int waitStatus) {
    int signal = waitStatus & SIGNAL_MASK;
    int status = waitStatus >> STATUS_SHIFT & 0xff;
    int number = signal == 0 ? status : signal;
    if (timedOut) {
      return new Outcome(Kind.TIMED_OUT, number, "timed out");
    }
    return signal == 0
        ? new Outcome(Kind.EXITED, status, "exited with status " + status)
        : new Outcome(Kind.SIGNALLED, signal, "due to signal " + signal);
  }

  /** It was not run, or something else than it. */
  public void notRun(String reason) {
    notRun(reason, false);
  }

  /**
   * It was not run.
   *
   * @param ownLack see {@link Outcome#ownLack}
   */
  public void notRun(String reason, boolean ownLack) {
    if (stage != Stage.ENDED) {
      Kind kind = timedOut ? Kind.TIMED_OUT : Kind.NOT_RUN;
      finish(new Outcome(kind, 0, reason, ownLack && !timedOut));
    }
  }

  /** Whether there is an outcome. */
  public boolean hasEnded() {
    return stage == Stage.ENDED;
  }

  private void finish(Outcome outcome) {
    stage = Stage.ENDED;
    timer.disarm();
    done.accept(outcome);
  }
}
