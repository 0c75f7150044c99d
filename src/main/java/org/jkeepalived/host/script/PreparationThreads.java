package org.jkeepalived.host.script;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerState;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what may never answer, looking at a program on a network's file system or asking for an
 * account, away from the loop that owns it. One thread does it all as long as everything answers;
 * where one is stuck, another takes over, and only what it is stuck with is put off. The one that
 * would take over is always there: when files hang, there may be no memory for a thread either.
 *
 * <p>What only takes its time, on a busy machine, has others go on after {@link #SLOW_NANOS}, and
 * that is all: more for the same subject waits for it. After {@link #STUCK_NANOS} it counts as
 * stuck, which is logged.
 */
final class PreparationThreads<T> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PreparationThreads.class);

  private static final FailureRule RULE =
      FailureRule.goOnOrHang("what it was asked for is not done; another thread takes over");

  static final long SLOW_NANOS = 250_000_000L;
  static final long STUCK_NANOS = 2_000_000_000L;
  private static final int MOST_THREADS = 64;

  private final Owners owners;
  private final EventLoop loop;
  private final Function<Throwable, T> whenFailed;
  private final long stuckNanos;
  private final Queue<Task> queue = new ConcurrentLinkedQueue<>();
  private final TimerQueue.Timer looking;

  // all below belong to the loop
  private final Set<Task> inProgress = new LinkedHashSet<>();
  private final Set<String> slow = new LinkedHashSet<>();
  private final Set<String> stuck = new LinkedHashSet<>();

  /** What waits for something slow that is done for the same subject. */
  private final List<Task> held = new ArrayList<>();

  private Optional<OwnerThread> working;
  private Optional<OwnerThread> spare;

  private enum Stage {
    WAITING,
    BEGUN,
    /** Its thread ends after it: another has taken over. */
    REPLACED,
    DONE
  }

  private final class Task {
    final String subject;
    final Supplier<T> work;
    final Consumer<T> then;
    final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);

    /** Means something from {@link Stage#BEGUN} on. */
    volatile long begunNanos;

    Task(String subject, Supplier<T> work, Consumer<T> then) {
      this.subject = subject;
      this.work = work;
      this.then = then;
    }

    /** Whether another thread has taken over, and it is still not done. */
    boolean isSlowFor(String whom) {
      return stage.get() == Stage.REPLACED && subject.equals(whom);
    }

    /** On a thread of its own. */
    void run(OwnerThread worker) {
      begunNanos = loop.readClock();
      stage.set(Stage.BEGUN);
      try {
        end(worker, work.get());
      } catch (Throwable failure) {
        // whoever waits for it is answered; the thread's root says what it was
        end(worker, whenFailed.apply(failure));
        throw failure;
      }
    }

    private void end(OwnerThread worker, T result) {
      if (!stage.compareAndSet(Stage.BEGUN, Stage.DONE)) {
        worker.loop().stop();
      }
      loop.execute(() -> finished(this, result));
    }
  }

  /**
   * @param owners makes the threads
   * @param loop the loop that this lives on
   * @param whenFailed the result of what throws
   */
  PreparationThreads(Owners owners, EventLoop loop, Function<Throwable, T> whenFailed) {
    this(owners, loop, whenFailed, STUCK_NANOS);
  }

  PreparationThreads(
      Owners owners, EventLoop loop, Function<Throwable, T> whenFailed, long stuckNanos) {
    this.stuckNanos = stuckNanos;
    this.owners = owners;
    this.loop = loop;
    this.whenFailed = whenFailed;
    looking = loop.timers().timer((deadline, now) -> look());
    working = startThread();
    spare = startThread();
  }

  /** Whether something that is done for this subject has not ended for {@link #STUCK_NANOS}. */
  boolean isStuck(String subject) {
    return stuck.contains(subject);
  }

  /**
   * Does something soon. Call it on the loop's thread.
   *
   * @param subject what it is done for, such as a program's name
   * @param work what is done, elsewhere
   * @param then gets the result, on the loop's thread
   */
  void submit(String subject, Supplier<T> work, Consumer<T> then) {
    Task task = new Task(subject, work, then);
    inProgress.add(task);
    if (slow.contains(subject)) {
      held.add(task);
    } else {
      begin(task);
    }
    if (!looking.isArmed()) {
      looking.arm(loop.nowNanos() + SLOW_NANOS);
    }
  }

  private void begin(Task task) {
    queue.add(task);
    if (isWorking()) {
      give(working.get());
    } else {
      takeOver();
    }
  }

  private boolean isWorking() {
    return working
        .filter(worker -> worker.state().condition() == OwnerState.Condition.RUNNING)
        .isPresent();
  }

  /** Has a thread do one task; which one, is decided when it comes to it. */
  private void give(OwnerThread worker) {
    worker.execute(
        () -> {
          Task task = queue.poll();
          if (task != null) {
            task.run(worker);
          }
        });
  }

  /** The spare thread does what waits; another one is made to be spare. */
  private void takeOver() {
    int waiting = queue.size();
    working = spare.or(this::startThread);
    spare = Optional.empty();
    haveSpare();
    working.ifPresent(
        worker -> {
          for (int i = 0; i < waiting; i++) {
            give(worker);
          }
        });
  }

  private void haveSpare() {
    long replaced = inProgress.stream().filter(task -> task.stage.get() == Stage.REPLACED).count();
    if (spare.isEmpty() && replaced + 2 <= MOST_THREADS) {
      spare = startThread();
    }
  }

  private Optional<OwnerThread> startThread() {
    try {
      return Optional.of(owners.make("script-files", RULE).start());
    } catch (SystemCallException | OutOfMemoryError e) {
      LOG.error("no thread to look at programs: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private void finished(Task task, T result) {
    inProgress.remove(task);
    if (task.stage.get() == Stage.REPLACED) {
      haveSpare();
      if (inProgress.stream().noneMatch(other -> other.isSlowFor(task.subject))) {
        goOn(task.subject);
      }
    }
    task.then.accept(result);
  }

  private void goOn(String subject) {
    slow.remove(subject);
    if (stuck.remove(subject)) {
      LOG.info("{}: could be looked at again", subject);
    }
    List<Task> freed = held.stream().filter(task -> task.subject.equals(subject)).toList();
    held.removeAll(freed);
    freed.forEach(this::begin);
  }

  private void look() {
    long nowNanos = loop.readClock();
    for (Task task : List.copyOf(inProgress)) {
      if (task.stage.get() == Stage.BEGUN
          && nowNanos - task.begunNanos > SLOW_NANOS
          && spare.isPresent()
          && task.stage.compareAndSet(Stage.BEGUN, Stage.REPLACED)) {
        slow.add(task.subject);
        hold(task.subject);
        takeOver();
      }
      if (task.isSlowFor(task.subject)
          && nowNanos - task.begunNanos > stuckNanos
          && stuck.add(task.subject)) {
        LOG.warn(
            "{}: its file system, or whoever knows its user, has not answered for {} seconds",
            task.subject,
            stuckNanos / 1_000_000_000L);
      }
    }
    if (!isWorking()) {
      takeOver();
    }
    if (!inProgress.isEmpty()) {
      looking.arm(nowNanos + SLOW_NANOS);
    }
  }

  /** Whatever else is to be done for it would keep one more thread. */
  private void hold(String subject) {
    for (Task task : List.copyOf(queue)) {
      if (task.subject.equals(subject) && queue.remove(task)) {
        held.add(task);
      }
    }
  }

  /** Ends the threads; one that is stuck ends when it can. */
  @Override
  public void close() {
    looking.disarm();
    queue.clear();
    held.clear();
    working.ifPresent(worker -> worker.execute(worker.loop()::stop));
    spare.ifPresent(worker -> worker.execute(worker.loop()::stop));
  }
}
