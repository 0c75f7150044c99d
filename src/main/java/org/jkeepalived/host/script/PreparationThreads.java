package org.jkeepalived.host.script;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jkeepalived.linux.MonotonicClock;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what may never answer, looking at a program on a network's file system or asking for an
 * account, away from the loop that owns it. One thread does it all as long as everything answers;
 * where one is stuck, another takes over, and only what it is stuck with is put off.
 */
final class PreparationThreads<T> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PreparationThreads.class);

  private static final long STUCK_AFTER_NANOS = 250_000_000L;
  private static final int MOST_THREADS = 64;
  private static final long STACK_BYTES = 1024 * 1024L;

  private final EventLoop loop;
  private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>();
  private final TimerQueue.Timer looking;

  // all below belong to the loop
  private final Set<Task> inProgress = new LinkedHashSet<>();
  private final Set<String> stuck = new LinkedHashSet<>();
  private final Set<Thread> threads = new LinkedHashSet<>();

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
  }

  PreparationThreads(EventLoop loop) {
    this.loop = loop;
    looking = loop.timers().timer((deadline, now) -> look());
  }

  /** Whether something that is done for this subject does not come to its end. */
  boolean isStuck(String subject) {
    return stuck.contains(subject);
  }

  /**
   * Does something soon. Call it on the loop's thread.
   *
   * @param subject what it is done for, such as a program's name
   * @param work what is done, elsewhere; it does not throw
   * @param then gets the result, on the loop's thread
   */
  void submit(String subject, Supplier<T> work, Consumer<T> then) {
    Task task = new Task(subject, work, then);
    inProgress.add(task);
    queue.add(task);
    if (threads.isEmpty()) {
      startThread();
    }
    if (!looking.isArmed()) {
      looking.arm(loop.nowNanos() + STUCK_AFTER_NANOS);
    }
  }

  private void startThread() {
    Thread thread = new Thread(null, this::work, "script-files", STACK_BYTES);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void work() {
    try {
      Stage stage = Stage.DONE;
      while (stage == Stage.DONE) {
        Task task = queue.take();
        task.begunNanos = MonotonicClock.nowNanos();
        task.stage.set(Stage.BEGUN);
        T result = task.work.get();
        task.stage.compareAndSet(Stage.BEGUN, Stage.DONE);
        stage = task.stage.get();
        loop.execute(() -> finished(task, result));
      }
    } catch (InterruptedException closed) {
      return;
    } finally {
      Thread ending = Thread.currentThread();
      loop.execute(() -> threads.remove(ending));
    }
  }

  private void finished(Task task, T result) {
    inProgress.remove(task);
    if (task.stage.get() == Stage.REPLACED) {
      stuck.remove(task.subject);
    }
    task.then.accept(result);
  }

  private void look() {
    long nowNanos = MonotonicClock.nowNanos();
    for (Task task : List.copyOf(inProgress)) {
      if (task.stage.get() == Stage.BEGUN
          && nowNanos - task.begunNanos > STUCK_AFTER_NANOS
          && threads.size() < MOST_THREADS
          && task.stage.compareAndSet(Stage.BEGUN, Stage.REPLACED)) {
        stuck.add(task.subject);
        LOG.warn("{}: its file system, or whoever knows its user, does not answer", task.subject);
        startThread();
      }
    }
    if (!inProgress.isEmpty()) {
      looking.arm(nowNanos + STUCK_AFTER_NANOS);
    }
  }

  /** Ends the threads; one that is stuck ends when it can. */
  @Override
  public void close() {
    looking.disarm();
    threads.forEach(Thread::interrupt);
  }
}
