package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.control.ControlSignal;
import org.jkeepalived.daemon.LifeSignals.Ending;
import org.jkeepalived.loop.FatalExit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LifeSignalsTest {

  private static final long HOURS_MILLIS = 36_000_000;

  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final FatalExit fatalExit = new FatalExit(() -> {}, () -> ended.complete(null));
  private final LifeSignals signals = new LifeSignals(fatalExit, () -> HOURS_MILLIS);

  @Test
  void keepTheirOrder() throws Exception {
    signals.arrived(ControlSignal.RELOAD);
    signals.arrived(ControlSignal.DATA);
    assertEquals(ControlSignal.RELOAD, signals.next());
    assertEquals(ControlSignal.DATA, signals.next());
    assertFalse(signals.stopAsked().isDone());
  }

  @Test
  void whatWaitsIsDoneOnce() throws Exception {
    for (int i = 0; i < 60; i++) {
      signals.arrived(ControlSignal.RELOAD);
      signals.arrived(ControlSignal.JSON);
    }
    assertEquals(ControlSignal.RELOAD, signals.next());
    signals.arrived(ControlSignal.RELOAD); // the first one has begun: this one is for what is new
    assertEquals(ControlSignal.JSON, signals.next());
    assertEquals(ControlSignal.RELOAD, signals.next());
    signals.arrived(ControlSignal.DATA);
    assertEquals(ControlSignal.DATA, signals.next(), "nothing else waits");
  }

  @Test
  void aStopIsKnownWhateverCameBeforeIt() throws Exception {
    signals.arrived(ControlSignal.RELOAD);
    signals.arrived(ControlSignal.STOP);
    assertTrue(signals.stopAsked().isDone());
    assertFalse(signals.awaitUnlessStopped(new CompletableFuture<>()));
    assertEquals(ControlSignal.STOP, signals.next());
  }

  @Test
  void whoeverLooksIsAnsweredWhileAnotherThreadIsWaitedFor() throws Exception {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    List<ControlSignal> attended = new ArrayList<>();
    signals.arrived(ControlSignal.RELOAD);
    signals.arrived(ControlSignal.DATA);
    signals.arrived(ControlSignal.JSON);
    assertEquals(
        Ending.DONE,
        signals.awaitAttending(
            outcome,
            signal -> {
              attended.add(signal);
              if (signal == ControlSignal.JSON) {
                outcome.complete("x");
              }
            },
            HOURS_MILLIS));
    assertEquals(List.of(ControlSignal.DATA, ControlSignal.JSON), attended);
    assertEquals(ControlSignal.RELOAD, signals.next());
  }

  @Test
  void aStopEndsTheWaitForAnotherThread() throws Exception {
    List<ControlSignal> attended = new ArrayList<>();
    signals.arrived(ControlSignal.DATA);
    assertEquals(
        Ending.STOP_ASKED,
        signals.awaitAttending(
            new CompletableFuture<>(),
            signal -> {
              attended.add(signal);
              signals.arrived(ControlSignal.JSON);
              signals.arrived(ControlSignal.STOP);
            },
            HOURS_MILLIS));
    assertEquals(List.of(ControlSignal.DATA), attended);
  }

  /** Neither signals nor a stop: the one who is waited for wakes the one who waits. */
  @Test
  void theEndOfWhatIsWaitedForIsHeard() throws Exception {
    Thread waiting = Thread.currentThread();
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Thread other =
        new Thread(
            () -> {
              while (waiting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
              }
              outcome.completeExceptionally(new IllegalStateException("a bug"));
            });
    other.start();
    assertEquals(Ending.DONE, signals.awaitAttending(outcome, signal -> {}, HOURS_MILLIS));
    other.join();
  }

  @Test
  void aWaitHasAnEnd() throws Exception {
    List<ControlSignal> attended = new ArrayList<>();
    signals.arrived(ControlSignal.DATA);
    signals.arrived(ControlSignal.RELOAD);
    assertEquals(
        Ending.OVERDUE, signals.awaitAttending(new CompletableFuture<>(), attended::add, 5));
    assertEquals(List.of(ControlSignal.DATA), attended);
    assertEquals(ControlSignal.RELOAD, signals.next());
  }

  @Test
  void whatIsDoneIsDoneThoughAStopIsAsked() throws Exception {
    assertTrue(signals.awaitUnlessStopped(CompletableFuture.completedFuture("x")));
    signals.arrived(ControlSignal.STOP);
    assertTrue(signals.awaitUnlessStopped(CompletableFuture.completedFuture("x")));
  }

  @Test
  void aFailureIsNotTakenForAnAnswer() {
    CompletableFuture<String> failed =
        CompletableFuture.failedFuture(new IllegalArgumentException("a bug"));
    assertThrows(IllegalStateException.class, () -> signals.awaitUnlessStopped(failed));
  }

  @Test
  void aStopThatTakesTooLongIsEndedByForce() throws Exception {
    // as if the ten seconds were over already
    LifeSignals impatient = new LifeSignals(fatalExit, () -> -9_999);
    impatient.arrived(ControlSignal.STOP);
    ended.get(40, TimeUnit.SECONDS);
  }
}
