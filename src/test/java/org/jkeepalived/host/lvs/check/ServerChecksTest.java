package org.jkeepalived.host.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.host.script.Scripts;
import org.jkeepalived.loop.FailureRule;
import org.jkeepalived.loop.OwnerState;
import org.jkeepalived.loop.OwnerThread;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.lvs.check.CheckedServer;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.CheckSchedule;
import org.jkeepalived.model.lvs.Director;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.MiscCheck;
import org.jkeepalived.model.lvs.TableSettings;
import org.jkeepalived.model.lvs.TcpCheck;
import org.jkeepalived.model.lvs.TlsFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Checks as the daemon has them: with threads, scripts and sockets. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ServerChecksTest {

  private static final long MILLI = 1_000_000L;
  private static final CheckSchedule OFTEN =
      new CheckSchedule(100 * MILLI, MILLI, 1, 10 * MILLI, false, false);

  @TempDir Path directory;
  private final Owners owners = TestOwners.make();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private Scripts scripts;
  private OwnerThread lvs;
  private ServerChecks checks;

  @BeforeEach
  void open() throws Exception {
    scripts = new Scripts(directory);
    lvs = owners.make("lvs", FailureRule.goOn("nothing")).start();
    checks = new ServerChecks(owners, lvs.loop(), scripts.thread, new Random(1));
  }

  @AfterEach
  void close() {
    lvs.execute(checks::close);
    lvs.close();
    scripts.close();
  }

  private RunningCheck run(Check check) {
    RunningCheck running =
        checks.make(
            new CheckedServer("RS", "VS"), check, !check.schedule().alpha(), new Listener());
    lvs.execute(() -> running.start(lvs.loop().nowNanos()));
    return running;
  }

  private String hear() throws InterruptedException {
    String what = heard.poll(60, TimeUnit.SECONDS);
    return what == null ? "nothing" : what;
  }

  private MiscCheck misc(long timeoutMillis, boolean dynamic, String... words) {
    return new MiscCheck(
        OFTEN, new Command(List.of(words), Scripts.me(), false), timeoutMillis * MILLI, dynamic);
  }

  @Test
  void scriptsAreRunAndTheirWordsKept() throws Exception {
    Path state = Files.writeString(directory.resolve("state"), "1");
    Path script =
        scripts.shell("misc", "test \"$2\" = 'two words' && exit $(cat \"$1\")", "exit 9");
    run(misc(30_000, false, script.toString(), state.toString(), "two words"));
    assertEquals("failed MISC CHECK failed on service on lvs", hear());
    replace(state, "0");
    assertEquals("succeeded MISC CHECK succeeded on service on lvs", hear());
    replace(state, "3");
    assertEquals("failed MISC CHECK failed on service on lvs", hear());
  }

  /** At once, so that no script reads half of it. */
  private static void replace(Path file, String text) throws IOException {
    Path next = Files.writeString(file.resolveSibling("next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void scriptsSetTheWeight() throws Exception {
    Path script = scripts.shell("weight", "exit 12");
    run(misc(30_000, true, script.toString()));
    assertEquals("weighs OptionalLong[10] on lvs", hear());
  }

  @Test
  void scriptsThatAreMissingOrTakeTooLongHaveFailed() throws Exception {
    RunningCheck missing = run(misc(30_000, false, "/no/such/script"));
    assertEquals("failed MISC CHECK failed on service on lvs", hear());
    assertTrue(missing.look().last().orElseThrow().reason().startsWith("not run: /no/such/script"));
    missing.end();
    RunningCheck slow = run(misc(200, false, scripts.shell("slow", "sleep 100").toString()));
    assertEquals("failed MISC CHECK timed out on service on lvs", hear());
    assertEquals("timed out", slow.look().last().orElseThrow().reason());
  }

  @Test
  void theThreadOfTheSocketsComesWithTheFirstCheckThatNeedsOneAndEnds() throws Exception {
    run(misc(30_000, false, "/bin/false"));
    assertEquals("failed MISC CHECK failed on service on lvs", hear());
    assertFalse(owners.states().stream().anyMatch(one -> one.name().equals("checks")));
    try (ServerSocket listening = new ServerSocket(0)) {
      RunningCheck running =
          run(
              new TcpCheck(
                  new CheckSchedule(100 * MILLI, MILLI, 1, 10 * MILLI, true, false),
                  AskingRig.to(listening.getLocalPort(), 20_000)));
      assertEquals("succeeded TCP CHECK succeed on service on lvs", hear());
      assertTrue(owners.states().stream().anyMatch(one -> one.name().equals("checks")));
      lvs.execute(running::end);
    }
    long before = openSockets();
    lvs.execute(checks::close);
    lvs.execute(() -> heard.add("closed"));
    assertEquals("closed", hear());
    assertFalse(
        owners.states().stream()
            .filter(one -> one.condition() != OwnerState.Condition.ENDED)
            .anyMatch(one -> one.name().equals("checks")));
    assertTrue(openSockets() <= before);
  }

  /** Hundreds of checks that are asked again and again leave no socket behind. */
  /** The clock has gone on while the thread waited for the answer. */
  @Test
  void aSlowAnswerIsToldToHaveTakenItsTime() throws Exception {
    long slownessNanos = 200 * MILLI;
    TestServer slow =
        TestServer.of(
            socket -> {
              socket.getInputStream().read(new byte[4096]);
              Thread.sleep(slownessNanos / MILLI);
              socket.getOutputStream().write("HTTP/1.0 503 Busy\r\n\r\n".getBytes());
            });
    try (slow) {
      RunningCheck check =
          run(AskingRig.http(AskingRig.to(slow.port(), 20_000), AskingRig.url("/p")));
      assertEquals("failed CHECK failed on service : HTTP request failed on lvs", hear());
      assertTrue(check.look().last().orElseThrow().tookNanos() >= slownessNanos);
    }
  }

  @Test
  void nothingIsLeftOpen() throws Exception {
    long before = openSockets();
    try (TestServer silent = TestServer.of(socket -> Thread.sleep(60_000))) {
      List<RunningCheck> running = new ArrayList<>();
      CheckSchedule quick = new CheckSchedule(MILLI, MILLI, 0, MILLI, false, false);
      for (int i = 0; i < 200; i++) {
        running.add(
            run(
                new HttpCheck(
                    quick,
                    AskingRig.to(silent.port(), 200),
                    HttpCheck.Version.HTTP_1_0,
                    false,
                    Optional.empty(),
                    List.of(AskingRig.url("/")))));
      }
      for (int i = 0; i < 200; i++) {
        assertEquals("failed CHECK failed on service : HTTP request failed on lvs", hear());
      }
      lvs.execute(() -> running.forEach(RunningCheck::end));
      lvs.execute(checks::close);
      lvs.execute(() -> heard.add("closed"));
      assertEquals("closed", hear());
    }
    long deadline = System.nanoTime() + 30_000 * MILLI;
    while (openSockets() > before && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertTrue(openSockets() <= before, openSockets() + " > " + before);
  }

  private static long openSockets() throws IOException {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.filter(ServerChecksTest::isSocket).count();
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("socket:");
    } catch (IOException closed) {
      return false;
    }
  }

  @Test
  void withoutSocketsNothingOfNettyIsLoaded() throws Exception {
    assertEquals(List.of(), nettyClassesOf("misc", "1"));
    assertFalse(nettyClassesOf("tcp", "1", Integer.toString(refusingPort())).isEmpty());
  }

  @Test
  void anAuthorityIsSaidToHaveNoEffectOnce() throws Exception {
    Logger log = (Logger) LoggerFactory.getLogger(ServerChecks.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    TlsFiles files =
        new TlsFiles(
            Optional.of("/etc/ca.pem"), Optional.empty(), Optional.empty(), Optional.empty());
    lvs.execute(
        () -> {
          checks.use(with(TlsFiles.NONE));
          checks.use(with(files));
          checks.use(with(files));
          heard.add("used");
        });
    assertEquals("used", hear());
    log.detachAppender(lines);
    assertEquals(
        List.of("SSL ca /etc/ca.pem has no effect: certificates of real servers are not verified"),
        lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
  }

  @Test
  void wantOfDescriptorsIsNoFailureOfTheServer() throws Exception {
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -n 200; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StarvedAsker.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), said);
    List<String> lines = said.lines().toList();
    assertTrue(lines.contains("before Attempt[kind=CONNECTED, reason=]"), said);
    assertTrue(lines.contains("refused Attempt[kind=FAILED, reason=connection refused]"), said);
    assertTrue(
        lines.contains("refused mail Ending[kind=CONNECT_FAILED, reason=connection refused]"),
        said);
    assertTrue(
        lines.contains(
            "refused name FAILED connection refused"
                + " Optional[KernelError[number=111, text=Connection refused]]"),
        said);
    assertTrue(
        lines.contains("starved Attempt[kind=NOT_ASKED, reason=open socket: Too many open files]"),
        said);
    assertTrue(lines.contains("again NOT_ASKED"), said);
    assertTrue(lines.contains("script before EXITED false"), said);
    assertTrue(lines.contains("script starved NOT_RUN true"), said);
    assertTrue(lines.contains("script after EXITED false"), said);
    assertTrue(said.contains("tls before Ending[kind=HANDSHAKE_FAILED, "), said);
    assertTrue(said.contains("tls starved Ending[kind=NOT_ASKED, reason=files of the SSL "), said);
    assertEquals(
        1, lines.stream().filter(line -> line.contains("No process for a check: ")).count());
    assertTrue(
        lines.contains("mail Ending[kind=NOT_ASKED, reason=open socket: Too many open files]"),
        said);
    assertTrue(
        lines.stream()
            .anyMatch(line -> line.startsWith("name NOT_ASKED open socket: Too many open files")),
        said);
    assertTrue(lines.contains("after Attempt[kind=CONNECTED, reason=]"), said);
    assertEquals(
        1,
        lines.stream()
            .filter(line -> line.contains("No socket for a check: open socket: Too many"))
            .count());
  }

  private static Director with(TlsFiles files) {
    return new Director(List.of(), files, TableSettings.STANDARD, false);
  }

  /** Two services on one server: each hears of it, and the server is asked once. */
  @Test
  void whatIsToBeAskedAlikeIsAskedOnceIfThatIsWanted() throws Exception {
    CompletableFuture<Void> used = new CompletableFuture<>();
    lvs.execute(
        () -> {
          checks.use(new Director(List.of(), TlsFiles.NONE, TableSettings.STANDARD, true));
          used.complete(null);
        });
    used.get(60, TimeUnit.SECONDS);
    try (ServerSocket listening = new ServerSocket(0)) {
      TcpCheck check =
          new TcpCheck(
              new CheckSchedule(3_600_000 * MILLI, MILLI, 0, MILLI, true, false),
              AskingRig.to(listening.getLocalPort(), 20_000));
      RunningCheck one = run(check);
      RunningCheck other = run(check);
      CheckSchedule later = new CheckSchedule(3_600_000 * MILLI, MILLI, 1, MILLI, false, false);
      RunningCheck unlike = run(new TcpCheck(later, check.connection()));
      assertEquals("succeeded TCP CHECK succeed on service on lvs", hear());
      assertEquals("succeeded TCP CHECK succeed on service on lvs", hear());
      assertEquals(2, one.look().sharers());
      assertEquals(one.look().runs(), other.look().runs());
      assertEquals(1, unlike.look().sharers());
      lvs.execute(other::end);
      lvs.execute(unlike::end);
      lvs.execute(() -> heard.add("ended"));
      assertEquals("ended", hear());
      assertEquals(1, one.look().sharers());
      lvs.execute(one::end);
    }
  }

  private static int refusingPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private List<String> nettyClassesOf(String... arguments) throws Exception {
    Path classes = directory.resolve("classes");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + classes,
                "-cp",
                System.getProperty("java.class.path"),
                CheckHolder.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), said);
    return Files.readAllLines(classes).stream().filter(line -> line.contains("io.netty")).toList();
  }

  /** Writes down what it hears, and on which thread. */
  private final class Listener implements RunningCheck.Listener {
    private void note(String what) {
      heard.add(what + " on " + Thread.currentThread().getName());
    }

    @Override
    public void succeeded(String reason) {
      note("succeeded " + reason);
    }

    @Override
    public void failed(String reason) {
      note("failed " + reason);
    }

    @Override
    public void weighs(OptionalLong weight) {
      note("weighs " + weight);
    }
  }
}
