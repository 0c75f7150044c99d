package org.jkeepalived.host.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
    assertTrue(isStuck("dead"));
    assertTrue(isStuck("dead too"));
    assertFalse(isStuck("alive"));
    assertFalse(first.isDone());

    answer.countDown();
    assertEquals("late", first.get());
    assertEquals("late", second.get());
    assertFalse(isStuck("dead"));
    assertEquals("quick", submit("alive", () -> "quick").get());
  }
}
