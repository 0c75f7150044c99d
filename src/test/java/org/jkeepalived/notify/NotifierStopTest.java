package org.jkeepalived.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jkeepalived.model.Notifications;
import org.junit.jupiter.api.Test;

/** How a daemon that stops takes leave. */
class NotifierStopTest {

  private static final String PATH = "/run/fifo";

  private final Stage stage = new Stage();

  @Test
  void whereThereIsNothingToTellItHasStoppedAtOnce() {
    stage.stops();
    assertEquals(1, stage.stopped);
    stage.passSeconds(10);
    assertEquals(1, stage.stopped);
  }

  @Test
  void itWaitsForTheScripts() {
    stage.happens("VI_1", What.STOP);
    stage.happens("VI_2", What.STOP);
    stage.stops();
    assertEquals(0, stage.stopped);
    stage.allEnd();
    assertEquals(4, stage.runner.all.size());
    assertEquals(1, stage.stopped);
  }

  @Test
  void aScriptOfBeforeIsEndedSoThatTheLastStateIsTold() {
    stage.happens("VI_1", What.MASTER, What.FAULT, What.STOP);
    stage.stops();
    stage.passes(Notifier.FINISH_NANOS);
    assertTrue(stage.runner.only().isToldToEnd());
    stage.runner.only().ends(FakeRunner.TERMINATED);
    stage.allEnd();
    assertEquals(
        List.of("own master", "own stop", "any INSTANCE VI_1 STOP 100"), stage.runner.history());
    assertEquals(1, stage.stopped);
  }

  @Test
  void itDoesNotWaitForever() {
    stage.configure(Stage.reporting(Stage.fifo(PATH, "reader"), false));
    stage.happens("VI_1", What.STOP);
    stage.stops();
    stage.passSeconds(3);
    assertEquals(1, stage.stopped);
    assertTrue(stage.folder.pipes.isEmpty());
    assertTrue(stage.runner.running.stream().allMatch(FakeRunner.Started::isToldToEnd));
    stage.allEnd();
    assertEquals(2, stage.runner.all.size(), "nothing new starts");
    assertEquals(1, stage.stopped);
  }

  @Test
  void theReaderHearsTheLastStatesBeforeItIsEnded() {
    stage.configure(Stage.reporting(Stage.fifo(PATH, "reader"), false));
    stage.notifier.happened(Stage.event("VI_1", What.STOP, Notifications.NONE));
    stage.stops();
    stage.passes(100_000_000L);
    FakeRunner.Started reader = stage.runner.only();
    assertFalse(reader.isToldToEnd());
    assertEquals(List.of("INSTANCE \"VI_1\" STOP 100"), stage.folder.at(PATH).read());
    stage.passes(100_000_000L);
    assertTrue(reader.isToldToEnd());
    assertTrue(stage.folder.pipes.isEmpty(), "so that it finds an end");
    assertEquals(0, stage.stopped);
    reader.ends(FakeRunner.TERMINATED);
    assertEquals(1, stage.stopped);
  }

  @Test
  void aReaderThatReadsNothingIsEndedAllTheSame() {
    stage.configure(Stage.reporting(Stage.fifo(PATH, "reader"), false));
    stage.notifier.happened(Stage.event("VI_1", What.STOP, Notifications.NONE));
    stage.stops();
    stage.passes(FifoChannel.DRAIN_NANOS);
    assertTrue(stage.runner.only().isToldToEnd());
  }

  @Test
  void aFifoThatIsJustBeingReplacedIsClosedToo() {
    stage.configure(Stage.reporting(Stage.fifo(PATH, "reader"), false));
    stage.configure(Stage.reporting(Stage.fifo(PATH, "other"), false));
    stage.stops();
    stage.runner.only().ends(FakeRunner.TERMINATED);
    while (!stage.runner.running.isEmpty()) {
      assertTrue(stage.runner.only().isToldToEnd());
      stage.runner.only().ends(FakeRunner.TERMINATED);
    }
    assertEquals(1, stage.stopped);
    assertTrue(stage.folder.pipes.isEmpty());
  }

  @Test
  void aFifoThatIsJustBeingReplacedIsGivenUpInTheEnd() {
    stage.configure(Stage.reporting(Stage.fifo(PATH, "reader"), false));
    stage.configure(Stage.reporting(Stage.fifo(PATH, "other"), false));
    stage.stops();
    stage.passSeconds(3);
    assertEquals(1, stage.stopped);
    assertTrue(stage.folder.pipes.isEmpty());
    stage.runner.only().ends(FakeRunner.TERMINATED);
    assertTrue(stage.runner.running.isEmpty());
    assertTrue(stage.folder.pipes.isEmpty());
  }
}
