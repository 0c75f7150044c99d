package org.jkeepalived.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Reporting;
import org.jkeepalived.script.Outcome;
import org.junit.jupiter.api.Test;

/** The script that reads from a FIFO. */
class FifoReaderTest {

  private static final String PATH = "/run/fifo";
  private static final Outcome CRASHED = new Outcome(Outcome.Kind.SIGNALLED, 11, "");
  private static final String MASTER = "INSTANCE \"VI_1\" MASTER 100";

  private final Stage stage = new Stage();

  private void reads(String script) {
    stage.configure(Stage.reporting(Stage.fifo(PATH, script), false));
  }

  private void happens(What... whats) {
    for (What what : whats) {
      stage.notifier.happened(Stage.event("VI_1", what, Notifications.NONE));
    }
  }

  private FakePipe pipe() {
    return stage.folder.at(PATH);
  }

  @Test
  void thePathIsItsLastArgument() {
    reads("reader one two");
    assertEquals("reader one two /run/fifo", stage.runner.only().toString());
    assertTrue(stage.runner.only().order.timeoutNanos().isEmpty());
  }

  @Test
  void aReloadLeavesItAloneAndSoDoTheStates() {
    reads("reader");
    happens(What.MASTER);
    pipe().read();
    reads("reader");
    assertEquals(1, stage.runner.all.size());
    assertFalse(stage.runner.only().isToldToEnd());
    assertEquals(List.of(), pipe().read());
  }

  @Test
  void anotherScriptStartsWhenTheOldOneHasEndedAndMissesNothing() {
    reads("reader");
    happens(What.MASTER);
    reads("other");
    assertFalse(stage.runner.only().isToldToEnd(), "before it has read everything");
    pipe().read();
    stage.passSeconds(1);
    FakeRunner.Started old = stage.runner.only();
    assertTrue(old.isToldToEnd());
    happens(What.BACKUP);
    assertEquals(1, stage.runner.all.size());
    old.ends(FakeRunner.TERMINATED);
    assertEquals("other /run/fifo", stage.runner.only().toString());
    assertEquals(List.of(MASTER, "INSTANCE \"VI_1\" BACKUP 100"), pipe().read());
  }

  @Test
  void reloadsOneOnTheOtherEndWithTheLast() {
    reads("reader");
    reads("second");
    reads("third");
    stage.runner.only().ends(FakeRunner.TERMINATED);
    assertEquals(List.of("reader /run/fifo", "third /run/fifo"), stage.runner.history());
    stage.configure(Reporting.NONE);
    reads("third");
    stage.runner.only().ends(FakeRunner.TERMINATED);
    assertEquals("third /run/fifo", stage.runner.only().toString());
  }

  @Test
  void oneThatDiesComesBackLaterEachTimeAndHearsThePresentStates() {
    reads("reader");
    happens(What.BACKUP, What.MASTER);
    long[] pausesSeconds = {1, 2, 4, 8, 16, 32, 60, 60};
    for (long pause : pausesSeconds) {
      pipe().read();
      stage.runner.only().ends(CRASHED);
      stage.passSeconds(pause - 1);
      assertTrue(stage.runner.running.isEmpty());
      stage.passSeconds(1);
      assertEquals("reader /run/fifo", stage.runner.only().toString());
      assertEquals(List.of(MASTER), pipe().read());
    }
    stage.passSeconds(60);
    stage.runner.only().ends(CRASHED);
    stage.passSeconds(1);
    assertEquals(1, stage.runner.running.size(), "it has run for a minute");
  }

  @Test
  void oneThatCannotBeRunHasNotHeardAnythingThatItWouldHaveToHearAgain() {
    reads("reader");
    happens(What.MASTER);
    for (int i = 0; i < 10; i++) {
      stage.runner.only().ends(new Outcome(Outcome.Kind.NOT_RUN, 0, "missing"));
      stage.passSeconds(60);
    }
    assertEquals(List.of(MASTER), pipe().read());
  }

  @Test
  void oneThatEndsByItselfHasGoneToTheBackground() {
    reads("reader");
    stage.runner.only().ends(FakeRunner.SUCCESS);
    stage.passSeconds(100_000);
    assertEquals(1, stage.runner.all.size());
  }

  @Test
  void oneThatDiesBecauseTheFifoIsGoneFindsItAgain() {
    reads("reader");
    happens(What.MASTER);
    pipe().removed = true;
    stage.runner.only().ends(new Outcome(Outcome.Kind.EXITED, 1, ""));
    stage.passSeconds(2);
    assertEquals(2, stage.folder.opened);
    assertEquals("reader /run/fifo", stage.runner.only().toString());
    assertEquals(List.of(MASTER), pipe().read());
  }

  @Test
  void aReloadWhileOneIsAwaitedStartsTheOther() {
    reads("reader");
    stage.runner.only().ends(CRASHED);
    reads("other");
    stage.passSeconds(100_000);
    assertEquals(List.of("reader /run/fifo", "other /run/fifo"), stage.runner.history());
  }
}
