package org.jkeepalived.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class FatalExitTest {

  private final List<String> done = new ArrayList<>();

  @Test
  void endsOnceTheReasonIsWritten() {
    FatalExit fatalExit = new FatalExit(() -> done.add("written"), () -> done.add("exit"));
    fatalExit.end("for the test", new IllegalStateException("for the test"));
    assertEquals(List.of("written", "exit"), done);
  }

  /** Standard error may be a pipe that nobody reads. */
  @Test
  void endsEvenIfTheLogHangs() {
    FatalExit fatalExit = new FatalExit(LockSupport::park, () -> done.add("exit"));
    fatalExit.end("for the test", new Error("for the test"));
    assertEquals(List.of("exit"), done);
  }

  @Test
  void endsEvenIfTheReasonCannotBeWritten() {
    FatalExit fatalExit =
        new FatalExit(
            () -> {
              throw new IllegalStateException("no log");
            },
            () -> done.add("exit"));
    fatalExit.end("for the test", new Error("for the test"));
    assertEquals(List.of("exit"), done);
  }

  @Test
  void endsWhatDoesNotEndByItself() throws Exception {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    new FatalExit(() -> {}, () -> ended.complete(null)).endAfter(1);
    assertNull(ended.get(60, TimeUnit.SECONDS));
  }

  @Test
  void takesItsLastStepFirstAndInPlaceOfWhoHasFailed() {
    FatalExit fatalExit = new FatalExit(() -> {}, () -> done.add("exit"));
    Thread own = Thread.currentThread();
    fatalExit.lastStep(failed -> done.add(failed == own ? "last step" : "whose?"));
    fatalExit.end("for the test", new Error("for the test"));
    assertEquals(List.of("last step", "exit"), done);
  }

  /** Whatever it waits for, another machine waits for this one to be gone. */
  @Test
  void endsEvenIfTheLastStepHangsOrFails() {
    FatalExit hanging = new FatalExit(() -> {}, () -> done.add("exit"));
    CompletableFuture<Void> begun = new CompletableFuture<>();
    hanging.lastStep(
        failed -> {
          begun.complete(null);
          while (true) {
            LockSupport.park();
          }
        });
    hanging.end("for the test", new Error("for the test"));
    assertEquals(List.of("exit"), done);
    assertTrue(begun.isDone());
    FatalExit failing = new FatalExit(() -> {}, () -> done.add("exit"));
    failing.lastStep(
        failed -> {
          throw new IllegalStateException("for the test");
        });
    failing.end("for the test", new Error("for the test"));
    assertEquals(List.of("exit", "exit"), done);
  }

  /** The stop that hangs was that step already. */
  @Test
  void aStopThatHangsIsEndedWithoutIt() throws Exception {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    FatalExit fatalExit = new FatalExit(() -> {}, () -> ended.complete(null));
    fatalExit.lastStep(failed -> done.add("last step"));
    fatalExit.endAfter(1);
    ended.get(60, TimeUnit.SECONDS);
    assertEquals(List.of(), done);
  }
}
