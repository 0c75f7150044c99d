package org.jkeepalived.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.Notifications.Occasion;
import org.jkeepalived.script.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What runs when, and in which order. Time stands in seconds. */
class ScriptQueueTest {

  private final Stage stage = new Stage();

  @ParameterizedTest
  @CsvSource({
    "MASTER, own master, any INSTANCE VI_1 MASTER 100",
    "BACKUP, own backup, any INSTANCE VI_1 BACKUP 100",
    "FAULT, own fault, any INSTANCE VI_1 FAULT 100",
    "STOP, own stop, any INSTANCE VI_1 STOP 100",
    "DELETED, own deleted, any INSTANCE VI_1 DELETED 100",
    "MASTER_RX_LOWER_PRI, own lower,",
    "MASTER_PRIORITY,,",
    "BACKUP_PRIORITY,,"
  })
  void theOccasionsOwnScriptRunsAndThenNotify(What what, String own, String any) {
    stage.happens("VI_1", what);
    stage.allEnd();
    List<String> expected = new ArrayList<>();
    if (own != null) {
      expected.add(own);
    }
    if (any != null) {
      expected.add(any);
    }
    assertEquals(expected, stage.runner.history());
  }

  @Test
  void aGroupIsCalledAGroup() {
    stage.notifier.happened(What.MASTER.of(Subject.group("VG_1"), 0, Stage.EVERY_SCRIPT));
    stage.allEnd();
    assertEquals(List.of("own master", "any GROUP VG_1 MASTER 0"), stage.runner.history());
  }

  @Test
  void ofWhatIsRemovedOnlyNotifyHearsAndItHearsOfAFault() {
    Notifications silent =
        new Notifications(
            Map.of(Occasion.FAULT, Stage.command("own fault"), Occasion.ANY, Stage.command("any")),
            false,
            false,
            false);
    stage.notifier.happened(Stage.event("VI_1", What.BACKUP, Notifications.NONE));
    stage.notifier.happened(Stage.event("VI_1", What.DELETED, silent));
    stage.allEnd();
    assertEquals(List.of("any INSTANCE VI_1 FAULT 100"), stage.runner.history());
  }

  @Test
  void oneScriptWaitsForTheOther() {
    stage.happens("VI_1", What.MASTER, What.BACKUP);
    List<String> expected =
        List.of(
            "own master",
            "any INSTANCE VI_1 MASTER 100",
            "own backup",
            "any INSTANCE VI_1 BACKUP 100");
    for (int started = 1; started <= expected.size(); started++) {
      assertEquals(expected.subList(0, started), stage.runner.history());
      stage.runner.only().ends(FakeRunner.SUCCESS);
    }
    assertTrue(stage.runner.running.isEmpty());
  }

  @Test
  void anInstanceDoesNotWaitForAnother() {
    stage.happens("VI_1", What.MASTER);
    stage.happens("VI_2", What.BACKUP);
    assertEquals(List.of("own master", "own backup"), stage.runner.history());
  }

  @Test
  void aScriptThatCannotBeRunOrFailsHoldsNothingUp() {
    for (Outcome outcome :
        List.of(
            new Outcome(Outcome.Kind.NOT_RUN, 0, "missing"),
            new Outcome(Outcome.Kind.EXITED, 1, ""),
            FakeRunner.TERMINATED,
            new Outcome(Outcome.Kind.TIMED_OUT, 0, ""))) {
      stage.happens("VI_1", What.MASTER);
      stage.runner.only().ends(outcome);
      stage.runner.only().ends(outcome);
    }
    assertEquals(8, stage.runner.all.size());
  }

  @Test
  void aScriptThatNobodyWaitsForMayTakeAsLongAsItLikes() {
    stage.happens("VI_1", What.MASTER_RX_LOWER_PRI);
    stage.passSeconds(100_000);
    assertFalse(stage.runner.only().isToldToEnd());
  }

  @Test
  void notifyWaitsTenMinutesForTheOccasionsOwnScript() {
    stage.happens("VI_1", What.MASTER);
    stage.passSeconds(599);
    assertFalse(stage.runner.only().isToldToEnd());
    stage.passSeconds(1);
    assertTrue(stage.runner.only().isToldToEnd());
    stage.runner.only().ends(FakeRunner.TERMINATED);
    assertEquals("any INSTANCE VI_1 MASTER 100", stage.runner.only().toString());
  }

  @Test
  void aScriptThatHangsIsEndedHalfAMinuteAfterSomethingNewerAndWhatIsOutOfDateIsLeftOut() {
    stage.happens("VI_1", What.MASTER);
    stage.passSeconds(300);
    stage.happens("VI_1", What.FAULT);
    stage.passSeconds(20);
    stage.happens("VI_1", What.BACKUP);
    stage.passSeconds(9);
    assertFalse(stage.runner.only().isToldToEnd());
    stage.passSeconds(1);
    assertTrue(stage.runner.only().isToldToEnd());
    stage.runner.only().ends(FakeRunner.TERMINATED);
    stage.allEnd();
    assertEquals(
        List.of("own master", "own backup", "any INSTANCE VI_1 BACKUP 100"),
        stage.runner.history());
  }

  @Test
  void theScriptAfterOneThatHungHasItsFullTime() {
    stage.happens("VI_1", What.MASTER, What.BACKUP);
    stage.passSeconds(30);
    stage.runner.only().ends(FakeRunner.TERMINATED);
    stage.passSeconds(599);
    assertEquals("own backup", stage.runner.only().toString());
    assertFalse(stage.runner.only().isToldToEnd());
  }

  @Test
  void ofTooManyEventsTheLastStateIsToldWhole() {
    stage.happens("VI_1", What.MASTER);
    for (int i = 0; i < 10_000; i++) {
      stage.happens("VI_1", What.FAULT, What.BACKUP);
    }
    stage.happens("VI_1", What.MASTER_RX_LOWER_PRI, What.MASTER);
    stage.allEnd();
    List<String> history = stage.runner.history();
    assertTrue(history.size() <= ScriptQueue.MOST_WAITING + 3, "too many: " + history.size());
    assertEquals(
        List.of("own master", "any INSTANCE VI_1 MASTER 100"),
        history.subList(history.size() - 2, history.size()));
  }

  @Test
  void aScriptThatIsAboutToHearOfALowerPriorityHearsOfItOnce() {
    for (int i = 0; i < 10_000; i++) {
      stage.happens("VI_1", What.MASTER_RX_LOWER_PRI);
    }
    stage.allEnd();
    assertEquals(List.of("own lower", "own lower"), stage.runner.history());
  }

  @Test
  void whatComesBackAfterItsRemovalIsToldInOrder() {
    stage.happens("VI_1", What.DELETED, What.BACKUP);
    stage.allEnd();
    assertEquals(
        List.of(
            "own deleted",
            "any INSTANCE VI_1 DELETED 100",
            "own backup",
            "any INSTANCE VI_1 BACKUP 100"),
        stage.runner.history());
  }
}
