package org.jkeepalived.track;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.script.Outcome;

/**
 * One {@code vrrp_script}: when it runs, and what its runs say. Events and the time come in,
 * effects go out; it reads no clock and runs nothing.
 *
 * <p>{@link #due} begins it. It runs to a beat of its interval and never beside itself: a run that
 * is still going when the next is due takes its place. The first run decides alone; after that it
 * takes {@code rise} or {@code fall} runs in a row. A run that lasts longer than the timeout counts
 * as failed at that moment, whenever it ends, and once more at each beat that it lasts on: not even
 * a process that cannot be killed keeps a check from failing.
 *
 * <p>A run for which this machine had no process or memory left says nothing of what the script
 * looks at: what it said before goes on to hold.
 */
public final class ScriptCheck {

  /** What a check wants done. Nothing here may block or throw. */
  public interface Effects {

    /** Runs the command; {@link ScriptCheck#finished} tells how it ended. */
    void run(ScriptTracker script);

    /** Has {@link ScriptCheck#due} called. */
    void armNext(long deadlineNanos);

    /** Has {@link ScriptCheck#overdue} called. */
    void armTimeout(long deadlineNanos);

    void disarmTimeout();

    /** The script says something else than before, or something for the first time. */
    void report(Condition condition);

    /** A line that keepalived always logs. */
    void log(String message);
  }

  private enum Run {
    NONE,
    GOING,
    /** Its command is not the script's any more: it does not count. */
    STALE,
    /** It should have ended long ago, and does not count any more. */
    OVERDUE
  }

  private final Effects effects;
  private ScriptTracker script;
  private Run run = Run.NONE;

  /** What has been told of skipped runs since a run ended in time: a hanging script is no flood. */
  private final Set<Run> skipsTold = EnumSet.noneOf(Run.class);

  private Optional<Condition> condition = Optional.empty();

  /** Runs in a row that say something else than {@link #condition}. */
  private int against;

  private int lastStatus;

  /** Why it could not be run, the last time; empty when it could. */
  private String hindrance = "";

  /** Runs that this machine had no process for, in a row and ever. */
  private long lacking;

  private long lacked;

  public ScriptCheck(ScriptTracker script, Effects effects) {
    this.script = Objects.requireNonNull(script);
    this.effects = Objects.requireNonNull(effects);
  }

  public ScriptTracker script() {
    return script;
  }

  /** What it says; empty before the first run has ended. */
  public Optional<Condition> condition() {
    return condition;
  }

  /**
   * How far it is from saying something else, as keepalived counts: 0 to rise + fall − 1; it says
   * that all is well from rise on. The first run takes it to one of the ends.
   */
  public int result() {
    int most = script.rise() + script.fall() - 1;
    boolean up = condition.filter(Condition::up).isPresent();
    return Math.max(0, Math.min(most, up ? most - against : against));
  }

  /** Whether its command runs, in time or not. */
  public boolean isRunning() {
    return run != Run.NONE;
  }

  /** Whether its command runs longer than it may. */
  public boolean isOverdue() {
    return run == Run.OVERDUE;
  }

  /** Why it could not be run the last time; empty when it could. */
  public Optional<String> hindrance() {
    return Optional.of(hindrance).filter(reason -> !reason.isEmpty());
  }

  /** How many runs this machine had no process or memory for, since it was configured. */
  public long lacked() {
    return lacked;
  }

  /** Its next run is due. */
  public void due(long deadlineNanos, long nowNanos) {
    long next = deadlineNanos + script.intervalNanos();
    effects.armNext(next - nowNanos > 0 ? next : nowNanos + script.intervalNanos());
    switch (run) {
      case NONE -> {
        run = Run.GOING;
        effects.armTimeout(nowNanos + script.timeoutNanos());
        effects.run(script);
      }
      case GOING, STALE -> skip("already running");
      case OVERDUE -> {
        skip("being timed out");
        failed("timed_out");
      }
    }
  }

  private void skip(String why) {
    if (skipsTold.add(run)) {
      effects.log("Track script " + script.name() + " is " + why + ", expect idle - skipping run");
    }
  }

  /** The run that is going lasts longer than it may. */
  public void overdue() {
    if (run == Run.GOING || run == Run.STALE) {
      run = Run.OVERDUE;
      failed("timed_out");
    }
  }

  /** The run has ended, and nothing of it is left. */
  public void finished(Outcome outcome) {
    boolean counts = run == Run.GOING;
    run = Run.NONE;
    effects.disarmTimeout();
    if (!counts) {
      return;
    }
    if (outcome.ownLack()) {
      lack(outcome.reason());
      return;
    }
    endLack();
    if (outcome.kind() != Outcome.Kind.TIMED_OUT) {
      skipsTold.clear();
    }
    if (outcome.kind() == Outcome.Kind.EXITED && outcome.number() != lastStatus) {
      lastStatus = outcome.number();
      effects.log("Script `" + script.name() + "` now returning " + outcome.number());
    }
    boolean wasDown = condition.filter(known -> !known.up()).isPresent();
    if (outcome.succeeded()) {
      says(Condition.UP, script.rise(), "succeeded");
    } else {
      failed(inWords(outcome));
    }
    String before = hindrance;
    hindrance = outcome.kind() == Outcome.Kind.NOT_RUN ? outcome.reason() : "";
    if (wasDown && !hindrance.isEmpty() && !hindrance.equals(before)) {
      // it is down already, but now something else has to be repaired
      effects.log("VRRP_Script(" + script.name() + ") cannot be run (" + hindrance + ")");
    }
  }

  private void lack(String reason) {
    lacked++;
    lacking++;
    hindrance = reason;
    if (lacking == 1) {
      effects.log(
          "VRRP_Script("
              + script.name()
              + ") cannot be started ("
              + reason
              + "), "
              + condition
                  .map(known -> "still considered " + (known.up() ? "successful" : "unsuccessful"))
                  .orElse("nothing is known of it"));
    }
  }

  private void endLack() {
    if (lacking > 0) {
      effects.log(
          "VRRP_Script("
              + script.name()
              + ") runs again, "
              + lacking
              + (lacking == 1 ? " run was" : " runs were")
              + " left out");
      lacking = 0;
    }
  }

  private static String inWords(Outcome outcome) {
    return switch (outcome.kind()) {
      case EXITED -> "failed (exited with status " + outcome.number() + ")";
      case SIGNALLED -> "failed (due to signal " + outcome.number() + ")";
      case TIMED_OUT -> "timed_out";
      case NOT_RUN -> "failed (" + outcome.reason() + ")";
    };
  }

  private void failed(String how) {
    says(Condition.DOWN, script.fall(), how);
  }

  /** One more run that says this. COMPAT: the first one is believed, whatever rise and fall are. */
  private void says(Condition said, int needed, String how) {
    if (condition.equals(Optional.of(said))) {
      against = 0;
      return;
    }
    against++;
    if (condition.isPresent() && against < needed) {
      return;
    }
    against = 0;
    condition = Optional.of(said);
    effects.log("VRRP_Script(" + script.name() + ") " + how);
    effects.report(said);
  }

  /**
   * Takes another definition of the script of the same name. What it says goes on, and so does a
   * run, but for one of another command that does not count any more.
   */
  public void reconfigure(ScriptTracker changed, long nowNanos) {
    ScriptTracker before = script;
    script = changed;
    if (run == Run.GOING && !before.command().equals(changed.command())) {
      run = Run.STALE;
    }
    if (before.intervalNanos() != changed.intervalNanos()
        || !before.command().equals(changed.command())) {
      effects.armNext(nowNanos);
    }
  }
}
