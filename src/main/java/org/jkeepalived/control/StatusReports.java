package org.jkeepalived.control;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.status.Snapshot;
import org.jkeepalived.status.SnapshotSource;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.time.TimerQueue.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the daemon tells of itself when it is asked: data, statistics, JSON. All of it is put
 * together and written on the control thread, where a disk may hang.
 */
final class StatusReports {

  private static final Logger LOG = LoggerFactory.getLogger(StatusReports.class);

  private static final long ANSWER_SECONDS = 30;

  private final List<? extends SnapshotSource> sources;
  private final ReportSettings settings;
  private final Owner owner;

  /**
   * The thread that the reports live on.
   *
   * @param executor has it do something soon; from any thread
   * @param timers fire on it
   * @param clock its time
   */
  record Owner(Executor executor, TimerQueue timers, NanoClock clock) {}

  /**
   * @param sources what to tell of, each in files of its own
   */
  StatusReports(List<? extends SnapshotSource> sources, ReportSettings settings, Owner owner) {
    this.sources = List.copyOf(sources);
    this.settings = settings;
    this.owner = owner;
  }

  /** Writes {@code keepalived.data}. */
  void data() {
    files(
        "data",
        new Report("data", false, (taken, out) -> taken.data(settings.context(), lines(out))));
  }

  /**
   * Writes {@code keepalived.stats}.
   *
   * @param clear count from zero afterwards
   */
  void statistics(boolean clear) {
    files("stats", new Report("stats", clear, (taken, out) -> taken.statistics(lines(out))));
  }

  /** Writes {@code keepalived.json}. */
  void json() {
    files(
        "as json", new Report("json", false, (taken, out) -> taken.json(settings.context(), out)));
  }

  /** Logs the configuration, a line of it a line of the log. */
  void logConfiguration() {
    PacedLog log = new PacedLog(settings.logHasRoom());
    for (SnapshotSource source : sources) {
      look(source, false, taken -> taken.configuration(settings.context(), log));
    }
  }

  /**
   * A kind of file.
   *
   * @param extension what its name ends in
   * @param clear set the statistics to zero once they are copied
   * @param rendering how a snapshot becomes text
   */
  private record Report(String extension, boolean clear, Rendering rendering) {}

  /** How a snapshot becomes text. */
  private interface Rendering {
    void write(Snapshot snapshot, Consumer<String> pieces);
  }

  private static Consumer<String> lines(Consumer<String> pieces) {
    return line -> {
      pieces.accept(line);
      pieces.accept("\n");
    };
  }

  private void files(String what, Report report) {
    long process = ProcessHandle.current().pid();
    for (SnapshotSource source : sources) {
      LOG.info("Printing {} {} for process({}) on signal", source.title(), what, process);
      String name = "keepalived" + source.fileInfix() + "." + report.extension();
      look(
          source,
          report.clear(),
          taken -> write(name, pieces -> report.rendering().write(taken, pieces)));
    }
  }

  private void write(String name, ReportFile.Content content) {
    try {
      ReportFile.write(settings.folder().resolve(name), content);
    } catch (IOException e) {
      LOG.error("Can't open {}", FileError.text(e, settings.folder().resolve(name)));
    }
  }

  private void look(SnapshotSource source, boolean clear, Consumer<Snapshot> use) {
    owner.executor().execute(() -> new Look(source, use).begin(clear));
  }

  /** A snapshot that is waited for, but not for ever. Lives on the owner's thread. */
  private final class Look {

    private final SnapshotSource source;
    private final Consumer<Snapshot> use;
    private final Timer patience;
    private boolean over;

    Look(SnapshotSource source, Consumer<Snapshot> use) {
      this.source = source;
      this.use = use;
      patience = owner.timers().timer((deadline, now) -> giveUp());
    }

    void begin(boolean clear) {
      patience.arm(owner.clock().nowNanos() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS));
      source
          .snapshot(clear)
          .whenComplete(
              (taken, failure) -> owner.executor().execute(() -> answered(taken, failure)));
    }

    private void giveUp() {
      over = true;
      LOG.error("the {} thread has not answered for {} s", source.title(), ANSWER_SECONDS);
    }

    /** Exactly one of the two is there; the library says so with {@code null}. */
    private void answered(Snapshot taken, Throwable failure) {
      if (over) {
        return;
      }
      patience.disarm();
      if (failure != null) {
        LOG.error("{} cannot be looked at", source.title(), failure);
        return;
      }
      try {
        use.accept(taken);
      } catch (RuntimeException bug) {
        LOG.error("what was found out cannot be shown", bug);
      }
    }
  }
}
