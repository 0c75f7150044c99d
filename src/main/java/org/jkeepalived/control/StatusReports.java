package org.jkeepalived.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jkeepalived.host.script.KnownCommands;
import org.jkeepalived.host.vrrp.VrrpService;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.log.Logging;
import org.jkeepalived.status.DataDump;
import org.jkeepalived.status.JsonText;
import org.jkeepalived.status.StatisticsText;
import org.jkeepalived.status.TrackerStatus;
import org.jkeepalived.status.VrrpSnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the daemon tells of itself when it is asked: data, statistics, JSON. All of it is put
 * together and written on a thread of its own, one after the other, so that neither VRRP nor a stop
 * ever waits for a disk.
 */
public final class StatusReports {

  private static final Logger LOG = LoggerFactory.getLogger(StatusReports.class);

  private static final long ANSWER_SECONDS = 30;
  private static final long WATCHED_SECONDS = 3;
  private static final int LINES_AT_ONCE = 1_000;
  private static final long LOG_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOG_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Source source;
  private final Path folder;
  private final BooleanSupplier logHasRoom;
  private final DataDump dump;
  private final Executor thread;

  /** Where snapshots come from. */
  @FunctionalInterface
  interface Source {
    /**
     * @param clear set the statistics to zero once they are copied
     */
    CompletableFuture<VrrpSnapshot> snapshot(boolean clear);

    /** What other threads than VRRP's know of what is tracked: an answer for each of them. */
    default List<CompletableFuture<TrackerStatus>> trackerStatus() {
      return List.of();
    }
  }

  /** The daemon's own threads. */
  private record Sources(
      VrrpService vrrp, List<Supplier<CompletableFuture<TrackerStatus>>> watchers)
      implements Source {
    @Override
    public CompletableFuture<VrrpSnapshot> snapshot(boolean clear) {
      return vrrp.snapshot(clear);
    }

    @Override
    public List<CompletableFuture<TrackerStatus>> trackerStatus() {
      return watchers.stream().map(Supplier::get).toList();
    }
  }

  /**
   * @param folder where the files go
   * @param logHasRoom whether the log takes a thousand more lines
   */
  StatusReports(
      Source source, Path folder, BooleanSupplier logHasRoom, DataDump dump, Executor thread) {
    this.source = source;
    this.folder = folder;
    this.logHasRoom = logHasRoom;
    this.dump = dump;
    this.thread = thread;
  }

  /**
   * @param watchers those who know of what is tracked, on threads of their own
   * @param thread where reports are written, one after the other
   */
  public static StatusReports of(
      VrrpService vrrp,
      List<Supplier<CompletableFuture<TrackerStatus>>> watchers,
      Logging logging,
      Optional<String> networkNamespace,
      Executor thread) {
    return new StatusReports(
        new Sources(vrrp, watchers),
        Path.of("/tmp"),
        logging::hasRoom,
        new DataDump(ZoneId.systemDefault(), networkNamespace, new KnownCommands()),
        thread);
  }

  /** Writes {@code keepalived.data}. */
  public void data() {
    LOG.info("Printing VRRP data for process({}) on signal", ProcessHandle.current().pid());
    file("keepalived.data", false, (taken, pieces) -> dump.running(taken, lines(pieces)));
  }

  /**
   * Writes {@code keepalived.stats}.
   *
   * @param clear count from zero afterwards
   */
  public void statistics(boolean clear) {
    LOG.info("Printing VRRP stats for process({}) on signal", ProcessHandle.current().pid());
    file("keepalived.stats", clear, (taken, pieces) -> StatisticsText.write(taken, lines(pieces)));
  }

  /** Writes {@code keepalived.json}. */
  public void json() {
    LOG.info("Printing VRRP as json for process({}) on signal", ProcessHandle.current().pid());
    file(
        "keepalived.json",
        false,
        (taken, pieces) -> JsonText.write(taken, dump.commands(), pieces));
  }

  /** Logs the configuration, a line of it a line of the log. */
  public void logConfiguration() {
    look(false, taken -> dump.configuration(taken, new PacedLog()));
  }

  private static Consumer<String> lines(Consumer<String> pieces) {
    return line -> {
      pieces.accept(line);
      pieces.accept("\n");
    };
  }

  /** How a snapshot becomes text. */
  private interface Rendering {
    void write(VrrpSnapshot snapshot, Consumer<String> pieces);
  }

  private void file(String name, boolean clear, Rendering rendering) {
    look(clear, taken -> write(folder.resolve(name), out -> rendering.write(taken, out)));
  }

  private static void write(Path file, ReportFile.Content content) {
    try {
      ReportFile.write(file, content);
    } catch (IOException e) {
      LOG.error("Can't open {}", FileError.text(e, file));
    }
  }

  private void look(boolean clear, Consumer<VrrpSnapshot> use) {
    thread.execute(
        () -> {
          try {
            VrrpSnapshot taken = source.snapshot(clear).get(ANSWER_SECONDS, TimeUnit.SECONDS);
            use.accept(taken.watching(trackerStatus()));
          } catch (TimeoutException e) {
            LOG.error("the VRRP thread has not answered for {} s", ANSWER_SECONDS);
          } catch (ExecutionException e) {
            LOG.error("VRRP cannot be looked at", e.getCause());
          } catch (RuntimeException bug) {
            LOG.error("what was found out cannot be shown", bug);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Whoever does not answer is left out: what VRRP knows is worth telling without it. */
  private TrackerStatus trackerStatus() throws InterruptedException {
    TrackerStatus all = TrackerStatus.UNKNOWN;
    for (CompletableFuture<TrackerStatus> answer : source.trackerStatus()) {
      try {
        all = all.with(answer.get(WATCHED_SECONDS, TimeUnit.SECONDS));
      } catch (TimeoutException e) {
        LOG.warn("what is tracked is not told whole: no answer for {} s", WATCHED_SECONDS);
      } catch (ExecutionException e) {
        LOG.error("what is tracked cannot be looked at", e.getCause());
      }
    }
    return all;
  }

  /** Logs no faster than the log takes it: the lines of 10,000 instances fit into no queue. */
  private final class PacedLog implements Consumer<String> {

    private int lines;
    private boolean refused;

    @Override
    public void accept(String line) {
      lines++;
      if (lines % LINES_AT_ONCE == 0 && !refused && !awaitRoom()) {
        refused = true;
        LOG.warn("The log takes no more lines: the rest of the dump is left out");
      }
      if (!refused) {
        LOG.info("{}", line);
      }
    }

    private boolean awaitRoom() {
      long deadlineNanos = System.nanoTime() + LOG_PATIENCE_NANOS;
      while (!logHasRoom.getAsBoolean()) {
        if (deadlineNanos - System.nanoTime() < 0) {
          return false;
        }
        LockSupport.parkNanos(this, LOG_PAUSE_NANOS);
      }
      return true;
    }
  }
}
