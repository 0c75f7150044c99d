package org.jkeepalived.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait without end that does not end fails by the time limit, so no test looks at a clock. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class PollerTest {
  private static final NativeFunction PIPE = NativeFunction.ofLibc("pipe2");
  private static final long ENDLESS = Long.MAX_VALUE;

  /** Both ends of a pipe. */
  private record Pipe(int reader, int writer) implements AutoCloseable {
    static Pipe open() {
      NativeMemory ends = NativeMemory.allocate(8);
      assertEquals(0, ends.lend(at -> PIPE.call(at, Libc.O_NONBLOCK)));
      return new Pipe(ends.bytes().getInt(0), ends.bytes().getInt(4));
    }

    void put() {
      NativeMemory one = NativeMemory.allocate(1);
      assertEquals(1, Libc.write(writer, one, 1));
    }

    void take() {
      NativeMemory one = NativeMemory.allocate(1);
      assertEquals(1, Libc.read(reader, one, 1));
    }

    @Override
    public void close() {
      Libc.close(reader);
      Libc.close(writer);
    }
  }

  @Test
  void callsBackWhileSomethingIsLeftToRead() throws Exception {
    try (Poller poller = new Poller();
        Pipe pipe = Pipe.open()) {
      List<String> calls = new ArrayList<>();
      poller.add(pipe.reader(), () -> calls.add("ready"));
      assertEquals(0, poller.poll(0));
      pipe.put();
      assertEquals(1, poller.poll(ENDLESS));
      assertEquals(1, poller.poll(ENDLESS));
      pipe.take();
      assertEquals(0, poller.poll(0));
      assertEquals(List.of("ready", "ready"), calls);
    }
  }

  @Test
  void returnsWhenTheTimeIsUp() throws Exception {
    try (Poller poller = new Poller()) {
      for (int i = 0; i < 3; i++) {
        long before = System.nanoTime();
        assertEquals(0, poller.poll(2_000_000));
        assertTrue(System.nanoTime() - before >= 2_000_000, "returned too early");
      }
    }
  }

  @Test
  void aTimeoutThatIsOverDoesNotShortenTheNextWait() throws Exception {
    try (Poller poller = new Poller();
        Pipe pipe = Pipe.open()) {
      poller.add(pipe.reader(), pipe::take);
      pipe.put();
      assertEquals(1, poller.poll(1_000));
      long before = System.nanoTime();
      while (System.nanoTime() - before < 100_000) {
        Thread.onSpinWait();
      }
      before = System.nanoTime();
      assertEquals(0, poller.poll(3_000_000));
      assertTrue(System.nanoTime() - before >= 3_000_000, "returned too early");
    }
  }

  @Test
  void isWokenByAnotherThread() throws Exception {
    try (Poller poller = new Poller()) {
      for (int i = 0; i < 1_000; i++) {
        Thread waker = new Thread(poller::wake);
        waker.start();
        assertEquals(0, poller.poll(ENDLESS));
        waker.join();
      }
    }
  }

  @Test
  void aWakeBeforeTheWaitCounts() throws Exception {
    try (Poller poller = new Poller()) {
      poller.wake();
      poller.wake();
      assertEquals(0, poller.poll(ENDLESS));
    }
  }

  @Test
  void callsBackNoMoreForWhatWasRemovedInTheSameTurn() throws Exception {
    try (Poller poller = new Poller();
        Pipe one = Pipe.open();
        Pipe other = Pipe.open()) {
      List<String> calls = new ArrayList<>();
      poller.add(
          one.reader(),
          () -> {
            calls.add("one");
            poller.remove(other.reader());
          });
      poller.add(
          other.reader(),
          () -> {
            calls.add("other");
            poller.remove(one.reader());
          });
      one.put();
      other.put();
      assertEquals(1, poller.poll(ENDLESS));
      assertEquals(1, calls.size());
      assertEquals(1, poller.poll(ENDLESS));
      assertEquals(1, calls.stream().distinct().count());
    }
  }

  @Test
  void anEventOfAClosedDescriptorIsNotTakenForItsSuccessor() throws Exception {
    try (Poller poller = new Poller();
        Pipe one = Pipe.open();
        Pipe other = Pipe.open()) {
      List<String> calls = new ArrayList<>();
      Runnable replaceOther =
          () -> {
            calls.add("first");
            poller.remove(one.reader());
            poller.remove(other.reader());
            try {
              poller.add(one.reader(), () -> calls.add("successor"));
              poller.add(other.reader(), () -> calls.add("successor"));
            } catch (SystemCallException e) {
              throw new AssertionError(e);
            }
          };
      poller.add(one.reader(), replaceOther);
      poller.add(other.reader(), replaceOther);
      one.put();
      other.put();
      poller.poll(ENDLESS);
      assertEquals(List.of("first"), calls);
      poller.poll(ENDLESS);
      assertEquals(List.of("first", "successor", "successor"), calls);
    }
  }
}
