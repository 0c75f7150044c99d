package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.config.ExitStatus;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.control.Control;
import org.jkeepalived.control.ControlSignal;
import org.jkeepalived.control.ReportSettings;
import org.jkeepalived.host.FakeSubsystem;
import org.jkeepalived.host.Services;
import org.jkeepalived.host.script.Scripts;
import org.jkeepalived.linux.process.LaunchPipe;
import org.jkeepalived.linux.process.NotifySocket;
import org.jkeepalived.log.LogOptions;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.loop.FatalExit;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.status.ReportContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon's life around a subsystem of which it knows nothing. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServingLifeTest {

  private static final long HOURS_MILLIS = 36_000_000;

  @TempDir Path folder;
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final FakeSubsystem subsystem = new FakeSubsystem("fake", calls);
  private final List<Diagnostic> wrong = new ArrayList<>();
  private final LifeSignals signals =
      new LifeSignals(new FatalExit(() -> {}, () -> calls.add("by force")), () -> HOURS_MILLIS);
  private Scripts scripts;
  private Control control;

  @BeforeEach
  void open() throws Exception {
    scripts = new Scripts(folder);
    ReportContext context =
        new ReportContext(ZoneId.of("UTC"), Optional.empty(), CommandFacts.NONE);
    control =
        Control.start(
            TestOwners.make(), new ReportSettings(context, folder, () -> true), signal -> {});
  }

  @AfterEach
  void close() {
    control.close();
    scripts.close();
  }

  private Path fifo() {
    return folder.resolve("fifo");
  }

  private ExitStatus live() throws Exception {
    ConfigurationInForce configuration =
        new ConfigurationInForce(
            options(),
            ignored -> new LoadedConfiguration(FakeSubsystem.withFifo(fifo()), Set.of(), wrong));
    LifeReport report =
        new LifeReport(
            LaunchPipe.of(Map.of()),
            NotifySocket.of(Map.of()),
            () -> calls.add("leaves the terminal"));
    Services services =
        new Services(
            TestOwners.make(),
            configuration.read().orElseThrow(),
            scripts.thread,
            events -> List.of(subsystem));
    return new ServingLife(
            configuration, signals, report, control, () -> calls.add("log files open again"))
        .live(services);
  }

  static DaemonOptions options() {
    return new DaemonOptions(
        List.of(),
        new DaemonOptions.Configuration(
            "x.conf", Path.of("/x.conf"), Optional.empty(), false, false),
        new DaemonOptions.Subsystems(true, true, true, false),
        new DaemonOptions.Process(
            true,
            new DaemonOptions.PidFiles(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.empty(),
            OptionalInt.empty(),
            new DaemonOptions.CoreDump(false, Optional.empty()),
            new DaemonOptions.Stop(false, false, false, true)),
        LogOptions.DEFAULT,
        new DaemonOptions.Observation(
            false, false, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void startsReloadsAndStops() throws Exception {
    signals.arrived(ControlSignal.RELOAD);
    subsystem.whenReloaded = () -> signals.arrived(ControlSignal.STOP);
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      assertEquals(ExitStatus.OK, live());
      lines.await("Startup complete");
    }
    assertEquals(
        List.of(
            "fake starts",
            "fake warms up",
            "leaves the terminal",
            "log files open again",
            "fake reloads",
            "fake stops"),
        calls);
    assertFalse(Files.exists(fifo()));
  }

  /** What the start has made is removed, also where nothing has come up. */
  @Test
  void whatCannotStartIsStopped() throws Exception {
    subsystem.hindrance = Optional.of("no netlink here");
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      assertEquals(ExitStatus.FATAL, live());
      assertTrue(lines.all().contains("no netlink here"), lines.all()::toString);
    }
    assertEquals(List.of("fake starts", "fake stops"), calls);
    assertFalse(Files.exists(fifo()));
  }

  @Test
  void aStopComesThroughBeforeItIsUp() throws Exception {
    subsystem.late = Optional.of(new CompletableFuture<>());
    signals.arrived(ControlSignal.STOP);
    assertEquals(ExitStatus.OK, live());
    assertEquals(List.of("fake starts", "fake stops"), calls);
  }
}
