package org.jkeepalived.host.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerState;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.loop.TestOwners;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PreparationThreadsTest {

  private final Owners owners = TestOwners.make();
  private OwnerThread thread;
  private PreparationThreads<String> preparations;

  @BeforeEach
  void open() throws Exception {
    thread = owners.make("test", FailureRule.goOn("nothing"));
    preparations = new PreparationThreads<>(owners, thread.loop(), failure -> "failed");
    thread.start();
  }

  @AfterEach
  void close() {
    thread.execute(preparations::close);
    thread.close();
  }

  private CompletableFuture<String> submit(String subject, Supplier<String> work) {
    CompletableFuture<String> result = new CompletableFuture<>();
    thread.execute(() -> preparations.submit(subject, work, result::complete));
    return result;
  }

  private boolean isStuck(String subject) throws Exception {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    thread.execute(() -> answer.complete(preparations.isStuck(subject)));
    return answer.get();
  }

  private void awaitStuck(String subject) throws Exception {
    while (!isStuck(subject)) { // until the test's own timeout
      Thread.onSpinWait();
    }
  }

  private static String await(CountDownLatch latch) {
    try {
      latch.await();
      return "late";
    } catch (InterruptedException e) {
      return "interrupted";
    }
  }

  @Test
  void resultsComeOnTheLoop() throws Exception {
    CompletableFuture<String> where = new CompletableFuture<>();
    thread.execute(
        () ->
            preparations.submit(
                "a",
                () -> Thread.currentThread().getName(),
                result -> where.complete(result + " " + Thread.currentThread().getName())));
    assertEquals("script-files test", where.get());
  }

  /** An error, not only an exception: whoever waits is answered, and the next one is served. */
  @Test
  void theThreadScriptFilesOutlivesAnError() throws Exception {
    CompletableFuture<String> failed =
        submit(
            "failing",
            () -> {
              throw new StackOverflowError("for the test");
            });
    assertEquals("failed", failed.get());
    assertEquals("quick", submit("next", () -> "quick").get());
    assertFalse(isStuck("failing"));
    List<Long> failures =
        owners.states().stream()
            .filter(state -> state.name().equals("script-files"))
            .map(OwnerState::failures)
            .toList();
    assertEquals(List.of(1L, 0L), failures, "the second one is spare");
  }

  /** One that fails again and again is given up, and what waited for it is done by another. */
  @Test
  void threadThatIsLostIsReplaced() throws Exception {
    do { // it is not lost if it is quicker than this test, and has had nothing to do in between
      CompletableFuture<String> last = new CompletableFuture<>();
      thread.execute(
          () -> {
            for (int i = 0; i < 2 * OwnerThread.MOST_IN_A_ROW; i++) {
              preparations.submit(
                  "failing",
                  () -> {
                    throw new StackOverflowError("for the test");
                  },
                  result -> {});
            }
            preparations.submit("next", () -> "done", last::complete);
          });
      assertEquals("done", last.get());
    } while (owners.states().stream()
        .noneMatch(state -> state.condition() == OwnerState.Condition.LOST));
  }

  @Test
  void whatIsStuckKeepsNobodyElseWaiting() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    CompletableFuture<String> first = submit("dead", () -> await(answer));
    CompletableFuture<String> second = submit("dead too", () -> await(answer));
    for (int i = 0; i < 10; i++) {
      assertEquals("quick", submit("alive", () -> "quick").get());
    }
    awaitStuck("dead");
    awaitStuck("dead too");
    assertFalse(isStuck("alive"));
    assertFalse(first.isDone());

    answer.countDown();
    assertEquals("late", first.get());
    assertEquals("late", second.get());
    assertFalse(isStuck("dead"));
    assertEquals("quick", submit("alive", () -> "quick").get());
  }

  /**
   * A busy machine is no reason to take a program for lost, nor to keep a thread for each asker.
   */
  @Test
  void whatIsOnlySlowIsWaitedForAndNothingIsSaidOfIt() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    thread.execute(preparations::close);
    preparations =
        new PreparationThreads<>(
            owners, thread.loop(), failure -> "failed", TimeUnit.HOURS.toNanos(1));
    try (LoggedLines log = new LoggedLines(PreparationThreads.class.getName())) {
      List<CompletableFuture<String>> askers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        askers.add(submit("slow", () -> await(answer)));
      }
      // another thread has taken over, and is not kept by the nineteen
      assertEquals("quick", submit("alive", () -> "quick").get());
      long threads =
          owners.states().stream().filter(one -> one.name().equals("script-files")).count();
      assertTrue(threads <= 5, threads + " with the two of before");
      assertFalse(isStuck("slow"));
      CompletableFuture<String> later = submit("slow", () -> "later");
      answer.countDown();
      for (CompletableFuture<String> asker : askers) {
        assertEquals("late", asker.get());
      }
      assertEquals("later", later.get());
      assertEquals(List.of(), log.all());
    }
  }

  @Test
  void whatHangsIsNamedAndSoIsItsEnd() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try (LoggedLines log = new LoggedLines(PreparationThreads.class.getName())) {
      CompletableFuture<String> dead = submit("dead", () -> await(answer));
      awaitStuck("dead");
      String line =
          "dead: its file system, or whoever knows its user, has not answered for 2 seconds";
      assertEquals(List.of(line), log.all());
      answer.countDown();
      assertEquals("late", dead.get());
      assertEquals("dead: could be looked at again", log.await("again"));
    }
  }
}
