package org.jkeepalived.host.track;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.TrackTarget;
import org.jkeepalived.model.TrackingInstances;
import org.jkeepalived.script.CommandRunner;
import org.jkeepalived.status.TrackerStatus;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.track.Condition;
import org.jkeepalived.track.ScriptCheck;
import org.jkeepalived.track.ScriptRuns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs every {@code vrrp_script} that somebody tracks, and tells the VRRP thread what they say.
 * Lives on the scripts' thread, as its runner does.
 */
public final class ScriptChecks {

  private static final Logger LOG = LoggerFactory.getLogger(ScriptChecks.class);

  /**
   * Between the first runs of two scripts: they keep that distance ever after, so that hundreds of
   * the same interval do not all start in the same moment.
   */
  private static final long APART_NANOS = 1_000_000L;

  /** The last one of however many runs no later than that. */
  private static final long ALL_WITHIN_NANOS = 1_000_000_000L;

  private final TimerQueue timers;
  private final LongSupplier nowNanos;
  private final CommandRunner runner;
  private final Executor vrrp;
  private final BiConsumer<TrackTarget, Condition> listener;
  private final Map<String, Check> checks = new LinkedHashMap<>();

  /**
   * @param timers those of the thread that it lives on
   * @param nowNanos that thread's clock
   * @param vrrp the thread that {@code listener} is called on
   * @param listener hears what a script says, for the first time and whenever that changes
   */
  public ScriptChecks(
      TimerQueue timers,
      LongSupplier nowNanos,
      CommandRunner runner,
      Executor vrrp,
      BiConsumer<TrackTarget, Condition> listener) {
    this.timers = timers;
    this.nowNanos = nowNanos;
    this.runner = runner;
    this.vrrp = vrrp;
    this.listener = listener;
  }

  /**
   * Runs the scripts of a configuration from now on. One that ran already goes on as if nothing had
   * happened; one that is gone is ended.
   */
  public void run(Configuration configuration) {
    Map<String, ScriptTracker> wanted = tracked(configuration);
    checks.entrySet().removeIf(one -> !wanted.containsKey(one.getKey()) && one.getValue().end());
    List<ScriptTracker> fresh =
        wanted.values().stream().filter(script -> !checks.containsKey(script.name())).toList();
    wanted.values().stream()
        .filter(script -> checks.containsKey(script.name()))
        .forEach(script -> checks.get(script.name()).reconfigure(script));
    long apartNanos = Math.min(APART_NANOS, ALL_WITHIN_NANOS / Math.max(1, fresh.size()));
    long nextNanos = nowNanos.getAsLong();
    for (ScriptTracker script : fresh) {
      Check check = new Check(script);
      checks.put(script.name(), check);
      check.next.arm(nextNanos);
      nextNanos += apartNanos;
    }
  }

  /** Ends what runs, and runs nothing more. */
  public void end() {
    checks.values().forEach(Check::end);
    checks.clear();
  }

  /** How they go. */
  public TrackerStatus look() {
    Map<String, TrackerStatus.Script> found = new LinkedHashMap<>();
    checks.forEach((name, one) -> found.put(name, TrackerStatus.Script.of(one.check, one.runs)));
    return TrackerStatus.ofScripts(found);
  }

  /** COMPAT: a script that nobody tracks is not run. */
  private static Map<String, ScriptTracker> tracked(Configuration configuration) {
    TrackingInstances instances = TrackingInstances.of(configuration);
    Map<String, ScriptTracker> found = new LinkedHashMap<>();
    for (ScriptTracker script : configuration.trackers().scripts()) {
      if (instances.isTracked(script.target())) {
        found.put(script.name(), script);
      }
    }
    return found;
  }

  /** One script's check, and its effects made real. */
  private final class Check implements ScriptCheck.Effects {
    private final TrackTarget target;
    private final ScriptCheck check;
    private final ScriptRuns runs = new ScriptRuns();
    private final TimerQueue.Timer next;
    private final TimerQueue.Timer timeout;
    private Optional<CommandRunner.Run> run = Optional.empty();
    private boolean ended;

    Check(ScriptTracker script) {
      target = script.target();
      check = new ScriptCheck(script, this);
      next = timers.timer((deadline, now) -> guard(() -> check.due(deadline, now)));
      timeout = timers.timer((deadline, now) -> guard(check::overdue));
    }

    void reconfigure(ScriptTracker changed) {
      check
          .condition()
          .ifPresent(
              known ->
                  log(
                      "VRRP_Script("
                          + changed.name()
                          + ") considered "
                          + (known.up() ? "successful" : "unsuccessful")
                          + " on reload"));
      if (!changed.equals(check.script())) {
        check.reconfigure(changed, nowNanos.getAsLong());
      }
    }

    /**
     * A failure of our own code is one of the script that it concerns: it never passes silently.
     */
    private void guard(Runnable step) {
      try {
        step.run();
      } catch (RuntimeException bug) {
        LOG.error("VRRP_Script({}) internal error, please report it", target.name(), bug);
        report(Condition.DOWN);
      }
    }

    boolean end() {
      ended = true;
      next.disarm();
      timeout.disarm();
      run.ifPresent(CommandRunner.Run::end);
      return true;
    }

    @Override
    public void run(ScriptTracker script) {
      runs.begun(nowNanos.getAsLong());
      run =
          Optional.of(
              runner.start(
                  new CommandRunner.Order(
                      "VRRP_Script(" + script.name() + ")",
                      script.command(),
                      List.of(),
                      OptionalLong.of(script.timeoutNanos())),
                  outcome -> {
                    run = Optional.empty();
                    runs.ended(outcome.succeeded(), nowNanos.getAsLong());
                    if (!ended) {
                      guard(() -> check.finished(outcome));
                    }
                  }));
    }

    @Override
    public void armNext(long deadlineNanos) {
      next.arm(deadlineNanos);
    }

    @Override
    public void armTimeout(long deadlineNanos) {
      timeout.arm(deadlineNanos);
    }

    @Override
    public void disarmTimeout() {
      timeout.disarm();
    }

    @Override
    public void report(Condition condition) {
      vrrp.execute(() -> listener.accept(target, condition));
    }

    @Override
    public void log(String message) {
      LOG.info("{}", message);
    }
  }
}
