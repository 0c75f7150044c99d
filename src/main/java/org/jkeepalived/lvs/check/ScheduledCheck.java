package org.jkeepalived.lvs.check;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;

/**
 * One check as it runs: when it asks, when a failure counts, when a server is well again. Lives on
 * one thread; it reads no clock but the loop's, and what it asks is its {@link Checker}'s.
 *
 * <p>COMPAT: the first failure counts at once if nothing was heard of the server before, with most
 * kinds of checks; a server that is down is asked without retries.
 */
public final class ScheduledCheck implements RunningCheck {

  private static final long FIRST_NANOS = 1_000_000_000L;

  /** What all checks of a thread share. */
  public record Surroundings(
      TimerQueue timers, NanoClock clock, RandomGenerator random, CheckLog log) {}

  private final Checker checker;
  private final CheckSchedule schedule;
  private final Listener listener;
  private final Surroundings around;
  private final TimerQueue.Timer next;

  private boolean up;

  /** Whether anything was heard of the server since the start. */
  private boolean heard;

  private boolean ended;
  private int question;
  private long tries;
  private OptionalLong weight = OptionalLong.empty();
  private Optional<Asking> asking = Optional.empty();

  /** Answers to questions of earlier turns do not count: they were given up. */
  private long turn;

  private long beganNanos;
  private final CheckFigures figures;

  /**
   * @param up whether it is up at first
   */
  public ScheduledCheck(
      Checker checker, CheckSchedule schedule, boolean up, Listener listener, Surroundings around) {
    this.checker = checker;
    this.schedule = schedule;
    this.listener = listener;
    this.around = around;
    this.up = up;
    figures = new CheckFigures(checker.kind());
    next = around.timers().timer((deadline, now) -> ask(now));
  }

  @Override
  public void start(long nowNanos) {
    next.arm(nowNanos + warmUpNanos());
  }

  private long warmUpNanos() {
    return schedule.warmupNanos() == 0
        ? FIRST_NANOS
        : around.random().nextLong(schedule.warmupNanos());
  }

  /** Runs as soon as after a start, not only when the interval is over; unless it runs now. */
  public void hasten(long nowNanos) {
    if (asking.isEmpty() && !ended) {
      start(nowNanos);
    }
  }

  @Override
  public void suspend() {
    next.disarm();
    turn++;
    asking.ifPresent(Asking::cancel);
    asking = Optional.empty();
    question = 0;
    tries = 0;
  }

  @Override
  public void resume(long nowNanos) {
    if (!ended) {
      suspend();
      heard = false;
      start(nowNanos);
    }
  }

  @Override
  public void end() {
    ended = true;
    suspend();
  }

  @Override
  public boolean isUp() {
    return up;
  }

  @Override
  public CheckLook look() {
    return look(up, 1);
  }

  /**
   * The same; callable from any thread.
   *
   * @param isUp whether it is up for whoever looks
   * @param sharers how many real servers have it together
   */
  public CheckLook look(boolean isUp, int sharers) {
    return figures.look(isUp, OptionalLong.empty(), sharers);
  }

  private void ask(long nowNanos) {
    long asked = ++turn;
    beganNanos = nowNanos;
    Consumer<Answer> done =
        answer -> {
          if (asked == turn) {
            asking = Optional.empty();
            answered(answer, around.clock().nowNanos());
          }
        };
    asking = Optional.of(checker.ask(question % checker.course().questions(), done));
  }

  private void answered(Answer answer, long nowNanos) {
    if (answer instanceof Answer.NotAsked) {
      armNextRun(nowNanos);
      return;
    }
    if (answer instanceof Answer.Failure failure) {
      figures.failed(failure.reason(), nowNanos, nowNanos - beganNanos);
      failed(failure, nowNanos);
    } else if (answer instanceof Answer.Success success) {
      figures.succeeded(nowNanos, nowNanos - beganNanos);
      succeeded(success, nowNanos);
    }
  }

  private void succeeded(Answer.Success success, long nowNanos) {
    tries = 0;
    success.remarks().forEach(around.log()::line);
    if (!up && heard) {
      success.recovery().forEach(around.log()::line);
    }
    Checker.Course course = checker.course();
    question++;
    if (question < course.questions() + (up ? 0 : course.more())) {
      next.arm(up || course.recoversFast() ? nowNanos : nowNanos + schedule.intervalNanos());
      return;
    }
    armNextRun(nowNanos);
    boolean news = !up || !heard;
    boolean wasUp = up;
    up = true;
    heard = true;
    if (news && !checker.wellLine().isEmpty()) {
      around.log().line(checker.wellLine());
    }
    weigh(success.weight());
    if (ended) {
      return;
    }
    if (!wasUp) {
      listener.succeeded(checker.wellMail());
    }
    listener.judged(true, checker.wellMail());
  }

  private void failed(Answer.Failure failure, long nowNanos) {
    if (up && (heard || checker.retriesAtFirst()) && tries < schedule.retries()) {
      tries++;
      next.arm(nowNanos + schedule.retryNanos());
      log(failure, Answer.Stage.RETRIED);
      return;
    }
    armNextRun(nowNanos);
    if (up || !heard) {
      log(failure, heard ? Answer.Stage.LAST : Answer.Stage.FIRST);
    }
    boolean wasUp = up;
    up = false;
    heard = true;
    if (wasUp) {
      listener.failed(failure.mail());
    }
    if (failure.givesBack() && !ended) {
      weigh(OptionalLong.empty());
    }
    if (!ended) {
      listener.judged(false, failure.mail());
    }
  }

  private void armNextRun(long nowNanos) {
    question = 0;
    tries = 0;
    long beat = checker.course().byBeat() ? beganNanos : nowNanos;
    long due = beat + schedule.intervalNanos();
    next.arm(due - nowNanos > 0 ? due : nowNanos);
  }

  private void weigh(OptionalLong wanted) {
    if (!wanted.equals(weight)) {
      weight = wanted;
      listener.weighs(wanted);
    }
  }

  private void log(Answer.Failure failure, Answer.Stage stage) {
    failure.words().lines(stage, schedule.logsAllFailures()).forEach(around.log()::line);
  }
}
