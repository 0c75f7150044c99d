package org.jkeepalived.host.lvs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jkeepalived.kernel.KernelError;
import org.jkeepalived.linux.Errno;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.loop.EpollWait;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.lvs.sync.RunningSync;
import org.jkeepalived.lvs.sync.SyncDaemons;
import org.jkeepalived.lvs.sync.SyncRole;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.SyncDaemon;
import org.jkeepalived.model.lvs.TableSettings;
import org.jkeepalived.model.lvs.TableSockets;
import org.jkeepalived.model.lvs.TlsFiles;
import org.jkeepalived.notify.Subject;
import org.jkeepalived.notify.What;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real links and a real loop; only the kernel's IPVS is not there. */
@Tag("lab")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConnectionSyncLabTest {

  private static final long DEADLINE_NANOS = 10_000_000_000L;
  private static final long PAUSE_NANOS = 50_000_000L;
  private static final long SELDOM_NANOS = 3_600_000_000_000L;

  private final InstanceStates states = new InstanceStates();

  private static Director following(long comparisonNanos) {
    return new Director(
        List.of(),
        TlsFiles.NONE,
        new TableSettings(
            true,
            TableSettings.Timeouts.KERNEL,
            false,
            TableSettings.AtStop.REMOVE_EACH,
            comparisonNanos,
            Optional.empty(),
            TableSockets.STANDARD),
        false,
        Optional.of(new SyncDaemon("a0", Optional.of("VI_1"), 51, SyncDaemon.Transport.KERNEL)));
  }

  /** Starts and stops, in words; nothing starts without its link. */
  private static final class Kernel implements SyncDaemons {
    final List<String> asked = new ArrayList<>();
    final List<RunningSync> running = new ArrayList<>();
    boolean hasLink;

    @Override
    public void start(RunningSync daemon, Consumer<Optional<KernelError>> done) {
      asked.add("start " + daemon.role().text());
      if (hasLink) {
        running.add(daemon);
      }
      done.accept(
          hasLink
              ? Optional.empty()
              : Optional.of(new KernelError(Errno.ENODEV, "No such device")));
    }

    @Override
    public void stop(SyncRole role, Consumer<Optional<KernelError>> done) {
      asked.add("stop " + role.text());
      running.removeIf(daemon -> daemon.role() == role);
      done.accept(Optional.empty());
    }

    @Override
    public void read(Consumer<Reading> done) {
      asked.add("read");
      done.accept(new Reading(running, Optional.empty()));
    }

    /** What was asked since this was called last. */
    List<String> heard() {
      List<String> heard = List.copyOf(asked);
      asked.clear();
      return heard;
    }
  }

  /** One turn after the other, each of which ends soon, until it was asked for this. */
  private static void await(EventLoop loop, Kernel kernel, String wanted) throws Exception {
    long start = System.nanoTime();
    while (!kernel.asked.contains(wanted)) {
      assertTrue(System.nanoTime() - start < DEADLINE_NANOS, () -> wanted + ": " + kernel.asked);
      loop.timers().timer((deadline, now) -> {}).arm(loop.readClock() + PAUSE_NANOS);
      loop.turn();
    }
  }

  @Test
  void linksAndTheInstanceAreFollowed() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.call(
          () -> {
            Kernel kernel = new Kernel();
            EventLoop loop = new EventLoop(new EpollWait());
            ConnectionSync sync = new ConnectionSync(loop, kernel, states);
            sync.start(following(SELDOM_NANOS), Set.of());
            assertEquals(List.of("read", "start backup"), kernel.heard());

            kernel.hasLink = true;
            space.vethPair("a0", "b0");
            await(loop, kernel, "start backup");
            kernel.heard();

            states.happened(What.MASTER.of(Subject.instance("VI_1"), 100, Notifications.NONE));
            await(loop, kernel, "start master");
            assertEquals(List.of("stop backup", "start master"), kernel.heard());

            space.ip("link", "del", "a0");
            space.vethPair("a0", "b0");
            await(loop, kernel, "start master");
            assertEquals(List.of("stop master", "start master"), kernel.heard());

            List<String> done = new ArrayList<>();
            sync.stop(() -> done.add("done"));
            assertEquals(List.of("stop master"), kernel.heard());
            assertEquals(List.of("done"), done);
            return null;
          });
    }
  }

  @Test
  void whatRunsIsComparedAgainAndAgain() throws Exception {
    try (LabNamespace space = new LabNamespace()) {
      space.vethPair("a0", "b0");
      space.call(
          () -> {
            Kernel kernel = new Kernel();
            kernel.hasLink = true;
            EventLoop loop = new EventLoop(new EpollWait());
            ConnectionSync sync = new ConnectionSync(loop, kernel, states);
            sync.start(following(PAUSE_NANOS), Set.of());
            kernel.heard();
            await(loop, kernel, "read");
            kernel.running.clear();
            kernel.heard();
            await(loop, kernel, "start backup");
            sync.reload(Director.NONE);
            assertEquals(List.of(), kernel.running);
            sync.stop(() -> {});
            return null;
          });
    }
  }
}
