package org.jkeepalived.host.track;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.model.ProcessTracker;
import org.jkeepalived.model.ReceiveBuffer;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.status.TrackerStatus;
import org.jkeepalived.track.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether the tracked processes run, as soon as that changes. A thread of its own, {@code
 * processes}, hears of all processes of the machine: on a busy one that is much. It is started with
 * the first tracked process.
 */
public final class ProcessWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessWatch.class);

  private static final FailureRule RULE =
      FailureRule.goOnOrHang(
          "processes are not tracked any more, what was known last counts; restart the daemon");

  private final Owners owners;
  private final Executor vrrp;
  private final BiConsumer<TrackTarget, Condition> listener;
  private final Map<TrackTarget, Condition> conditions = new ConcurrentHashMap<>();

  /** Only the caller of {@link #reload} changes them. */
  private volatile Optional<OwnerThread> thread = Optional.empty();

  private volatile Optional<ProcessReports> reports = Optional.empty();

  /**
   * @param owners makes the thread
   * @param vrrp the thread on which the listener hears
   * @param listener hears each tracker's condition when it is first known, and whenever it changes
   */
  public ProcessWatch(Owners owners, Executor vrrp, BiConsumer<TrackTarget, Condition> listener) {
    this.owners = owners;
    this.vrrp = vrrp;
    this.listener = listener;
  }

  /**
   * Tracks these processes from now on; a tracker that has not changed goes on undisturbed.
   *
   * @param buffer how much room there is for the kernel's reports, at least
   * @return done when each tracker's condition is known, and told
   */
  public CompletableFuture<Void> reload(List<ProcessTracker> trackers, ReceiveBuffer buffer) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (reports.isEmpty() && !trackers.isEmpty()) {
      start();
    }
    if (reports.isEmpty()) {
      done.complete(null);
      return done;
    }
    ProcessReports target = reports.get();
    thread
        .orElseThrow()
        .execute(
            () -> {
              try {
                target.become(trackers, buffer);
                conditions
                    .keySet()
                    .removeIf(
                        thing ->
                            trackers.stream()
                                .noneMatch(tracker -> tracker.name().equals(thing.name())));
              } finally {
                done.complete(null);
              }
            });
    return done;
  }

  private void start() {
    try {
      OwnerThread made = owners.make("processes", RULE);
      reports = Optional.of(new ProcessReports(made.loop(), this::told));
      thread = Optional.of(made.start());
    } catch (SystemCallException e) {
      LOG.error("Processes are not tracked: {}", e.error());
    }
  }

  private void told(ProcessTracker tracker, boolean up, boolean first) {
    if (!first) {
      LOG.info("Quorum {} for tracked process {}", up ? "gained" : "lost", tracker.name());
    }
    TrackTarget target = tracker.target();
    Condition condition = up ? Condition.UP : Condition.DOWN;
    conditions.put(target, condition);
    vrrp.execute(() -> listener.accept(target, condition));
  }

  /** How each tracker's processes are, as far as it is known; callable from any thread. */
  Map<TrackTarget, Condition> conditions() {
    return Map.copyOf(conditions);
  }

  /** How many there are, told by the thread that knows it. Callable from any thread. */
  public CompletableFuture<TrackerStatus> look() {
    Optional<OwnerThread> owner = thread;
    Optional<ProcessReports> known = reports;
    if (owner.isEmpty() || known.isEmpty()) {
      return CompletableFuture.completedFuture(TrackerStatus.UNKNOWN);
    }
    ProcessReports target = known.get();
    return CompletableFuture.supplyAsync(
        () -> {
          Map<String, TrackerStatus.Processes> found = new HashMap<>();
          target.looks().forEach((name, look) -> found.put(name, TrackerStatus.Processes.of(look)));
          return TrackerStatus.ofProcesses(found);
        },
        owner.get());
  }

  @Override
  public void close() {
    thread.ifPresent(
        running -> {
          reports.ifPresent(open -> running.execute(open::close));
          running.close();
        });
    thread = Optional.empty();
    reports = Optional.empty();
  }
}
