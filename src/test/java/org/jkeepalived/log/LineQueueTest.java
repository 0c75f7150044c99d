package org.jkeepalived.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jkeepalived.linux.process.UnixDatagramReceiver;
import org.jkeepalived.time.LocalClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LineQueueTest {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<String> complaints = new CopyOnWriteArrayList<>();

  @Test
  void deliversInOrderAndFinishesAtTheEnd() {
    RecordingSink sink = new RecordingSink();
    LineQueue queue = new LineQueue(sink, 1000, complaints::add);
    queue.start();
    for (int i = 0; i < 1000; i++) {
      queue.offer(Lines.vrrp("line " + i));
    }
    queue.close();
    assertTrue(queue.awaitEnd(10 * SECOND_NANOS));
    assertEquals(1000, sink.texts.size());
    assertEquals("line 0", sink.texts.get(0));
    assertEquals("line 999", sink.texts.get(999));
    assertTrue(sink.closed);
  }

  /** What is logged before the configuration is read waits to learn in which form. */
  @Test
  void whatIsHeldIsWrittenWhenItIsReleased() {
    RecordingSink sink = new RecordingSink();
    LineQueue queue = new LineQueue(sink, 1000, complaints::add);
    queue.startHeld();
    long beganNanos = System.nanoTime();
    queue.offer(Lines.vrrp("first"));
    LockSupport.parkNanos(SECOND_NANOS / 20);
    // it may be late, and then it is not held any more
    assertTrue(!sink.entered || System.nanoTime() - beganNanos > SECOND_NANOS / 2);
    queue.release();
    await(() -> sink.texts.equals(List.of("first")));
    queue.offer(Lines.vrrp("second"));
    await(() -> sink.texts.size() == 2);
    queue.close();
    assertTrue(queue.awaitEnd(10 * SECOND_NANOS));
  }

  @Test
  void whatIsHeldIsWrittenAtTheEndAndAfterASecond() {
    RecordingSink ended = new RecordingSink();
    LineQueue queue = new LineQueue(ended, 1000, complaints::add);
    queue.startHeld();
    queue.offer(Lines.vrrp("fatal"));
    queue.close();
    assertTrue(queue.awaitEnd(10 * SECOND_NANOS));
    assertEquals(List.of("fatal"), ended.texts);

    RecordingSink late = new RecordingSink();
    LineQueue other = new LineQueue(late, 1000, complaints::add);
    other.startHeld();
    other.offer(Lines.vrrp("hung"));
    await(() -> late.texts.equals(List.of("hung")));
    other.close();
  }

  @Test
  void aStuckSinkBlocksNobodyAndItsLossIsReported() {
    RecordingSink sink = new RecordingSink();
    sink.stick();
    LineQueue queue = new LineQueue(sink, 10, complaints::add);
    queue.start();
    queue.offer(Lines.vrrp("stuck"));
    await(() -> sink.entered);
    for (int i = 0; i < 110; i++) { // this thread would hang here
      queue.offer(Lines.vrrp("line " + i));
    }
    assertEquals(100, queue.dropped());
    sink.release();
    await(() -> sink.texts.size() == 12);
    assertEquals("stuck", sink.texts.get(0));
    assertEquals("100 log lines lost: test did not take them", sink.texts.get(1));
    assertEquals("line 0", sink.texts.get(2));
    assertEquals("line 9", sink.texts.get(11));
    assertEquals(0, queue.dropped());
    queue.offer(Lines.vrrp("afterwards"));
    await(() -> sink.texts.contains("afterwards"));
    queue.close();
    assertTrue(queue.awaitEnd(10 * SECOND_NANOS));
  }

  @Test
  void aStuckSinkDoesNotHoldUpTheEnd() {
    RecordingSink sink = new RecordingSink();
    sink.stick();
    LineQueue queue = new LineQueue(sink, 10, complaints::add);
    queue.start();
    queue.offer(Lines.vrrp("stuck"));
    await(() -> sink.entered);
    queue.close();
    assertFalse(queue.awaitEnd(SECOND_NANOS / 10));
    sink.release();
    assertTrue(queue.awaitEnd(10 * SECOND_NANOS));
  }

  @Test
  void aSinkThatRefusesDoesNotHoldUpTheEndEither() {
    RecordingSink sink = new RecordingSink();
    sink.refusing = true;
    LineQueue queue = new LineQueue(sink, 1000, complaints::add);
    queue.start();
    for (int i = 0; i < 500; i++) {
      queue.offer(Lines.vrrp("line " + i));
    }
    queue.close();
    assertTrue(queue.awaitEnd(10 * SECOND_NANOS));
    assertEquals(List.of(), sink.texts);
    assertEquals(500, queue.dropped());
    assertEquals(List.of("No log lines go to test: refused"), complaints, "once");
  }

  /** {@code -g /nodir/x.log}: nobody looks for lines where they are not. */
  @Test
  void aFileThatCannotBeOpenedIsNamedAtOnce(@TempDir Path directory) throws Exception {
    Path folder = directory.resolve("later");
    FileSink sink = new FileSink(folder.resolve("x.log"), true, LocalClock.of(ZoneId.of("UTC")));
    LineQueue queue = new LineQueue(sink, 100, complaints::add);
    queue.start();
    await(() -> !complaints.isEmpty());
    String reason = folder.resolve("x.log") + ": No such file or directory";
    assertEquals(List.of("No log lines go to file: " + reason), complaints);
    queue.offer(Lines.parent(Priority.ERROR, "kept"));
    Files.createDirectory(folder);
    await(() -> Files.exists(folder.resolve("x.log")));
    queue.close();
    assertTrue(queue.awaitEnd(10 * SECOND_NANOS));
    assertTrue(Files.readString(folder.resolve("x.log")).endsWith(": kept\n"));
    assertEquals(1, complaints.size(), "no more is said of what is mended");
  }

  @Test
  void nothingIsLostWhileSyslogRestarts(@TempDir Path directory) throws Exception {
    String device = directory.resolve("log").toString();
    LineQueue queue = started(syslogAt(device));
    try (UnixDatagramReceiver first = UnixDatagramReceiver.at(device)) {
      queue.offer(Lines.vrrp("before"));
      assertTrue(first.receive().endsWith(": before"));
    }
    queue.offer(Lines.vrrp("meanwhile 1"));
    queue.offer(Lines.vrrp("meanwhile 2"));
    try (UnixDatagramReceiver second = UnixDatagramReceiver.at(device)) {
      assertTrue(second.receive().endsWith(": meanwhile 1"));
      assertTrue(second.receive().endsWith(": meanwhile 2"));
      queue.offer(Lines.vrrp("afterwards"));
      assertTrue(second.receive().endsWith(": afterwards"));
    }
    assertEquals(0, queue.dropped());
    queue.close();
    assertTrue(queue.awaitEnd(10 * SECOND_NANOS));
  }

  @Test
  void theEndWaitsForASyslogThatIsSlow(@TempDir Path directory) throws Exception {
    int count = 10_000;
    String device = directory.resolve("log").toString();
    try (UnixDatagramReceiver syslog = UnixDatagramReceiver.at(device)) {
      LineQueue queue = started(syslogAt(device));
      FutureTask<String> last =
          new FutureTask<>(
              () -> {
                for (int i = 0; i < count - 1; i++) {
                  syslog.receive();
                  LockSupport.parkNanos(150_000);
                }
                return syslog.receive();
              });
      new Thread(last, "slow-syslog").start();
      for (int i = 0; i < count; i++) {
        queue.offer(Lines.vrrp("Removing service " + i));
      }
      queue.close();
      assertTrue(queue.awaitEnd(20 * SECOND_NANOS));
      assertTrue(last.get().endsWith(": Removing service " + (count - 1)));
      assertEquals(List.of(), complaints);
    }
  }

  @Test
  void aSyslogThatHangsHoldsTheEndUpForAMomentAndWhatIsLostIsTold(@TempDir Path directory)
      throws Exception {
    String device = directory.resolve("log").toString();
    try (UnixDatagramReceiver syslog = UnixDatagramReceiver.at(device)) {
      LineQueue queue = started(syslogAt(device));
      queue.offer(Lines.vrrp("first"));
      assertTrue(syslog.receive().endsWith(": first"), "it does not hang yet");
      for (int i = 0; i < 10_000; i++) {
        queue.offer(Lines.vrrp("Removing service " + i));
      }
      queue.close();
      assertFalse(queue.awaitEnd(25 * SECOND_NANOS), "before this test's own end");
      assertEquals(1, complaints.size());
      assertTrue(complaints.get(0).endsWith(" log lines lost: syslog did not take them"));
    }
  }

  @Test
  void theEndWaitsForASyslogThatRestarts(@TempDir Path directory) throws Exception {
    String device = directory.resolve("log").toString();
    LineQueue queue;
    try (UnixDatagramReceiver first = UnixDatagramReceiver.at(device)) {
      queue = started(syslogAt(device));
      queue.offer(Lines.vrrp("before"));
      assertTrue(first.receive().endsWith(": before"));
    }
    queue.offer(Lines.vrrp("Stopped"));
    queue.close();
    try (UnixDatagramReceiver second = UnixDatagramReceiver.at(device)) {
      assertTrue(second.receive().endsWith(": Stopped"));
      assertTrue(queue.awaitEnd(10 * SECOND_NANOS));
    }
  }

  @Test
  void aFileAndAConsoleGetAllLinesToo(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("x.log");
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    LocalClock zone = LocalClock.of(ZoneId.of("UTC"));
    LineQueue toFile = started(new FileSink(file, false, zone));
    LineQueue toConsole = started(new StreamSink(console, zone, false));
    for (int i = 0; i < 10_000; i++) {
      toFile.offer(Lines.parent(Priority.INFORMATIONAL, "line " + i));
      toConsole.offer(Lines.parent(Priority.INFORMATIONAL, "line " + i));
    }
    toFile.close();
    toConsole.close();
    assertTrue(toFile.awaitEnd(20 * SECOND_NANOS));
    assertTrue(toConsole.awaitEnd(20 * SECOND_NANOS));
    List<String> lines = Files.readAllLines(file);
    assertEquals(10_000, lines.size());
    assertTrue(lines.get(9_999).endsWith(": line 9999"));
    assertEquals(lines, console.toString(StandardCharsets.UTF_8).lines().toList());
  }

  private static DatagramSink syslogAt(String device) {
    SyslogFormat format = new SyslogFormat(Facility.DAEMON, LocalClock.of(ZoneId.of("UTC")), 1);
    return new DatagramSink("syslog", new LogSocket(device), format);
  }

  private LineQueue started(LineSink sink) {
    LineQueue queue = new LineQueue(sink, 20_000, complaints::add);
    queue.start();
    return queue;
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) { // until the test's own timeout
      Thread.onSpinWait();
    }
  }

  /** Takes lines, refuses them or sticks. */
  private static final class RecordingSink implements LineSink {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch way = new CountDownLatch(0);
    private volatile boolean refusing;
    private volatile boolean entered;
    private volatile boolean closed;

    void stick() {
      way = new CountDownLatch(1);
    }

    void release() {
      way.countDown();
    }

    @Override
    public String name() {
      return "test";
    }

    @Override
    public void write(LogLine line) throws IOException {
      entered = true;
      try {
        way.await();
      } catch (InterruptedException impossible) {
        throw new IOException(impossible);
      }
      if (refusing) {
        throw new IOException("refused");
      }
      texts.add(line.text());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      closed = true;
    }
  }
}
