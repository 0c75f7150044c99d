package org.jkeepalived.host.lvs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.loop.EpollWait;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.model.ReceiveBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AddressWatchLabTest {

  private static final long DEADLINE_NANOS = 10_000_000_000L;
  private static final long PAUSE_NANOS = 50_000_000L;
  private static final int MANY = 2_000;

  @TempDir Path folder;

  /** A watch on a loop of its own, and what it has told. */
  private static final class Stage {
    final EventLoop loop;
    final List<Set<InetAddress>> told = new ArrayList<>();
    final AddressWatch watch;

    Stage() throws Exception {
      loop = new EventLoop(new EpollWait());
      watch = new AddressWatch(loop, told::add);
    }

    Set<InetAddress> last() {
      return told.get(told.size() - 1);
    }

    /** One turn, which ends soon even if nothing happens. */
    void turn() throws Exception {
      loop.timers().timer((deadline, now) -> {}).arm(loop.readClock() + PAUSE_NANOS);
      loop.turn();
    }

    void await(Predicate<Set<InetAddress>> wanted) throws Exception {
      long start = System.nanoTime();
      while (!wanted.test(last())) {
        assertTrue(System.nanoTime() - start < DEADLINE_NANOS, () -> "told last: " + last());
        turn();
      }
    }
  }

  private static InetAddress ip(String text) throws Exception {
    return InetAddress.getByName(text);
  }

  @Test
  void tellsAtOnceAndWhenAddressesComeAndGo() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.ip("address", "add", "10.9.0.1/24", "dev", "a0");
      InetAddress own = ip("10.9.0.1");
      InetAddress virtual = ip("10.9.0.101");
      InetAddress six = ip("fd00:9::101");
      space.call(
          () -> {
            Stage stage = new Stage();
            assertEquals(List.of(), stage.told);
            stage.watch.begin(ReceiveBuffer.STANDARD);
            assertEquals(1, stage.told.size());
            assertTrue(stage.last().contains(own));
            stage.watch.begin(ReceiveBuffer.STANDARD);
            assertEquals(1, stage.told.size(), "it has begun already");

            space.ip("address", "add", "10.9.0.101/32", "dev", "a0");
            stage.await(present -> present.contains(virtual));
            space.ip("address", "add", "fd00:9::101/128", "dev", "a0", "nodad");
            stage.await(present -> present.contains(six));
            space.ip("address", "del", "10.9.0.101/32", "dev", "a0");
            stage.await(present -> !present.contains(virtual));
            assertTrue(stage.last().contains(six));
            space.ip("link", "del", "a0");
            stage.await(present -> !present.contains(six) && !present.contains(own));
            stage.watch.close();
            return null;
          });
    }
  }

  /** The kernel gives links addresses of IPv6, too, when it finds the time. */
  private static long added(Set<InetAddress> present) {
    return present.stream().filter(one -> one.getHostAddress().startsWith("10.9.")).count();
  }

  @Test
  void whatItTellsLastIsTrueAfterManyAtOnce() throws Exception {
    StringBuilder batch = new StringBuilder();
    for (int i = 0; i < MANY; i++) {
      batch.append("address add 10.9.").append(1 + i / 200).append('.').append(1 + i % 200);
      batch.append("/32 dev a0\n");
    }
    Path file = Files.writeString(folder.resolve("batch"), batch);
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.call(
          () -> {
            Stage stage = new Stage();
            stage.watch.begin(ReceiveBuffer.STANDARD);
            space.ip("-batch", file.toString());
            stage.await(present -> added(present) == MANY);
            space.ip("link", "del", "a0");
            stage.await(present -> added(present) == 0);
            stage.watch.close();
            return null;
          });
    }
  }

  @Test
  void tellsNothingAfterItsEndAndBeginsAnew() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      InetAddress virtual = ip("10.9.0.101");
      space.call(
          () -> {
            Stage stage = new Stage();
            stage.watch.begin(ReceiveBuffer.STANDARD);
            space.ip("address", "add", "10.9.0.101/32", "dev", "a0");
            stage.await(present -> present.contains(virtual));
            stage.watch.close();
            stage.watch.close();
            int told = stage.told.size();
            space.ip("address", "del", "10.9.0.101/32", "dev", "a0");
            stage.turn();
            assertEquals(told, stage.told.size());
            stage.watch.begin(ReceiveBuffer.STANDARD);
            assertEquals(told + 1, stage.told.size());
            stage.await(present -> !present.contains(virtual));
            stage.watch.close();
            return null;
          });
    }
  }
}
