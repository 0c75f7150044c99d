package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jkeepalived.config.ExitStatus;
import org.jkeepalived.config.LoadedConfiguration;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.control.Control;
import org.jkeepalived.control.ControlRequest;
import org.jkeepalived.control.ControlSignal;
import org.jkeepalived.control.ReportPlaces;
import org.jkeepalived.control.ReportSettings;
import org.jkeepalived.host.FakeSubsystem;
import org.jkeepalived.host.Services;
import org.jkeepalived.host.script.Scripts;
import org.jkeepalived.linux.process.AccountTable;
import org.jkeepalived.linux.process.LaunchPipe;
import org.jkeepalived.linux.process.NotifySocket;
import org.jkeepalived.log.LogOptions;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.loop.FatalExit;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.status.ReportContext;
import org.jkeepalived.time.LocalClock;
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
  private volatile List<Diagnostic> wrong = List.of();
  private volatile Optional<Set<String>> links = Optional.empty();
  private final LifeSignals signals =
      new LifeSignals(new FatalExit(() -> {}, () -> calls.add("by force")), () -> HOURS_MILLIS);
  private final TestOwners owners = new TestOwners();

  /** What reads the file again, as long as it likes; how often it did. */
  private Runnable whenReadAgain = () -> {};

  private final AtomicInteger readings = new AtomicInteger();
  private final List<String> files = new CopyOnWriteArrayList<>();
  private Scripts scripts;
  private Control control;

  @BeforeEach
  void open() throws Exception {
    scripts = new Scripts(folder);
    ReportContext context =
        new ReportContext(LocalClock.of(ZoneId.of("UTC")), Optional.empty(), CommandFacts.NONE);
    control = Control.start(TestOwners.make(), signal -> {});
    control.reportTo(new ReportSettings(context, ReportPlaces.in(folder), () -> true));
  }

  @AfterEach
  void close() {
    control.close();
    scripts.close();
  }

  private Path fifo() {
    return folder.resolve("fifo");
  }

  private ReloadReading.Patience patience = ReloadReading.Patience.STANDARD;

  private ExitStatus live() throws Exception {
    ConfigurationSource source =
        which -> {
          files.add(which.configuration().file());
          if (readings.incrementAndGet() > 1) {
            whenReadAgain.run();
          }
          return new LoadedConfiguration(FakeSubsystem.withFifo(fifo()), Set.of(), wrong);
        };
    ConfigurationInForce configuration = new ConfigurationInForce(options(), source, () -> links);
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
    try (ReloadReading reading =
        new ReloadReading(owners.owners(), source, source, options(), patience)) {
      return new ServingLife(
              configuration,
              reading,
              signals,
              report,
              control,
              () -> calls.add("log files open again"))
          .live(services);
    }
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

  @Test
  void reloadsThatWaitAreOne() throws Exception {
    for (int i = 0; i < 60; i++) {
      signals.arrived(ControlSignal.RELOAD);
    }
    subsystem.whenReloaded = () -> signals.arrived(ControlSignal.STOP);
    assertEquals(ExitStatus.OK, live());
    assertEquals(1, Collections.frequency(calls, "fake reloads"));
    assertEquals(2, readings.get(), "at the start and at the reload");
  }

  /** A file system that does not answer, and somebody who tries again. */
  @Test
  void aStopDoesNotWaitForAFileThatIsBeingRead() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    CompletableFuture<Thread> reader = new CompletableFuture<>();
    whenReadAgain =
        () -> {
          reader.complete(Thread.currentThread());
          signals.arrived(ControlSignal.RELOAD);
          signals.arrived(ControlSignal.RELOAD);
          signals.arrived(ControlSignal.STOP);
          awaitUninterruptibly(answers);
        };
    signals.arrived(ControlSignal.RELOAD);
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      assertEquals(ExitStatus.OK, live());
      assertEquals(1, lines.count("Reload abandoned"));
    } finally {
      answers.countDown();
    }
    assertEquals("reload", reader.join().getName());
    reader.join().join();
    assertEquals(2, readings.get());
    assertEquals("fake stops", calls.get(calls.size() - 1));
    assertFalse(calls.contains("fake reloads"), calls::toString);
  }

  /** It may never answer: the next reload does not wait for that. */
  @Test
  void aFileThatDoesNotAnswerIsGivenUp() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    patience = new ReloadReading.Patience(1, 1);
    whenReadAgain =
        () -> {
          if (readings.get() == 2) {
            awaitUninterruptibly(answers);
          }
        };
    subsystem.whenReloaded = () -> signals.arrived(ControlSignal.STOP);
    signals.arrived(ControlSignal.RELOAD);
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      Thread again =
          new Thread(
              () -> {
                long given = 0;
                // a reading that is not over within 2 ms is given up, too
                while (!calls.contains("fake reloads")) {
                  if (lines.count("Reload given up") > given) {
                    given = lines.count("Reload given up");
                    signals.arrived(ControlSignal.RELOAD);
                  }
                  Thread.onSpinWait();
                }
              });
      again.start();
      assertEquals(ExitStatus.OK, live());
      again.join();
      assertTrue(lines.count("Reading the configuration takes long") > 0);
      assertTrue(lines.count("Reload given up") > 0);
    } finally {
      answers.countDown();
    }
    assertEquals(1, Collections.frequency(calls, "fake reloads"));
  }

  @Test
  void reportsAreWrittenWhileTheFileIsBeingRead() throws Exception {
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.control")) {
      whenReadAgain =
          () -> {
            signals.arrived(ControlSignal.JSON);
            lines.await("Printing fake as json");
          };
      signals.arrived(ControlSignal.RELOAD);
      subsystem.whenReloaded = () -> signals.arrived(ControlSignal.STOP);
      assertEquals(ExitStatus.OK, live());
    }
    assertTrue(calls.contains("fake reloads"), calls::toString);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What goes wrong while the file is read is a reload's failure, and no more. */
  @Test
  void aBugInTheReadingLeavesTheServicesRunning() throws Exception {
    whenReadAgain =
        () -> {
          if (readings.get() == 2) {
            signals.arrived(ControlSignal.RELOAD);
            throw new StackOverflowError("for the test");
          }
        };
    signals.arrived(ControlSignal.RELOAD);
    subsystem.whenReloaded = () -> signals.arrived(ControlSignal.STOP);
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      assertEquals(ExitStatus.OK, live());
      assertEquals(1, lines.count("internal error on signal RELOAD"));
    }
    assertEquals(1, Collections.frequency(calls, "fake reloads"));
    assertFalse(owners.haveEndedTheProcess());
  }

  // ---- what others ask for by the socket ----

  private String ask(String line) throws Exception {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(folder.resolve("d.control")));
      channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
      byte[] all = Channels.newInputStream(channel).readAllBytes();
      return new String(all, StandardCharsets.UTF_8);
    }
  }

  /** What somebody does while the daemon runs; it stops in the end. */
  private interface Visit {
    void make() throws Exception;
  }

  private void visit(Visit visit) throws Exception {
    control.named(folder.resolve("d.control"));
    CompletableFuture<Void> visited = new CompletableFuture<>();
    Thread visitor =
        new Thread(
            () -> {
              try {
                visit.make();
                visited.complete(null);
              } catch (Throwable failure) {
                visited.completeExceptionally(failure);
              } finally {
                signals.arrived(ControlSignal.STOP);
              }
            });
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      CompletableFuture.runAsync(
          () -> {
            lines.await("Startup complete");
            // its name is there before anybody listens behind it
            while (!quietly("help").startsWith("0 ")) {
              Thread.onSpinWait();
            }
            visitor.start();
          });
      assertEquals(ExitStatus.OK, live());
    }
    visited.get();
  }

  @Test
  void aReloadIsAnsweredWithWhatItChanged() throws Exception {
    visit(
        () -> {
          assertEquals("0 45\nchanged fake\nA reload would be: fake changes\n", ask("plan"));
          assertFalse(calls.contains("fake reloads"), calls::toString);
          assertEquals("0 43\nchanged fake\nReload complete: fake changes\n", ask("reload"));
          assertEquals(1, Collections.frequency(calls, "fake reloads"));
          assertEquals(1, Collections.frequency(calls, "log files open again"));
          assertTrue(ask("reload now").startsWith("2 "));
          assertTrue(ask("help").contains("\nplan [FILE]: "));
        });
    assertFalse(Files.exists(fifo()));
  }

  private static Diagnostic mistake(Diagnostic.Severity severity) {
    return new Diagnostic(
        "test", severity, "a slip", Optional.empty(), Optional.empty(), List.of());
  }

  /** Whoever asks from a script knows by the number what a reload would do. */
  @Test
  void aPlanOfAFileWithMistakesHasANumberOfItsOwn() throws Exception {
    visit(
        () -> {
          assertTrue(ask("plan").startsWith("0 "));
          wrong = List.of(mistake(Diagnostic.Severity.NOTE));
          assertTrue(ask("plan").startsWith("0 "));
          wrong = List.of(mistake(Diagnostic.Severity.WARNING));
          String flawed = ask("plan");
          assertTrue(flawed.startsWith("5 "), flawed);
          assertTrue(
              flawed.endsWith("\na slip\nchanged fake\nA reload would be: fake changes\n"), flawed);
          wrong = List.of(mistake(Diagnostic.Severity.FATAL));
          String refused = ask("plan");
          assertTrue(refused.startsWith("6 "), refused);
          assertTrue(refused.contains("\na slip\nA reload would be refused: "), refused);
          assertFalse(calls.contains("fake reloads"), calls::toString);
        });
  }

  /** It is done, and whoever asked from a script hears that it has cost something. */
  @Test
  void aReloadOfAFileWithMistakesHasTheSameNumber() throws Exception {
    subsystem.shown = false;
    visit(
        () -> {
          wrong = List.of(mistake(Diagnostic.Severity.NOTE));
          assertTrue(ask("reload").startsWith("0 "));
          wrong = List.of(mistake(Diagnostic.Severity.WARNING));
          String flawed = ask("reload");
          assertTrue(flawed.startsWith("5 "), flawed);
          assertTrue(
              flawed.endsWith("\na slip\nchanged fake\nReload complete: fake changes\n"), flawed);
          assertEquals(2, Collections.frequency(calls, "fake reloads"));
          assertTrue(ask("metrics").contains("jkeepalived_reloads_total{outcome=\"done\"} 2\n"));
        });
  }

  @Test
  void theStatusTellsOfARefusalUntilAReloadIsCarriedOut() throws Exception {
    subsystem.shown = false;
    Pattern refused =
        Pattern.compile(
            "\n"
                + "the file was refused at [A-Z][a-z]{2} [ 0-9]\\d [0-9:]{8}, because of: a slip"
                + " \\(see the log\\): what runs is older\n");
    Pattern number = Pattern.compile("\"configuration_refused_at\":\\d+\\.\\d{6},");
    visit(
        () -> {
          assertTrue(ask("status").startsWith("0 "));
          assertFalse(refused.matcher(ask("status")).find());
          wrong = List.of(mistake(Diagnostic.Severity.FATAL));
          assertTrue(ask("plan").startsWith("6 "));
          assertFalse(refused.matcher(ask("status")).find(), "nobody wanted it in force");
          assertTrue(ask("reload").startsWith("1 "));
          assertTrue(refused.matcher(ask("status")).find(), ask("status"));
          assertTrue(number.matcher(ask("status json")).find(), ask("status json"));
          assertTrue(ask("status json").contains(",\"configuration_refused_because\":\"a slip\","));
          assertTrue(ask("status json").contains(",\"configuration_mistakes\":0,"));
          assertFalse(ask("status").contains("mistake"), "none in what runs");
          wrong = List.of(mistake(Diagnostic.Severity.WARNING));
          assertTrue(ask("reload").startsWith("5 "));
          assertFalse(refused.matcher(ask("status")).find());
          assertTrue(ask("status").contains("\n1 mistake in the configuration that runs "));
          assertTrue(ask("status json").contains(",\"configuration_mistakes\":1,"));
          assertFalse(number.matcher(ask("status json")).find());
        });
  }

  /** Who only sent a signal reads it there. */
  @Test
  void theLogSaysWhatIsNew() throws Exception {
    subsystem.news = List.of("removed VI_1");
    try (LoggedLines lines = new LoggedLines("org.jkeepalived.daemon")) {
      signals.arrived(ControlSignal.RELOAD);
      subsystem.whenReloaded = () -> signals.arrived(ControlSignal.STOP);
      assertEquals(ExitStatus.OK, live());
      assertEquals(1, lines.count("Reload: removed VI_1"));
    }
  }

  @Test
  void aPlanMayBeOfAnotherFile() throws Exception {
    visit(
        () -> {
          String answer = ask("plan /etc/other.conf");
          if (AccountTable.ownUser() == 0) {
            assertTrue(answer.startsWith("0 "), answer);
            assertEquals("/etc/other.conf", files.get(files.size() - 1));
          } else {
            assertEquals("1 32\nOnly root may name another file\n", answer);
          }
          assertTrue(ask("plan").startsWith("0 "));
          assertEquals("x.conf", files.get(files.size() - 1));
          assertFalse(ask("plan other.conf").startsWith("0 "));
          if (AccountTable.ownUser() == 0) {
            assertEquals(
                "2 39\nNot a file name in the daemon's locale\n", ask("plan /etc/\0.conf"));
          }
        });
    assertFalse(new ControlRequest.Asker("1000", 7).mayReadAll());
  }

  @Test
  void aReloadThatFailsIsAnsweredAndWhatRunsRuns() throws Exception {
    whenReadAgain =
        () -> {
          throw new StackOverflowError("for the test");
        };
    visit(
        () -> {
          assertTrue(ask("reload").startsWith("1 "));
          assertTrue(ask("plan").startsWith("1 "));
          whenReadAgain = () -> {};
          assertTrue(ask("reload").startsWith("0 "));
        });
  }

  @Test
  void whatStandsInTheWayOfAStopIsAbandoned() throws Exception {
    CountDownLatch answers = new CountDownLatch(1);
    CompletableFuture<Void> reading = new CompletableFuture<>();
    whenReadAgain =
        () -> {
          reading.complete(null);
          awaitUninterruptibly(answers);
        };
    List<CompletableFuture<String>> asked = new ArrayList<>();
    visit(
        () -> {
          asked.add(CompletableFuture.supplyAsync(() -> quietly("reload")));
          reading.join();
          asked.add(CompletableFuture.supplyAsync(() -> quietly("plan")));
        });
    answers.countDown();
    assertEquals("fake stops", calls.get(calls.size() - 1));
    assertTrue(asked.get(0).get().contains("daemon stops"));
    control.close();
    asked.get(1).get();
  }

  private String quietly(String line) {
    try {
      return ask(line);
    } catch (Exception hungUp) {
      return hungUp.toString();
    }
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
