package org.jkeepalived.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jkeepalived.loop.OwnerState.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Each rule, and what an owner tells of itself. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OwnerThreadTest {

  private static final Logger LOG = (Logger) LoggerFactory.getLogger(OwnerThread.class);

  private final TestOwners process = new TestOwners();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    LOG.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    LOG.detachAppender(lines);
  }

  private OwnerThread owner(FailureRule rule) throws Exception {
    return process.owners().make("test", rule).start();
  }

  private static String ask(OwnerThread owner) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    owner.execute(() -> answer.complete(Thread.currentThread().getName()));
    return answer.get(30, TimeUnit.SECONDS);
  }

  private static void fail(OwnerThread owner, int times, Throwable failure) {
    for (int i = 0; i < times; i++) {
      owner.execute(() -> OwnerThreadTest.<RuntimeException>raise(failure));
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void raise(Throwable failure) throws T {
    throw (T) failure;
  }

  /** Whatever the rule says: one whose jar was written over could not even be told to stop. */
  @Test
  void withoutItsClassesTheProcessEnds() throws Exception {
    OwnerThread owner = owner(FailureRule.goOnOrHang("nothing is done any more"));
    fail(owner, 1, new NoClassDefFoundError("org/example/Other"));
    assertEquals("owner test", "owner " + ask(owner), "that of a library may be missed by one");
    assertFalse(process.haveEndedTheProcess());
    fail(owner, 1, new NoClassDefFoundError("org/jkeepalived/linux/Libc$$Plain0"));
    while (!process.haveEndedTheProcess()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatIsAskedForIsDoneOnTheThread() throws Exception {
    OwnerThread owner = process.owners().make("test", FailureRule.goOn("nothing"));
    CompletableFuture<String> early = new CompletableFuture<>();
    owner.execute(() -> early.complete(Thread.currentThread().getName()));
    assertEquals(Condition.NEW, owner.state().condition());
    owner.start();
    assertEquals("test", early.get());
    assertEquals("test", ask(owner));
    assertEquals(Condition.RUNNING, owner.state().condition());
    assertTrue(owner.endWithin(30_000));
    assertEquals(Condition.ENDED, owner.state().condition());
    assertEquals(List.of(), process.owners().states());
  }

  @Test
  void figuresAreClearedOnRequest() throws Exception {
    OwnerThread owner = owner(FailureRule.goOn("nothing"));
    CompletableFuture<Void> fired = new CompletableFuture<>();
    // due since long ago
    owner.execute(
        () ->
            owner
                .loop()
                .timers()
                .timer((deadline, now) -> fired.complete(null))
                .arm(owner.loop().nowNanos() - 1_000_000_000L));
    fired.get(30, TimeUnit.SECONDS);
    fail(owner, 1, new IllegalStateException("for the test"));
    ask(owner);
    assertTrue(owner.state().maxLatenessNanos() >= 1_000_000_000L);
    assertEquals(1, owner.state().failures());
    process.owners().clearFigures();
    ask(owner);
    assertTrue(owner.state().maxLatenessNanos() < 1_000_000_000L);
    assertEquals(0, owner.state().failures());
    owner.close();
  }

  @Test
  void ownerThatGoesOnOutlivesErrorsToo() throws Exception {
    OwnerThread owner = owner(FailureRule.goOn("nothing"));
    fail(owner, 1, new IllegalStateException("for the test"));
    fail(owner, 1, new StackOverflowError("for the test"));
    assertEquals("test", ask(owner));
    assertEquals(2, owner.state().failures());
    assertFalse(process.haveEndedTheProcess());
    assertEquals("internal error in thread test, please report it", line(0));
    assertEquals("for the test", lines.list.get(0).getThrowableProxy().getMessage());
    owner.close();
    assertTrue(owner.state().turns() > 0);
  }

  @Test
  void manyFailuresNotInARowAreNoEnd() throws Exception {
    OwnerThread owner = owner(FailureRule.goOn("nothing"));
    for (int i = 0; i < 2 * OwnerThread.MOST_IN_A_ROW; i++) {
      fail(owner, 1, new Error("for the test"));
      ask(owner);
    }
    assertEquals(2 * OwnerThread.MOST_IN_A_ROW, owner.state().failures());
    assertEquals(Condition.RUNNING, owner.state().condition());
    owner.close();
  }

  @Test
  void ownerThatOnlyFailsSaysWhatIsLost() throws Exception {
    OwnerThread owner = process.owners().make("test", FailureRule.goOn("tea is not made any more"));
    OwnerThread other = owner(FailureRule.goOn("nothing"));
    fail(owner, OwnerThread.MOST_IN_A_ROW, new Error("for the test"));
    owner.start();
    assertTrue(owner.awaitEnd(30_000));
    assertEquals(Condition.LOST, owner.state().condition());
    assertEquals(
        "thread test has failed 100 times in a row and ends: tea is not made any more",
        line(lines.list.size() - 1));
    assertFalse(process.haveEndedTheProcess());
    assertEquals("test", ask(other), "nobody else is concerned");
    CompletableFuture<String> never = new CompletableFuture<>();
    owner.execute(() -> never.complete("done"));
    assertThrows(TimeoutException.class, () -> never.get(1, TimeUnit.MILLISECONDS));
    assertEquals(Condition.LOST, process.owners().states().get(0).condition());
    other.close();
  }

  @Test
  void ownerThatCannotGoOnEndsAtOnce() throws Exception {
    OwnerThread owner = owner(FailureRule.goOn("tea is not made any more"));
    assertEquals("test", ask(owner));
    fail(owner, 1, new CannotGoOnException("no water"));
    assertTrue(owner.awaitEnd(30_000));
    assertEquals(Condition.LOST, owner.state().condition());
    assertEquals("thread test ends: tea is not made any more", line(0));
    assertEquals("no water", lines.list.get(0).getThrowableProxy().getMessage());
    assertFalse(process.haveEndedTheProcess());
  }

  @Test
  void firstFailureOfSomeEndsTheProcess() throws Exception {
    OwnerThread owner = owner(FailureRule.endProcess("it cannot go on"));
    assertEquals("test", ask(owner));
    assertFalse(process.haveEndedTheProcess());
    fail(owner, 1, new IllegalStateException("for the test"));
    assertTrue(owner.awaitEnd(30_000));
    assertTrue(process.haveEndedTheProcess());
  }

  /** The one that failed is gone from the queue: what was asked for after it is done. */
  @Test
  void lastStepIsTakenAfterAllOthersThoughItFails() throws Exception {
    OwnerThread owner = owner(FailureRule.goOn("nothing"));
    CompletableFuture<String> before = new CompletableFuture<>();
    owner.execute(() -> before.complete("before"));
    assertTrue(
        owner.endWithin(
            30_000,
            () -> {
              throw new IllegalStateException(before.getNow("not yet"));
            }));
    assertEquals(Condition.ENDED, owner.state().condition());
    assertEquals("before", lines.list.get(0).getThrowableProxy().getMessage());
  }

  private String line(int number) {
    return lines.list.get(number).getFormattedMessage();
  }
}
