package org.jkeepalived.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

  /** As many as one poll takes are called in each, and nobody twice before all were. */
  @Test
  void nobodyWaitsForThoseThatHaveMore() throws Exception {
    List<Pipe> pipes = new ArrayList<>();
    try (Poller poller = new Poller()) {
      List<Integer> calls = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        int number = i;
        pipes.add(Pipe.open());
        poller.add(pipes.get(i).reader(), () -> calls.add(number));
        pipes.get(i).put();
      }
      int polls = 0;
      while (calls.size() < 50) {
        assertTrue(poller.poll(ENDLESS) < 50);
        polls++;
      }
      assertTrue(polls > 1);
      assertEquals(50, calls.stream().limit(50).distinct().count(), calls::toString);
    } finally {
      pipes.forEach(Pipe::close);
    }
  }

  /** As a connection that is being made is waited for, and then read from. */
  @Test
  void writingIsWaitedForAsReadingIs() throws Exception {
    try (Poller poller = new Poller();
        Pipe pipe = Pipe.open()) {
      List<String> calls = new ArrayList<>();
      int filled = fill(pipe);
      poller.add(pipe.writer(), Readiness.WRITABLE, told -> calls.add("writable"));
      assertEquals(0, poller.poll(0));
      for (int i = 0; i < filled; i++) {
        pipe.take();
      }
      assertEquals(1, poller.poll(ENDLESS));
      poller.remove(pipe.writer());
      assertEquals(0, poller.poll(0));
      assertEquals(List.of("writable"), calls);
    }
  }

  @Test
  void eitherOfBothIsEnough() throws Exception {
    int[] sockets = socketPair();
    try (Poller poller = new Poller()) {
      List<String> calls = new ArrayList<>();
      poller.add(sockets[0], Readiness.READABLE, told -> calls.add("readable"));
      assertEquals(0, poller.poll(0));
      poller.remove(sockets[0]);
      poller.add(sockets[0], Readiness.EITHER, told -> calls.add("either"));
      assertEquals(1, poller.poll(ENDLESS));
      assertEquals(List.of("either"), calls);
    } finally {
      Libc.close(sockets[0]);
      Libc.close(sockets[1]);
    }
  }

  private static int fill(Pipe pipe) {
    NativeMemory one = NativeMemory.allocate(1);
    int written = 0;
    while (Libc.write(pipe.writer(), one, 1) == 1) {
      written++;
    }
    return written;
  }

  private static int[] socketPair() {
    NativeMemory pair = NativeMemory.allocate(8);
    assertEquals(0, pair.lend(at -> NativeFunction.ofLibc("socketpair").call(1, 1, 0, at)));
    return new int[] {pair.bytes().getInt(0), pair.bytes().getInt(4)};
  }

  /** What was a poller's descriptor may be anybody's once the poller is closed. */
  @Test
  void aWakeAfterTheEndTouchesNobodysDescriptor() throws Exception {
    Poller poller = new Poller();
    poller.close();
    try (Pipe successor = Pipe.open();
        Pipe another = Pipe.open()) {
      poller.wake();
      NativeMemory some = NativeMemory.allocate(8);
      assertEquals(-Errno.EAGAIN, Libc.read(successor.reader(), some, 8));
      assertEquals(-Errno.EAGAIN, Libc.read(another.reader(), some, 8));
      poller.close();
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

  /** As a connection is waited for that is closed as soon as it is open. */
  @Test
  void onceIsTheOnlyTime() throws Exception {
    int[] sockets = socketPair();
    try (Poller poller = new Poller()) {
      List<Integer> told = new ArrayList<>();
      poller.add(sockets[0], Readiness.ONCE, told::add);
      assertEquals(1, poller.poll(ENDLESS));
      assertFalse(Readiness.isReadable(told.get(0)));
      Libc.close(sockets[1]);
      assertEquals(0, poller.poll(0));
      assertEquals(1, told.size());
    } finally {
      Libc.close(sockets[0]);
    }
  }

  @Test
  void changesAreToldAgainWhenThereIsMore() throws Exception {
    int[] sockets = socketPair();
    NativeMemory one = NativeMemory.allocate(1);
    try (Poller poller = new Poller()) {
      List<Boolean> readable = new ArrayList<>();
      poller.add(sockets[0], Readiness.CHANGES, told -> readable.add(Readiness.isReadable(told)));
      assertEquals(1, poller.poll(ENDLESS));
      assertEquals(0, poller.poll(0));
      for (int i = 0; i < 2; i++) {
        assertEquals(1, Libc.write(sockets[1], one, 1));
        assertEquals(1, poller.poll(ENDLESS));
        assertEquals(0, poller.poll(0));
      }
      Libc.close(sockets[1]);
      assertEquals(1, poller.poll(ENDLESS));
      assertEquals(List.of(false, true, true, true), readable);
    } finally {
      Libc.close(sockets[0]);
    }
  }

  /** Its number is soon another one's, of which nothing of the old one is told. */
  @Test
  void whatWasDroppedAndClosedIsForgotten() throws Exception {
    try (Poller poller = new Poller()) {
      List<String> calls = new ArrayList<>();
      Pipe first = Pipe.open();
      int number = first.reader();
      poller.add(number, () -> calls.add("first"));
      first.put();
      poller.drop(number);
      first.close();
      Pipe second = Pipe.open();
      assertEquals(number, second.reader());
      poller.add(second.reader(), () -> calls.add("second"));
      assertEquals(0, poller.poll(0));
      second.put();
      assertEquals(1, poller.poll(ENDLESS));
      assertEquals(List.of("second"), calls);
      second.close();
    }
  }

  /** A wait that something else has ended leaves the timer as it is for the next one. */
  @Test
  void anInterruptedWaitEndsWhenItWouldHave() throws Exception {
    try (Poller poller = new Poller();
        Pipe pipe = Pipe.open()) {
      poller.add(pipe.reader(), pipe::take);
      long deadlineNanos = System.nanoTime() + 20_000_000;
      pipe.put();
      assertEquals(1, poller.poll(deadlineNanos - System.nanoTime()));
      while (System.nanoTime() - deadlineNanos < 0) {
        // one that had been forgotten would not end at all
        assertEquals(0, poller.poll(Math.max(1, deadlineNanos - System.nanoTime())));
      }
    }
  }
}
