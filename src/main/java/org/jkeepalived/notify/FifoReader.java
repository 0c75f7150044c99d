package org.jkeepalived.notify;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.CommandRunner.Order;
import org.jkeepalived.script.CommandRunner.Run;
import org.jkeepalived.script.Outcome;
import org.jkeepalived.time.TimerQueue.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The script that reads from a FIFO, as long as it is wanted.
 *
 * <p>keepalived does not start a script again that dies. Here the script comes back, later each
 * time, unless it has ended with 0: then it wanted to, or reads on in the background.
 */
final class FifoReader {

  static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
  static final long LONGEST_PAUSE_NANOS = 60_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(FifoReader.class);

  /** Whose reader it is. */
  interface Owner {
    /** The script is about to run again, and has forgotten what it has heard. */
    void returns();

    /** The script has ended as it was told to. */
    void hasStopped();
  }

  private final Order order;
  private final String name;
  private final NotifyContext context;
  private final Owner owner;
  private final Timer pause;
  private Optional<Run> run = Optional.empty();
  private long startedNanos;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private Optional<Outcome> lastOutcome = Optional.empty();
  private boolean stopping;

  /**
   * @param name what keepalived's log lines call it, such as {@code vrrp notify fifo}
   * @param path the FIFO, its last argument
   */
  FifoReader(String name, String path, Command command, NotifyContext context, Owner owner) {
    this.name = name;
    this.order = new Order(name + " script", command, List.of(path), OptionalLong.empty());
    this.context = context;
    this.owner = owner;
    this.pause = context.timers().timer((deadlineNanos, nowNanos) -> comeBack());
  }

  void start() {
    startedNanos = context.nowNanos();
    run = Optional.of(context.runner().start(order, this::ended));
  }

  private void comeBack() {
    if (lastOutcome.map(Outcome::kind).filter(kind -> kind == Outcome.Kind.NOT_RUN).isEmpty()) {
      owner.returns();
    }
    if (!stopping) {
      start();
    }
  }

  private void ended(Outcome outcome) {
    run = Optional.empty();
    if (stopping) {
      owner.hasStopped();
      return;
    }
    long nowNanos = context.nowNanos();
    if (nowNanos - startedNanos >= LONGEST_PAUSE_NANOS) {
      pauseNanos = FIRST_PAUSE_NANOS;
      lastOutcome = Optional.empty();
    }
    boolean news = !lastOutcome.equals(Optional.of(outcome));
    lastOutcome = Optional.of(outcome);
    if (outcome.succeeded()) {
      LOG.info("{} script terminated", name);
      return;
    }
    if (news) {
      LOG.warn(
          "{} script terminated ({}); it is started again until it runs", name, words(outcome));
    }
    pause.arm(nowNanos + pauseNanos);
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }

  private static String words(Outcome outcome) {
    return switch (outcome.kind()) {
      case EXITED -> "exited with status " + outcome.number();
      case SIGNALLED -> "signal " + outcome.number();
      case TIMED_OUT -> "took too long";
      case NOT_RUN -> outcome.reason();
    };
  }

  /** Ends the script; {@link Owner#hasStopped} is called, perhaps at once. */
  void stop() {
    if (stopping) {
      return;
    }
    stopping = true;
    pause.disarm();
    if (run.isPresent()) {
      run.get().end();
    } else {
      owner.hasStopped();
    }
  }

  /** Whether the script runs. */
  boolean isRunning() {
    return run.isPresent();
  }
}
