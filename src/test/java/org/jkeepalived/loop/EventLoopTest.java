package org.jkeepalived.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns on virtual time; a loop that does not end fails by the time limit. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventLoopTest {

  private static final long MILLIS = 1_000_000L;
  private static final long SECONDS = 1_000_000_000L;

  /** Close to where the clock wraps. */
  private static final long START = Long.MAX_VALUE - 2 * SECONDS;

  private final FakeWait wait = new FakeWait(START);
  private final EventLoop loop = new EventLoop(wait);
  private final List<String> seen = new ArrayList<>();

  private TimerQueue.Timer timer(String name) {
    return loop.timers().timer((deadline, now) -> seen.add(name));
  }

  // ---- what a timer is believed after ----

  @Test
  void lateTimerFiresAfterAllThatHasArrivedIsRead() throws Exception {
    timer("timer").arm(START + 10 * MILLIS);
    wait.arrive(loop, 5, 5 * FakeWait.FRAMES_AT_ONCE, 1_000, () -> {});
    wait.pass(3 * SECONDS);
    wait.arrive(loop, 6, 1, 1_000, () -> seen.add("frame"));
    loop.turn();
    assertEquals(List.of("frame", "timer"), seen);
    assertEquals(5 * FakeWait.FRAMES_AT_ONCE + 1, wait.handled());
    assertTrue(loop.maxLatenessNanos() >= 2 * SECONDS);
  }

  /** After a long pause: the advertisements that say that the masters live lie at the end. */
  @Test
  void whatIsReadFirstMayTellThatATimerIsNotDue() throws Exception {
    List<TimerQueue.Timer> masterDown = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      masterDown.add(timer("takes over"));
      masterDown.get(i).arm(START + 3 * SECONDS);
    }
    wait.pass(10 * SECONDS);
    int[] frame = {0};
    wait.arrive(
        loop,
        5,
        20_000,
        10_000,
        () -> {
          frame[0]++;
          if (frame[0] > 19_000) {
            masterDown.get(frame[0] - 19_001).arm(loop.nowNanos() + 3 * SECONDS);
          }
        });
    loop.turn();
    assertEquals(20_000, wait.handled());
    assertEquals(List.of(), seen);
    loop.turn();
    assertFalse(seen.isEmpty(), "a master that is silent from then on is believed to be gone");
  }

  /** The positive case of the one above: without frames they are due at once. */
  @Test
  void silenceIsBelieved() throws Exception {
    timer("takes over").arm(START + 3 * SECONDS);
    wait.pass(10 * SECONDS);
    loop.turn();
    assertEquals(List.of("takes over"), seen);
  }

  @Test
  void timerThatIsInTimeWaitsForOneRoundOfReadingOnly() throws Exception {
    wait.arrive(loop, 5, Long.MAX_VALUE, 1_000, () -> {});
    timer("timer").arm(START + 2 * MILLIS);
    while (seen.isEmpty()) {
      loop.turn();
    }
    long rounds = wait.handled() / FakeWait.FRAMES_AT_ONCE;
    // a round takes 0.256 ms: the eighth ends after the deadline
    assertEquals(8, rounds);
  }

  // ---- floods ----

  private static final int MASTERS = 1_000;
  private static final long SENDING_NANOS = 30_000;
  private static final long LATE_NANOS = 100 * MILLIS;

  /** Advertise every second; gives the greatest lateness. */
  private long[] masters() {
    long[] latest = {0};
    for (int i = 0; i < MASTERS; i++) {
      TimerQueue.Timer[] own = new TimerQueue.Timer[1];
      own[0] =
          loop.timers()
              .timer(
                  (deadline, now) -> {
                    latest[0] = Math.max(latest[0], wait.nowNanos() - deadline);
                    wait.pass(SENDING_NANOS);
                    own[0].arm(deadline + SECONDS);
                  });
      // all in the same moment, as after a start
      own[0].arm(START + SECONDS);
    }
    return latest;
  }

  /** As many frames as the link carries, on eight links: more than can be read. */
  private void flood() throws Exception {
    for (int link = 0; link < 8; link++) {
      wait.arrive(loop, 10 + link, Long.MAX_VALUE, 5_000, () -> {});
    }
  }

  @Test
  void advertisementsKeepTheirTimeInAFlood() throws Exception {
    long[] latest = masters();
    flood();
    while (wait.nowNanos() - START < 10 * SECONDS) {
      loop.turn();
    }
    assertTrue(latest[0] < LATE_NANOS, () -> latest[0] / 1e6 + " ms");
    assertTrue(wait.handled() > 1_000_000, "the flood is read all the same");
  }

  @Test
  void advertisementsKeepTheirTimeInAFloodThoughTheProcessIsInterrupted() throws Exception {
    long[] latest = masters();
    flood();
    for (int turn = 0; wait.nowNanos() - START < 10 * SECONDS; turn++) {
      loop.turn();
      if (turn % 10 == 0) {
        wait.pass(8 * MILLIS);
      }
    }
    assertTrue(latest[0] < LATE_NANOS, () -> latest[0] / 1e6 + " ms");
  }

  @Test
  void floodThatNeverEndsDoesNotKeepLateTimersWaitingLongerThanTheyAreLate() throws Exception {
    timer("timer").arm(START + MILLIS);
    flood();
    wait.pass(301 * MILLIS);
    loop.turn();
    assertEquals(List.of("timer"), seen);
    assertTrue(wait.handled() > 300 * MILLIS / 5_000 / 2, "it was read for that long first");
    long tookNanos = wait.nowNanos() - START - 301 * MILLIS;
    assertTrue(tookNanos < 350 * MILLIS, () -> tookNanos / 1e6 + " ms");
  }

  @Test
  void whatWasReadForOnceIsBelievedInTheTurnsAfter() throws Exception {
    for (int i = 0; i < 10; i++) {
      loop.timers()
          .timer(
              (deadline, now) -> {
                seen.add("timer");
                wait.pass(EventLoop.MOST_FIRING_NANOS);
              })
          .arm(START + MILLIS);
    }
    flood();
    wait.pass(SECONDS);
    loop.turn();
    assertEquals(1, seen.size());
    long readFirst = wait.handled();
    assertTrue(readFirst > 100_000, "a second of reading, 5 µs a frame");
    for (int i = 0; i < 9; i++) {
      loop.turn();
    }
    assertEquals(10, seen.size());
    assertEquals(9 * 8 * FakeWait.FRAMES_AT_ONCE, wait.handled() - readFirst);
  }

  // ---- commands and the end of a turn ----

  @Test
  void commandsRunInTheirOrderAndBeforeTimersThatAreDue() throws Exception {
    timer("timer").arm(START);
    loop.execute(() -> seen.add("first"));
    loop.execute(() -> seen.add("second"));
    loop.turn();
    assertEquals(List.of("first", "second", "timer"), seen);
  }

  @Test
  void commandsWithoutEndDoNotKeepTimersWaiting() throws Exception {
    timer("timer").arm(START + 50 * MILLIS);
    Runnable[] again = new Runnable[1];
    again[0] =
        () -> {
          wait.pass(MILLIS);
          loop.execute(again[0]);
        };
    loop.execute(again[0]);
    while (seen.isEmpty()) {
      loop.turn();
    }
    assertTrue(wait.nowNanos() - START < 65 * MILLIS);
  }

  @Test
  void commandOfAWatcherIsNotKeptWaiting() throws Exception {
    wait.arrive(loop, 5, 1, 1_000, () -> loop.execute(() -> seen.add("command")));
    loop.turn();
    assertEquals(List.of("command"), seen);
  }

  @Test
  void endOfTurnThatHasMoreToDoIsNotKeptWaiting() throws Exception {
    int[] turns = {0};
    loop.atEndOfTurn(
        () -> {
          turns[0]++;
          return turns[0] < 3;
        });
    loop.execute(() -> {});
    loop.turn();
    loop.turn();
    loop.turn();
    assertEquals(3, turns[0]);
    assertEquals(3, loop.turns());
    assertEquals(Long.MAX_VALUE, loop.nanosToWait(), "then there is nothing to do");
  }

  @Test
  void turnThatFailedIsMadeUpForAtOnce() throws Exception {
    loop.atEndOfTurn(
        () -> {
          seen.add("end of turn");
          return false;
        });
    loop.execute(
        () -> {
          throw new IllegalStateException("for the test");
        });
    loop.execute(() -> seen.add("next"));
    assertThrows(IllegalStateException.class, loop::turn);
    assertEquals(List.of(), seen);
    assertEquals(0, loop.nanosToWait());
    loop.turn();
    assertEquals(List.of("next", "end of turn"), seen);
  }

  @Test
  void nothingIsRunAfterTheEnd() throws Exception {
    loop.execute(loop::stop);
    loop.execute(() -> seen.add("too late"));
    loop.run();
    loop.close();
    loop.execute(() -> seen.add("too late"));
    assertEquals(List.of(), seen);
  }

  /** What they arm next is due together, too: one wake-up a second for all of a thousand. */
  @Test
  void timersThatFireTogetherAreToldOneTime() throws Exception {
    List<Long> told = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      loop.timers()
          .timer(
              (deadline, now) -> {
                told.add((now - START) / 100_000);
                wait.pass(300_000);
              })
          .arm(START + 10 * MILLIS);
    }
    loop.turn();
    assertEquals(List.of(100L, 100L, 100L, 100L, 112L, 112L, 112L, 112L, 124L), told);
    assertEquals(START + 12 * MILLIS + 700_000, loop.nowNanos(), "steps after it know better");
  }

  @Test
  void listenersHearHowLateTheFirstTimerIs() throws Exception {
    List<Long> heard = new ArrayList<>();
    loop.whenLate((nanos, now) -> heard.add(nanos));
    timer("timer").arm(START + 8 * MILLIS);
    timer("timer").arm(START + MILLIS);
    wait.pass(8 * MILLIS);
    loop.turn();
    assertEquals(List.of(7 * MILLIS), heard);
    assertEquals(7 * MILLIS, loop.maxLatenessNanos());
  }
}
