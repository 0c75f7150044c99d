package org.jkeepalived.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jkeepalived.control.ReportPlaces.Kind;
import org.jkeepalived.linux.file.FileError;
import org.jkeepalived.linux.process.OwnProcess;
import org.jkeepalived.status.Snapshot;
import org.jkeepalived.status.SnapshotSource;
import org.jkeepalived.time.NanoClock;
import org.jkeepalived.time.TimerQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the daemon tells of itself when it is asked: data, statistics, JSON. All of it is put
 * together and written on the control thread, where a disk may hang.
 */
final class StatusReports {

  private static final Logger LOG = LoggerFactory.getLogger(StatusReports.class);

  /** COMPAT: the name that keepalived's first process has in its file's. */
  private static final String PARENT = "_parent";

  private final List<? extends SnapshotSource> sources;
  private final ReportSettings settings;
  private final Owner owner;
  private final List<SharedLook> data;
  private final List<SharedLook> statistics;
  private final List<SharedLook> clearedStatistics;
  private final List<SharedLook> json;
  private final List<SharedLook> configuration;

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
    data =
        files(
            new Report(
                Kind.DATA, false, (taken, out) -> taken.data(settings.context(), lines(out))));
    statistics = files(statisticsReport(false));
    clearedStatistics = files(statisticsReport(true));
    json = files(new Report(Kind.JSON, false, (taken, out) -> taken.json(settings.context(), out)));
    configuration =
        looks(
            false,
            source ->
                taken ->
                    taken.configuration(settings.context(), new PacedLog(settings.logHasRoom())));
  }

  private static Report statisticsReport(boolean clear) {
    return new Report(Kind.STATISTICS, clear, (taken, out) -> taken.statistics(lines(out)));
  }

  /** Writes {@code keepalived.data}, and {@code keepalived_parent.data} beside it. */
  void data() {
    LOG.info("Printing parent data for process({}) on signal", OwnProcess.id());
    print("data", data);
  }

  /**
   * Writes the same beside the files of configurations that are kept: {@code config_save_dir}.
   *
   * @param moment which, the end of the files' names
   */
  void save(Path folder, String moment) {
    String end = "." + OwnProcess.id() + "." + moment;
    looks(
            false,
            source -> {
              // COMPAT: keepalived's name of the process whose data it is
              String infix = source.fileInfix().isEmpty() ? "_vrrp" : source.fileInfix();
              Path file = folder.resolve("keepalived" + infix + end);
              return taken -> write(file, out -> taken.data(settings.context(), lines(out)));
            })
        .stream()
        .filter(look -> look.source().isRunning())
        .forEach(SharedLook::ask);
  }

  /**
   * Writes {@code keepalived.stats}.
   *
   * @param clear count from zero afterwards
   */
  void statistics(boolean clear) {
    print("stats", clear ? clearedStatistics : statistics);
  }

  /** Writes {@code keepalived.json}. */
  void json() {
    print("as json", json);
  }

  /** Makes all of it once, and writes it nowhere. */
  void warmUp() {
    looks(false, source -> this::makeForNobody).stream()
        .filter(look -> look.source().isRunning())
        .forEach(SharedLook::ask);
  }

  private void makeForNobody(Snapshot taken) {
    taken.data(settings.context(), unread -> {});
    taken.statistics(unread -> {});
    taken.json(settings.context(), unread -> {});
  }

  /** Logs the configuration, a line of it a line of the log. */
  void logConfiguration() {
    configuration.stream().filter(look -> look.source().isRunning()).forEach(SharedLook::ask);
  }

  /**
   * A kind of file.
   *
   * @param kind what it is
   * @param clear set the statistics to zero once they are copied
   * @param rendering how a snapshot becomes text
   */
  private record Report(Kind kind, boolean clear, Rendering rendering) {}

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

  private List<SharedLook> files(Report report) {
    return looks(
        report.clear(),
        source ->
            taken -> {
              write(
                  report.kind(),
                  source.fileInfix(),
                  pieces -> report.rendering().write(taken, pieces));
              if (report.kind() == Kind.DATA && isFirst(source)) {
                parent(taken);
              }
            });
  }

  /** Of those that run: it speaks for the daemon as a whole. */
  private boolean isFirst(SnapshotSource source) {
    return sources.stream()
        .filter(SnapshotSource::isRunning)
        .findFirst()
        .equals(Optional.of(source));
  }

  /** What keepalived's first process, which there is none of here, tells of itself. */
  private void parent(Snapshot taken) {
    write(Kind.DATA, PARENT, pieces -> taken.globals(settings.context(), lines(pieces)));
  }

  private List<SharedLook> looks(boolean clear, Function<SnapshotSource, Consumer<Snapshot>> use) {
    return sources.stream()
        .map(source -> new SharedLook(source, clear, use.apply(source), owner))
        .toList();
  }

  /** Whoever asks again before the last one was begun has asked for the same file. */
  private static void print(String what, List<SharedLook> looks) {
    long process = OwnProcess.id();
    for (SharedLook look : looks) {
      if (look.source().isRunning() && look.ask()) {
        LOG.info("Printing {} {} for process({}) on signal", look.source().title(), what, process);
      }
    }
  }

  private void write(Kind kind, String part, ReportFile.Content content) {
    write(settings.places().file(kind, part), content);
  }

  private static void write(Path file, ReportFile.Content content) {
    try {
      ReportFile.write(file, content);
    } catch (IOException e) {
      LOG.error("Can't open {}", FileError.text(e, file));
    }
  }
}
