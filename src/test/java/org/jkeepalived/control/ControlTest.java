package org.jkeepalived.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.status.OverviewStyle;
import org.jkeepalived.status.ReportContext;
import org.jkeepalived.status.Snapshot;
import org.jkeepalived.status.SnapshotSource;
import org.jkeepalived.time.LocalClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ControlTest {

  @TempDir private Path folder;
  private final CountDownLatch written = new CountDownLatch(1);

  /** Fails wholly when it is looked at for the first time. */
  private final class FailingPart implements SnapshotSource, Snapshot {
    private int asked;

    @Override
    public String title() {
      return "VRRP";
    }

    @Override
    public String fileInfix() {
      return "";
    }

    @Override
    public CompletableFuture<Snapshot> snapshot(boolean clear) {
      asked++;
      if (asked == 1) {
        throw new StackOverflowError("for the test");
      }
      return CompletableFuture.completedFuture(this);
    }

    @Override
    public void configuration(ReportContext context, Consumer<String> lines) {
      written.countDown();
    }

    @Override
    public void data(ReportContext context, Consumer<String> lines) {
      lines.accept("data");
    }

    @Override
    public void statistics(Consumer<String> lines) {
      lines.accept("statistics");
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
      pieces.accept("json");
    }
  }

  /** An error, not only an exception: the next report is written. */
  @Test
  void theThreadControlOutlivesAnError() throws Exception {
    TestOwners process = new TestOwners();
    ReportContext context =
        new ReportContext(LocalClock.of(ZoneId.of("UTC")), Optional.empty(), CommandFacts.NONE);
    ReportSettings settings = new ReportSettings(context, ReportPlaces.in(folder), () -> true);
    try (Control control = Control.start(process.owners(), signal -> {})) {
      control.reportTo(settings);
      control.show(List.of(new FailingPart()));
      control.answer(ControlSignal.DATA);
      control.answer(ControlSignal.STATS);
      control.logConfiguration();
      written.await();
      assertFalse(Files.exists(folder.resolve("keepalived.data")));
      assertEquals("statistics\n", Files.readString(folder.resolve("keepalived.stats")));
      assertEquals("control", process.owners().states().get(0).name());
      assertEquals(1, process.owners().states().get(0).failures());
      assertFalse(process.haveEndedTheProcess());
    }
  }

  @Test
  void theThreadsTellOfThemselves() throws Exception {
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.control");
        Control control = Control.start(TestOwners.make(), signal -> {})) {
      control.answer(ControlSignal.TDATA);
      assertEquals(1, lines.count("Thread control is running: "));
    }
  }

  /** Nothing is written, and what asks next is answered. */
  @Test
  void warmingUpMakesAllReportsForNobody() throws Exception {
    ReportContext context =
        new ReportContext(LocalClock.of(ZoneId.of("UTC")), Optional.empty(), CommandFacts.NONE);
    FailingPart part = new FailingPart();
    part.asked = 1;
    try (Control control = Control.start(TestOwners.make(), signal -> {})) {
      control.reportTo(new ReportSettings(context, ReportPlaces.in(folder), () -> true));
      control.show(List.of(part));
      control.warmUp();
      control.logConfiguration();
      written.await();
      assertEquals(3, part.asked);
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(0, files.count());
      }
    }
  }
}
