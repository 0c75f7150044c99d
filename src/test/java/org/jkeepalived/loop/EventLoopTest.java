package org.jkeepalived.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.Poller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop on a real poller; a wait that does not end fails by the time limit. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class EventLoopTest {

  private static final NativeFunction EVENTFD = NativeFunction.ofLibc("eventfd");
  private static final long LATE_NANOS = 50_000_000L;

  /** Surely less than the lateness from which on everything is read first. */
  private static final long IN_TIME_NANOS = 1_000_000L;

  private final List<String> seen = new ArrayList<>();
  private EventLoop loop;

  @BeforeEach
  void open() throws Exception {
    loop = new EventLoop("test", new Poller());
  }

  /** Something that can be read until it has been read {@code times}. */
  private void readable(String name, int times) throws Exception {
    int fd = EVENTFD.call(1, 0);
    int[] left = {times};
    loop.watch(
        fd,
        () -> {
          seen.add(name);
          left[0]--;
          if (left[0] == 0) {
            loop.forget(fd);
          }
        });
  }

  private void timer(String name, long deadlineNanos) {
    loop.timers()
        .timer(
            (deadline, now) -> {
              seen.add(name);
              loop.stop();
            })
        .arm(deadlineNanos);
  }

  @Test
  void timerThatIsLateFiresAfterAllThatHasArrivedIsRead() throws Exception {
    readable("packet", 5);
    timer("timer", loop.nowNanos() - LATE_NANOS);
    loop.run();
    assertEquals(List.of("packet", "packet", "packet", "packet", "packet", "timer"), seen);
    assertTrue(loop.maxLatenessNanos() >= LATE_NANOS);
  }

  /** In a flood there is always more to read: a timer that is in time does not wait for it. */
  @Test
  void timerThatIsInTimeWaitsForOneTurnOfReadingOnly() throws Exception {
    int readSinceDue = 0;
    do { // the machine may keep this thread from running: then the timer was late
      open();
      long deadlineNanos = loop.nowNanos() + 1_000_000L;
      int[] read = {0};
      loop.watch(EVENTFD.call(1, 0), () -> read[0] += loop.nowNanos() < deadlineNanos ? 0 : 1);
      timer("timer", deadlineNanos);
      loop.run();
      readSinceDue = read[0];
    } while (loop.maxLatenessNanos() > IN_TIME_NANOS);
    assertTrue(readSinceDue <= 1, readSinceDue + " turns of reading");
  }

  @Test
  void floodThatNeverEndsDoesNotKeepTimersWaiting() throws Exception {
    readable("packet", Integer.MAX_VALUE);
    timer("timer", loop.nowNanos() - LATE_NANOS);
    loop.run();
    assertEquals("timer", seen.get(seen.size() - 1));
  }

  @Test
  void commandOfAnotherThreadEndsAWaitWithoutEnd() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              loop.execute(first::countDown);
              await(first);
              loop.execute(loop::stop);
            });
    other.start();
    loop.run();
    assertEquals(0, first.getCount());
    other.join();
  }

  @Test
  void commandsRunInTheirOrderAndBeforeTimersThatAreDue() throws Exception {
    timer("timer", loop.nowNanos());
    loop.execute(() -> seen.add("first"));
    loop.execute(() -> seen.add("second"));
    loop.run();
    assertEquals(List.of("first", "second", "timer"), seen);
  }

  @Test
  void endOfTurnThatHasMoreToDoIsNotKeptWaiting() throws Exception {
    int[] turns = {0};
    loop.atEndOfTurn(
        () -> {
          turns[0]++;
          if (turns[0] == 3) {
            loop.stop();
          }
          return turns[0] < 3;
        });
    loop.execute(() -> {});
    loop.run();
    assertEquals(3, turns[0]);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
