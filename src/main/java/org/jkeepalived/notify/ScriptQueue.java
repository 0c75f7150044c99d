package org.jkeepalived.notify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jkeepalived.script.CommandRunner.Run;
import org.jkeepalived.script.Outcome;
import org.jkeepalived.time.TimerQueue.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notify scripts of one instance, group or virtual server: one after the other, in the order of
 * the events. Whatever is left out, the last state of each subject is not.
 *
 * <p>keepalived starts them all at once, so that the script for BACKUP may overtake the one for
 * MASTER. Here one waits for the other, and so a script that hangs must not be waited for without
 * end: it is ended {@link #MOST_NANOS_OVERTAKEN} after something newer has happened, and what is
 * then out of date is not run any more; of a virtual server and its real servers everything is run,
 * until {@link #MOST_WAITING_AT_ALL} wait. A script that only its own event's {@code notify} waits
 * for may take {@link #MOST_NANOS_ALONE}, and one that nobody waits for as long as it likes.
 */
final class ScriptQueue {

  static final int MOST_WAITING = 64;
  static final int MOST_WAITING_AT_ALL = 4_096;
  static final long WARN_NANOS = 10_000_000_000L;
  static final long MOST_NANOS_OVERTAKEN = 30_000_000_000L;
  static final long MOST_NANOS_ALONE = 600_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(ScriptQueue.class);

  private final NotifyContext context;
  private final Runnable whenIdle;
  private final Deque<Job> waiting = new ArrayDeque<>();
  private final Timer patience;
  private Optional<Running> running = Optional.empty();

  /** A script that runs, and since when others wait for it. */
  private static final class Running {
    final Job job;
    final long startedNanos;
    Optional<Run> run = Optional.empty();
    Optional<Long> awaitedSinceNanos = Optional.empty();
    Optional<Long> endByNanos = Optional.empty();
    boolean warned;
    boolean ending;

    Running(Job job, long startedNanos) {
      this.job = job;
      this.startedNanos = startedNanos;
    }
  }

  /**
   * @param whenIdle called each time that nothing runs and nothing waits any more
   */
  ScriptQueue(NotifyContext context, Runnable whenIdle) {
    this.context = context;
    this.whenIdle = whenIdle;
    this.patience = context.timers().timer((deadlineNanos, nowNanos) -> lookAt(nowNanos));
  }

  boolean isIdle() {
    return running.isEmpty() && waiting.isEmpty();
  }

  void add(Event event) {
    List<Job> jobs = Job.of(event);
    if (jobs.isEmpty() || isToldAlready(event)) {
      return;
    }
    waiting.addAll(jobs);
    if (waiting.size() > MOST_WAITING_AT_ALL) {
      dropSuperseded("too many wait", anyEvent -> true);
    } else if (waiting.size() > MOST_WAITING) {
      dropSuperseded("too many wait", Event::isOvertaken);
    }
    running.ifPresent(this::awaited);
    startNext();
  }

  /** A script that is about to be told of a lower priority need not be told of the next one. */
  private boolean isToldAlready(Event event) {
    return !event.isState()
        && !waiting.isEmpty()
        && !waiting.getLast().event().isState()
        && waiting.getLast().event().scripts().equals(event.scripts());
  }

  private void startNext() {
    if (running.isPresent()) {
      return;
    }
    patience.disarm();
    Job job = waiting.poll();
    if (job == null) {
      whenIdle.run();
      return;
    }
    Running next = new Running(job, context.nowNanos());
    running = Optional.of(next);
    LOG.debug("{} starts", job.order().label());
    next.run = Optional.of(context.runner().start(job.order(), outcome -> ended(next, outcome)));
    if (!waiting.isEmpty()) {
      awaited(next);
    }
  }

  private void ended(Running ended, Outcome outcome) {
    running = Optional.empty();
    log(ended, outcome);
    startNext();
  }

  /** COMPAT: keepalived says nothing of a notify script that fails. */
  private static void log(Running ended, Outcome outcome) {
    String label = ended.job.order().label();
    switch (outcome.kind()) {
      case EXITED -> {
        if (!outcome.succeeded()) {
          LOG.info("{} exited with status {}", label, outcome.number());
        }
      }
      case SIGNALLED -> LOG.info("{} was ended by signal {}", label, outcome.number());
      case TIMED_OUT -> LOG.warn("{} took too long", label);
      case NOT_RUN -> LOG.warn("{} cannot be run: {}", label, outcome.reason());
    }
  }

  /** Something waits for what runs. */
  private void awaited(Running now) {
    long nowNanos = context.nowNanos();
    if (now.awaitedSinceNanos.isEmpty()) {
      now.awaitedSinceNanos = Optional.of(nowNanos);
    }
    // its own event's notify script may wait long, a newer event not
    boolean overtaken = !waiting.isEmpty() && waiting.getLast().event() != now.job.event();
    long endByNanos =
        overtaken ? nowNanos + MOST_NANOS_OVERTAKEN : now.startedNanos + MOST_NANOS_ALONE;
    if (now.endByNanos.isEmpty() || endByNanos - now.endByNanos.get() < 0) {
      now.endByNanos = Optional.of(endByNanos);
    }
    lookAt(nowNanos);
  }

  private void lookAt(long nowNanos) {
    if (running.isEmpty() || running.get().ending) {
      return;
    }
    Running now = running.get();
    long endByNanos = now.endByNanos.orElse(nowNanos + MOST_NANOS_ALONE);
    long warnAtNanos = now.awaitedSinceNanos.orElse(nowNanos) + WARN_NANOS;
    if (endByNanos - nowNanos <= 0) {
      end(now, nowNanos);
      return;
    }
    if (!now.warned && warnAtNanos - nowNanos <= 0) {
      now.warned = true;
      LOG.warn(
          "{} has been running for {} seconds, {} more wait for it",
          now.job.order().label(),
          seconds(nowNanos - now.startedNanos),
          waiting.size());
    }
    boolean warnFirst = !now.warned && warnAtNanos - endByNanos < 0;
    patience.arm(warnFirst ? warnAtNanos : endByNanos);
  }

  private void end(Running now, long nowNanos) {
    now.ending = true;
    LOG.warn(
        "{} is ended after {} seconds, {} more wait for it",
        now.job.order().label(),
        seconds(nowNanos - now.startedNanos),
        waiting.size());
    dropSuperseded("the script took too long", Event::isOvertaken);
    now.run.ifPresent(Run::end);
  }

  /** What waits for the last state of its subject stays, the rest goes: it is out of date. */
  private void dropSuperseded(String reason, Predicate<Event> which) {
    Map<Subject, Event> last = new HashMap<>();
    for (Job job : waiting) {
      if (job.event().isState()) {
        last.put(job.event().subject(), job.event());
      }
    }
    Set<Subject> current = new HashSet<>();
    List<Job> kept = new ArrayList<>();
    for (Job job : waiting) {
      Subject subject = job.event().subject();
      if (last.get(subject) == job.event()) {
        current.add(subject);
      }
      if (!last.containsKey(subject) || current.contains(subject) || !which.test(job.event())) {
        kept.add(job);
      }
    }
    int dropped = waiting.size() - kept.size();
    if (dropped > 0) {
      LOG.warn(
          "({}) {} notify scripts for former states are left out: {}",
          kept.get(0).event().scriptQueue().name(),
          dropped,
          reason);
      waiting.clear();
      waiting.addAll(kept);
    }
  }

  /**
   * The daemon stops: of what may be left out only the last state is still told, and what runs now
   * may run until then.
   *
   * @param endByNanos when to end what runs, if anything waits for it
   */
  void finish(long endByNanos) {
    dropSuperseded("the daemon stops", Event::isOvertaken);
    if (running.isPresent() && !waiting.isEmpty()) {
      running.get().endByNanos = Optional.of(endByNanos);
      lookAt(context.nowNanos());
    }
  }

  /** The daemon waits no longer. */
  void abandon() {
    if (!waiting.isEmpty()) {
      LOG.warn(
          "({}) {} notify scripts are not run: the daemon stops",
          waiting.getLast().event().scriptQueue().name(),
          waiting.size());
      waiting.clear();
    }
    running.flatMap(now -> now.run).ifPresent(Run::end);
  }

  private static long seconds(long nanos) {
    return nanos / 1_000_000_000L;
  }
}
