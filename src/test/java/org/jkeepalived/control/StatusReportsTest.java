package org.jkeepalived.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.status.OverviewStyle;
import org.jkeepalived.status.ReportContext;
import org.jkeepalived.status.Snapshot;
import org.jkeepalived.status.SnapshotSource;
import org.jkeepalived.time.LocalClock;
import org.jkeepalived.time.TimerQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports of parts that nobody here knows. */
final class StatusReportsTest {

  private static final long LONG_NANOS = 60_000_000_000L;

  @TempDir private Path folder;
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private final TimerQueue timers = new TimerQueue();
  private long nowNanos;

  /** A part of the daemon that tells its name. */
  private static final class Part implements SnapshotSource {

    private final String title;
    private final String infix;
    private final List<Boolean> asked = new ArrayList<>();
    private Optional<CompletableFuture<Snapshot>> answer = Optional.empty();

    Part(String title, String infix) {
      this.title = title;
      this.infix = infix;
    }

    @Override
    public String title() {
      return title;
    }

    @Override
    public String fileInfix() {
      return infix;
    }

    @Override
    public CompletableFuture<Snapshot> snapshot(boolean clear) {
      asked.add(clear);
      return answer.orElseGet(() -> CompletableFuture.completedFuture(new Words(title)));
    }
  }

  private record Words(String title) implements Snapshot {
    @Override
    public void configuration(ReportContext context, Consumer<String> lines) {
      lines.accept(title + " is configured");
    }

    @Override
    public void data(ReportContext context, Consumer<String> lines) {
      lines.accept(title + " data");
      lines.accept("in " + context.networkNamespace().orElse("no namespace"));
    }

    @Override
    public void statistics(Consumer<String> lines) {
      lines.accept(title + " counts");
    }

    @Override
    public List<String> meant(String said) {
      return List.of();
    }

    @Override
    public void overview(ReportContext context, OverviewStyle style, Consumer<String> lines) {
      lines.accept("overview");
    }

    @Override
    public Snapshot only(String name) {
      return this;
    }

    @Override
    public void page(ReportContext context, Consumer<String> pieces) {
      pieces.accept("page");
    }

    @Override
    public void overviewJson(Consumer<String> pieces) {
      pieces.accept("\"overview\":1");
    }

    @Override
    public void globals(ReportContext context, Consumer<String> lines) {
      lines.accept("globals");
    }

    @Override
    public void metrics(Consumer<String> pieces) {
      pieces.accept("of_parts 1\n");
    }

    @Override
    public void json(ReportContext context, Consumer<String> pieces) {
      pieces.accept("[");
      pieces.accept("]");
    }
  }

  private StatusReports reports(SnapshotSource... sources) {
    ReportContext context =
        new ReportContext(LocalClock.of(ZoneId.of("UTC")), Optional.of("blue"), CommandFacts.NONE);
    return new StatusReports(
        List.of(sources),
        new ReportSettings(context, ReportPlaces.in(folder), () -> true),
        new StatusReports.Owner(steps::add, timers, () -> nowNanos));
  }

  /** What the thread does; whoever asks for a report does none of it. */
  private void runSteps() {
    while (!steps.isEmpty()) {
      steps.remove().run();
    }
  }

  private String written(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void eachReportHasItsFile() throws IOException {
    Part vrrp = new Part("VRRP", "");
    StatusReports reports = reports(vrrp);
    reports.data();
    reports.statistics(false);
    reports.statistics(true);
    reports.json();
    assertEquals(List.of(), vrrp.asked, "on another thread");
    runSteps();
    assertEquals(List.of(false, false, true, false), vrrp.asked);
    assertEquals("VRRP data\nin blue\n", written("keepalived.data"));
    assertEquals("VRRP counts\n", written("keepalived.stats"));
    assertEquals("[]", written("keepalived.json"));
  }

  @Test
  void eachPartHasFilesOfItsOwn() throws IOException {
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.control")) {
      reports(new Part("VRRP", ""), new Part("checker", "_check")).data();
      runSteps();
      long process = ProcessHandle.current().pid();
      assertEquals(
          List.of(
              "Printing parent data for process(" + process + ") on signal",
              "Printing VRRP data for process(" + process + ") on signal",
              "Printing checker data for process(" + process + ") on signal"),
          lines.all());
    }
    assertEquals("VRRP data\nin blue\n", written("keepalived.data"));
    assertEquals("checker data\nin blue\n", written("keepalived_check.data"));
    assertEquals("globals\n", written("keepalived_parent.data"));
  }

  /** As keepalived 2.2.7 names them. */
  @Test
  void dataIsKeptBesideTheConfigurationsOfReloads() throws IOException {
    Path kept = Files.createDirectory(folder.resolve("kept"));
    StatusReports reports = reports(new Part("VRRP", ""), new Part("checker", "_check"));
    reports.save(kept, "1.pre");
    runSteps();
    long process = ProcessHandle.current().pid();
    assertEquals(
        "VRRP data\nin blue\n",
        Files.readString(kept.resolve("keepalived_vrrp." + process + ".1.pre")));
    assertEquals(
        "checker data\nin blue\n",
        Files.readString(kept.resolve("keepalived_check." + process + ".1.pre")));
    assertFalse(Files.exists(folder.resolve("keepalived.data")));
  }

  @Test
  void theConfigurationIsLogged() {
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.control")) {
      reports(new Part("VRRP", ""), new Part("checker", "_check")).logConfiguration();
      runSteps();
      assertEquals(List.of("VRRP is configured", "checker is configured"), lines.all());
    }
  }

  @Test
  void aFailureConcernsOneReport() throws IOException {
    Part broken = new Part("VRRP", "");
    broken.answer = Optional.of(CompletableFuture.failedFuture(new IllegalStateException("a bug")));
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.control")) {
      reports(broken, new Part("checker", "_check")).data();
      runSteps();
      assertEquals("VRRP cannot be looked at", lines.await("looked at"));
    }
    assertFalse(Files.exists(folder.resolve("keepalived.data")));
    assertTrue(Files.exists(folder.resolve("keepalived_check.data")));
  }

  @Test
  void whoeverDoesNotAnswerIsWaitedForNoLonger() throws IOException {
    Part silent = new Part("VRRP", "");
    CompletableFuture<Snapshot> late = new CompletableFuture<>();
    silent.answer = Optional.of(late);
    StatusReports reports = reports(silent);
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.control")) {
      reports.data();
      runSteps();
      nowNanos += LONG_NANOS;
      assertTrue(timers.fireNext(nowNanos));
      assertEquals("the VRRP thread has not answered for 30 s", lines.await("answered"));
      late.complete(new Words("late"));
      runSteps();
      assertFalse(Files.exists(folder.resolve("keepalived.data")), "nobody waits for it any more");
    }
    silent.answer = Optional.empty();
    reports.data();
    runSteps();
    assertTrue(Files.exists(folder.resolve("keepalived.data")));
    assertFalse(timers.fireNext(nowNanos + LONG_NANOS), "what was answered is waited for no more");
  }

  /** Each snapshot is large: of those that thousands of signals ask for two are taken. */
  @Test
  void whileOneLookIsUnderWayOneMoreWaits() throws IOException {
    Part vrrp = new Part("VRRP", "");
    CompletableFuture<Snapshot> first = new CompletableFuture<>();
    vrrp.answer = Optional.of(first);
    StatusReports reports = reports(vrrp);
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.control")) {
      reports.json();
      runSteps();
      for (int i = 0; i < 6_000; i++) {
        reports.json();
        assertTrue(steps.size() <= 1, "nothing piles up before the thread comes to it");
        if (i % 2 == 0) {
          runSteps();
        }
      }
      assertEquals(List.of(false), vrrp.asked);
      reports.statistics(true);
      runSteps();
      assertEquals(List.of(false, true), vrrp.asked, "another kind does not wait for it");

      vrrp.answer = Optional.empty();
      first.complete(new Words("first"));
      runSteps();
      assertEquals(List.of(false, true, false), vrrp.asked);
      assertEquals("[]", written("keepalived.json"));
      assertEquals(2, lines.count("Printing VRRP as json"));
    }
    reports.json();
    runSteps();
    assertEquals(List.of(false, true, false, false), vrrp.asked);
  }

  /** What fails, or is not answered, does not keep the next one waiting. */
  @Test
  void theOneThatWaitsComesWhateverBecomesOfTheFirst() throws IOException {
    Part vrrp = new Part("VRRP", "");
    vrrp.answer = Optional.of(new CompletableFuture<>());
    StatusReports reports = reports(vrrp);
    reports.data();
    runSteps();
    reports.data();
    runSteps();
    vrrp.answer = Optional.of(CompletableFuture.failedFuture(new IllegalStateException("a bug")));
    nowNanos += LONG_NANOS;
    assertTrue(timers.fireNext(nowNanos));
    reports.data();
    runSteps();
    assertEquals(2, vrrp.asked.size());
    vrrp.answer = Optional.empty();
    reports.data();
    runSteps();
    assertEquals("VRRP data\nin blue\n", written("keepalived.data"));
  }

  @ParameterizedTest
  @CsvSource({"/var/tmp,/var/tmp", "relative,/tmp", "'',/tmp"})
  void theFolderIsTheEnvironments(String asked, Path folder) {
    assertEquals(folder, ReportSettings.folder(Map.of("TMPDIR", asked)));
    assertEquals(Path.of("/tmp"), ReportSettings.folder(Map.of()));
  }
}
