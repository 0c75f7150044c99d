package org.jkeepalived.notify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.script.CommandRunner.Run;
import org.jkeepalived.script.Outcome;
import org.jkeepalived.time.TimerQueue.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notify scripts of one instance, group, virtual server or real server: one after the other, in
 * the order of the events. Whatever is left out, the last state is not.
 *
 * <p>keepalived starts them all at once, so that the script for BACKUP may overtake the one for
 * MASTER. Here one waits for the other, and so a script that hangs must not be waited for without
 * end: it is ended {@link #MOST_NANOS_OVERTAKEN} after something newer has happened, or somebody
 * else has begun to wait for its place, and what is then out of date is not run any more. A script
 * that only its own event's {@code notify} waits for may take {@link #MOST_NANOS_ALONE}, and one
 * that nobody waits for as long as it likes.
 */
final class ScriptQueue {

  static final int MOST_WAITING = 64;
  static final long WARN_NANOS = 10_000_000_000L;
  static final long MOST_NANOS_OVERTAKEN = 30_000_000_000L;
  static final long MOST_NANOS_ALONE = 600_000_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(ScriptQueue.class);

  private final NotifyContext context;
  private final Subject owner;
  private final ScriptPlaces places;
  private final Precedence precedence;
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
   * @param owner whose scripts they are
   * @param whenIdle called each time that nothing runs and nothing waits any more
   */
  ScriptQueue(NotifyContext context, Subject owner, ScriptPlaces places, Runnable whenIdle) {
    this.context = context;
    this.owner = owner;
    this.places = places;
    this.whenIdle = whenIdle;
    this.precedence = new Precedence(context, this::startNext);
    this.patience = context.timers().timer((deadlineNanos, nowNanos) -> lookAt(nowNanos));
  }

  Subject owner() {
    return owner;
  }

  boolean isIdle() {
    return running.isEmpty() && waiting.isEmpty();
  }

  /**
   * @param before whose scripts go first, for a moment
   */
  void add(Event event, List<ScriptQueue> before) {
    List<Job> jobs = Job.of(event);
    if (jobs.isEmpty() || isToldAlready(event)) {
      return;
    }
    precedence.letGoFirst(before);
    waiting.addAll(jobs);
    places.waitingChanged(jobs.size());
    if (waiting.size() > MOST_WAITING || places.isCrowded()) {
      dropSuperseded("too many wait");
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

  /** A queue that was let go first has nothing to run any more. */
  void mayGoBefore(ScriptQueue idle) {
    precedence.ended(idle);
  }

  /** Starts what has waited longest, if nothing runs and nobody else goes first. */
  void startNext() {
    if (running.isPresent()) {
      return;
    }
    patience.disarm();
    if (waiting.isEmpty()) {
      whenIdle.run();
    } else if (precedence.isNone() && places.take(this)) {
      start(waiting.remove());
    }
  }

  private void start(Job job) {
    places.waitingChanged(-1);
    Running next = new Running(job, context.nowNanos());
    running = Optional.of(next);
    LOG.debug("{} starts", job.order().label());
    next.run = Optional.of(context.runner().start(job.order(), outcome -> ended(next, outcome)));
    if (isAwaited()) {
      awaited(next);
    }
  }

  private boolean isAwaited() {
    return !waiting.isEmpty() || places.wanted() > 0;
  }

  /** Another queue waits for the place that this one's script has. */
  void placeIsWanted() {
    running.ifPresent(this::awaited);
  }

  private void ended(Running ended, Outcome outcome) {
    running = Optional.empty();
    log(ended, outcome);
    places.giveBack(this);
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
    boolean overtaken =
        places.wanted() > 0 || !waiting.isEmpty() && waiting.getLast().event() != now.job.event();
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
    if (!isAwaited()) {
      // whoever waited for its place has got another one
      now.awaitedSinceNanos = Optional.empty();
      now.endByNanos = Optional.empty();
      return;
    }
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
          waiting.size() + places.wanted());
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
        waiting.size() + places.wanted());
    dropSuperseded("the script took too long");
    now.run.ifPresent(Run::end);
  }

  /** What waits for the last state, or came after it, stays; the rest goes: it is out of date. */
  private void dropSuperseded(String reason) {
    Optional<Event> last =
        waiting.stream().map(Job::event).filter(Event::isState).reduce((former, latter) -> latter);
    int before = waiting.size();
    while (last.isPresent() && waiting.getFirst().event() != last.get()) {
      waiting.removeFirst();
    }
    int dropped = before - waiting.size();
    if (dropped > 0) {
      places.waitingChanged(-dropped);
      LOG.warn(
          "({}) {} notify scripts for former states are left out: {}",
          owner.name(),
          dropped,
          reason);
    }
  }

  /**
   * The daemon stops: only the last state is still told, and what runs now may run until then.
   *
   * @param endByNanos when to end what runs, if anything waits for it
   */
  void finish(long endByNanos) {
    dropSuperseded("the daemon stops");
    if (running.isPresent() && isAwaited()) {
      running.get().endByNanos = Optional.of(endByNanos);
      lookAt(context.nowNanos());
    }
  }

  /** The daemon waits no longer. */
  void abandon() {
    if (!waiting.isEmpty()) {
      LOG.warn(
          "({}) {} notify scripts are not run: the daemon stops", owner.name(), waiting.size());
      places.waitingChanged(-waiting.size());
      places.leaveLine(this);
      precedence.forget();
      waiting.clear();
    }
    running.flatMap(now -> now.run).ifPresent(Run::end);
  }

  private static long seconds(long nanos) {
    return nanos / 1_000_000_000L;
  }
}
