package org.jkeepalived.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.ScriptTracker;
import org.jkeepalived.model.Weight;
import org.jkeepalived.script.Outcome;
import org.junit.jupiter.api.Test;

/** What keepalived 2.2.7 was seen to log for each of these cases, and when. */
class ScriptCheckTest {

  private static final long SECOND = 1_000_000_000L;

  private final List<String> told = new ArrayList<>();
  private Recorder effects = new Recorder();
  private ScriptCheck check = new ScriptCheck(script(1, 1, "check"), effects);
  private long now;

  /** Keeps the timers, and writes down the rest. */
  private final class Recorder implements ScriptCheck.Effects {
    private Optional<Long> next = Optional.empty();
    private Optional<Long> timeout = Optional.empty();
    private int running;

    @Override
    public void run(ScriptTracker script) {
      running++;
      told.add("run");
    }

    @Override
    public void armNext(long deadlineNanos) {
      next = Optional.of(deadlineNanos);
    }

    @Override
    public void armTimeout(long deadlineNanos) {
      timeout = Optional.of(deadlineNanos);
    }

    @Override
    public void disarmTimeout() {
      timeout = Optional.empty();
    }

    @Override
    public void report(Condition condition) {
      told.add(condition.up() ? "UP" : "DOWN");
    }

    @Override
    public void log(String message) {
      told.add(message);
    }
  }

  private static ScriptTracker script(int rise, int fall, String program) {
    return new ScriptTracker(
        "maint",
        new Command(List.of(program), new Account("root", Optional.empty(), false), false),
        SECOND,
        2 * SECOND,
        Weight.FAULT,
        rise,
        fall,
        false);
  }

  private void make(int rise, int fall) {
    effects = new Recorder();
    check = new ScriptCheck(script(rise, fall, "check"), effects);
  }

  private static Outcome exit(int status) {
    return new Outcome(Outcome.Kind.EXITED, status, "");
  }

  /** Goes to the next beat. */
  private void beat() {
    now = effects.next.orElse(now);
    check.due(now, now);
  }

  /** One run that ends at once. */
  private void run(Outcome outcome) {
    beat();
    effects.running--;
    check.finished(outcome);
  }

  private void assertTold(String... expected) {
    assertEquals(List.of(expected), told);
    told.clear();
  }

  @Test
  void firstRunDecidesWhateverRiseIs() {
    make(3, 3);
    run(exit(0));
    assertTold("run", "VRRP_Script(maint) succeeded", "UP");
  }

  @Test
  void firstRunDecidesWhateverFallIs() {
    make(3, 3);
    run(exit(1));
    assertTold(
        "run",
        "Script `maint` now returning 1",
        "VRRP_Script(maint) failed (exited with status 1)",
        "DOWN");
  }

  @Test
  void fallFailuresInARow() {
    make(2, 2);
    run(exit(0));
    told.clear();
    run(exit(1));
    assertTold("run", "Script `maint` now returning 1");
    run(exit(0));
    assertTold("run", "Script `maint` now returning 0");
    run(exit(1));
    assertTold("run", "Script `maint` now returning 1");
    run(exit(3));
    assertTold(
        "run",
        "Script `maint` now returning 3",
        "VRRP_Script(maint) failed (exited with status 3)",
        "DOWN");
    run(exit(3));
    assertTold("run");
  }

  @Test
  void riseSuccessesInARow() {
    make(2, 2);
    run(exit(1));
    told.clear();
    run(exit(0));
    assertTold("run", "Script `maint` now returning 0");
    run(exit(0));
    assertTold("run", "VRRP_Script(maint) succeeded", "UP");
  }

  @Test
  void signalIsNoStatus() {
    run(exit(0));
    told.clear();
    run(new Outcome(Outcome.Kind.SIGNALLED, 11, ""));
    assertTold("run", "VRRP_Script(maint) failed (due to signal 11)", "DOWN");
    run(exit(0));
    assertTold("run", "VRRP_Script(maint) succeeded", "UP");
  }

  @Test
  void whatCannotBeRunFailsWithItsReasonOnce() {
    Outcome missing = new Outcome(Outcome.Kind.NOT_RUN, 0, "check: no such file");
    run(missing);
    assertTold("run", "VRRP_Script(maint) failed (check: no such file)", "DOWN");
    run(missing);
    assertTold("run");
    run(new Outcome(Outcome.Kind.NOT_RUN, 0, "check: not executable"));
    assertTold("run", "VRRP_Script(maint) cannot be run (check: not executable)");
    run(exit(1));
    assertTold("run", "Script `maint` now returning 1");
    run(missing);
    assertTold("run", "VRRP_Script(maint) cannot be run (check: no such file)");
  }

  private static Outcome lack() {
    return new Outcome(Outcome.Kind.NOT_RUN, 0, "posix_spawn: EAGAIN", true);
  }

  /** That a machine has no process left says nothing of what the script looks at. */
  @Test
  void ownLackIsNoResult() {
    run(exit(0));
    told.clear();
    run(lack());
    assertTold(
        "run",
        "VRRP_Script(maint) cannot be started (posix_spawn: EAGAIN), still considered successful");
    run(lack());
    assertTold("run");
    assertEquals(Optional.of("posix_spawn: EAGAIN"), check.hindrance());
    assertEquals(2, check.lacked());
    run(exit(0));
    assertTold("run", "VRRP_Script(maint) runs again, 2 runs were left out");
    assertEquals(Optional.empty(), check.hindrance());
    run(lack());
    told.clear();
    run(exit(1));
    assertTold(
        "run",
        "VRRP_Script(maint) runs again, 1 run was left out",
        "Script `maint` now returning 1",
        "VRRP_Script(maint) failed (exited with status 1)",
        "DOWN");
    run(lack());
    assertTold(
        "run",
        "VRRP_Script(maint) cannot be started (posix_spawn: EAGAIN), still considered"
            + " unsuccessful");
    assertEquals(4, check.lacked());
  }

  @Test
  void ownLackDecidesNothingAtTheStart() {
    run(lack());
    assertTold(
        "run",
        "VRRP_Script(maint) cannot be started (posix_spawn: EAGAIN), nothing is known of it");
    assertEquals(Optional.empty(), check.condition());
    run(exit(0));
    told.removeIf(line -> line.endsWith("left out"));
    assertTold("run", "VRRP_Script(maint) succeeded", "UP");
  }

  /** Neither what was before nor what comes after is nearer to a change for it. */
  @Test
  void ownLackStandsInNoRow() {
    make(2, 2);
    run(exit(0));
    run(exit(1));
    told.clear();
    run(lack());
    run(exit(1));
    assertTrue(told.contains("DOWN"), told::toString);
  }

  @Test
  void slowRunTakesThePlaceOfTheNext() {
    run(exit(0));
    told.clear();
    beat();
    assertTold("run");
    beat();
    assertTold("Track script maint is already running, expect idle - skipping run");
    beat();
    assertTold();
    check.finished(exit(0));
    beat();
    assertTold("run");
  }

  @Test
  void runThatLastsTooLongHasFailedAtThatMomentAndNeverCountsAgain() {
    run(exit(0));
    told.clear();
    beat();
    assertEquals(Optional.of(now + 2 * SECOND), effects.timeout);
    check.overdue();
    assertTold("run", "VRRP_Script(maint) timed_out", "DOWN");
    check.finished(exit(0));
    assertTold();
    run(exit(0));
    assertTold("run", "VRRP_Script(maint) succeeded", "UP");
  }

  @Test
  void runThatCannotBeEndedFailsAgainAtEachBeat() {
    make(1, 3);
    run(exit(0));
    told.clear();
    beat();
    check.overdue();
    assertTold("run");
    beat();
    assertTold("Track script maint is being timed out, expect idle - skipping run");
    beat();
    assertTold("VRRP_Script(maint) timed_out", "DOWN");
  }

  @Test
  void scriptThatHangsForEverIsNoFlood() {
    run(exit(0));
    for (int i = 0; i < 10; i++) {
      beat();
      beat();
      check.overdue();
      beat();
      check.finished(new Outcome(Outcome.Kind.TIMED_OUT, 9, ""));
    }
    told.removeIf("run"::equals);
    assertTold(
        "VRRP_Script(maint) succeeded",
        "UP",
        "Track script maint is already running, expect idle - skipping run",
        "VRRP_Script(maint) timed_out",
        "DOWN",
        "Track script maint is being timed out, expect idle - skipping run");
  }

  @Test
  void runnerMaySayFirstThatItLastedTooLong() {
    run(new Outcome(Outcome.Kind.TIMED_OUT, 15, ""));
    assertTold("run", "VRRP_Script(maint) timed_out", "DOWN");
    assertEquals(Optional.empty(), effects.timeout);
  }

  @Test
  void beatIsKeptAndWhatWasMissedIsNotMadeUpFor() {
    check.due(0, SECOND / 10);
    assertEquals(Optional.of(SECOND), effects.next);
    check.finished(exit(0));
    check.due(SECOND, 5 * SECOND);
    assertEquals(Optional.of(6 * SECOND), effects.next);
  }

  @Test
  void reloadKeepsWhatItSaysAndTheRun() {
    make(1, 1);
    run(exit(1));
    beat();
    told.clear();
    check.reconfigure(script(2, 2, "check"), now);
    assertEquals(Optional.of(Condition.DOWN), check.condition());
    check.finished(exit(0));
    assertTold("Script `maint` now returning 0");
    run(exit(0));
    assertTold("run", "VRRP_Script(maint) succeeded", "UP");
  }

  @Test
  void runOfAnotherCommandDoesNotCount() {
    run(exit(0));
    beat();
    told.clear();
    check.reconfigure(script(1, 1, "another"), now);
    assertEquals(Optional.of(now), effects.next);
    beat();
    assertTold("Track script maint is already running, expect idle - skipping run");
    check.finished(exit(1));
    assertTold();
    run(exit(1));
    assertTold(
        "run",
        "Script `maint` now returning 1",
        "VRRP_Script(maint) failed (exited with status 1)",
        "DOWN");
  }

  /** Whatever happens: never two runs at once, a next beat is always armed, and no exception. */
  @Test
  void neverBesideItself() {
    Trials.run(1000, dice -> new ScriptCheckTest().neverBesideItself(dice));
  }

  private void neverBesideItself(Dice dice) {
    int rise = dice.between(1, 3);
    int fall = dice.between(1, 3);
    make(rise, fall);
    beat();
    for (int event : dice.list(60, () -> dice.below(7))) {
      switch (event) {
        case 0, 1 -> beat();
        case 2 -> effects.timeout.ifPresent(at -> check.overdue());
        case 3 -> check.reconfigure(script(fall, rise, "check" + rise), now);
        default -> {
          if (effects.running > 0) {
            effects.running--;
            check.finished(event == 4 ? exit(0) : exit(event));
          }
        }
      }
      assertTrue(effects.running <= 1);
      assertTrue(effects.next.isPresent());
    }
  }

  @Test
  void theResultIsKeepalivedsCount() {
    make(2, 3);
    List<Integer> results = new ArrayList<>(List.of(check.result()));
    for (int status : new int[] {0, 1, 1, 0, 1, 1, 1, 0, 1, 0, 0}) {
      run(exit(status));
      results.add(check.result());
    }
    assertEquals(List.of(0, 4, 3, 2, 4, 3, 2, 0, 1, 0, 1, 4), results);
  }

  @Test
  void tellsWhetherItRunsAndWhyItCannot() {
    assertEquals("false false", check.isRunning() + " " + check.isOverdue());
    beat();
    assertEquals("true false", check.isRunning() + " " + check.isOverdue());
    check.overdue();
    assertEquals("true true", check.isRunning() + " " + check.isOverdue());
    check.finished(new Outcome(Outcome.Kind.TIMED_OUT, 0, ""));
    assertEquals("false false", check.isRunning() + " " + check.isOverdue());
    run(new Outcome(Outcome.Kind.NOT_RUN, 0, "no such file"));
    assertEquals(Optional.of("no such file"), check.hindrance());
    run(exit(1));
    assertEquals(Optional.empty(), check.hindrance());
  }
}
