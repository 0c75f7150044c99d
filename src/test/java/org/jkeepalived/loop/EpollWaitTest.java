package org.jkeepalived.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.linux.NativeFunction;
import org.jkeepalived.linux.Readiness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop on the kernel's wait; one that does not end fails by the time limit. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class EpollWaitTest {

  private static final NativeFunction EVENTFD = NativeFunction.ofLibc("eventfd");

  @Test
  void readingWritingAndTimersAllEndAWait() throws Exception {
    EventLoop loop = new EventLoop(new EpollWait());
    List<String> seen = new ArrayList<>();
    watchOnce(loop, Readiness.READABLE, () -> seen.add("readable"));
    watchOnce(loop, Readiness.WRITABLE, () -> seen.add("writable"));
    loop.turn();
    assertEquals(List.of("readable", "writable"), seen);
    loop.timers()
        .timer(
            (deadline, now) -> {
              seen.add("timer");
              loop.stop();
            })
        .arm(loop.readClock() + 1_000_000L);
    loop.run();
    assertEquals(List.of("readable", "writable", "timer"), seen);
    loop.close();
  }

  private static void watchOnce(EventLoop loop, Readiness readiness, Runnable then)
      throws Exception {
    int fd = EVENTFD.call(1, 0);
    loop.watch(
        fd,
        readiness,
        told -> {
          then.run();
          loop.forget(fd);
        });
  }

  @Test
  void commandOfAnotherThreadEndsAWaitWithoutEnd() throws Exception {
    EventLoop loop = new EventLoop(new EpollWait());
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
    loop.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
