package org.jkeepalived.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.packaging.Installation.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the launcher starts a daemon, in the foreground and in the background, with stubs of it. */
@Timeout(120)
class LaunchTest {

  /** Does what its first word says, after it has written down its process id. */
  private static final String STUB =
      """
      java.nio.file.Path notes = java.nio.file.Path.of(System.getProperty("stub.notes"));
      java.nio.file.Files.writeString(notes, ProcessHandle.current().pid() + "\\n");
      var launcher = org.jkeepalived.linux.process.LaunchPipe.of(System.getenv());
      switch (System.getProperty("stub.act")) {
        case "ready" -> {
          System.err.println("nearly up");
          launcher.ready();
          System.err.println("nobody must see this");
          Thread.sleep(60_000);
        }
        case "fail" -> {
          System.err.println("the reason");
          launcher.ended(6);
          System.exit(6);
        }
        case "log" -> {
          org.jkeepalived.log.LoggingProvider.choose();
          boolean foreground = !launcher.isPresent();
          var options =
              new org.jkeepalived.log.LogOptions(
                  true, arguments.length > 1, false, org.jkeepalived.log.Facility.DAEMON,
                  java.util.Optional.empty(), false);
          try (var logging =
              org.jkeepalived.log.Logging.start(options, foreground, System.getenv())) {
            var logger = org.slf4j.LoggerFactory.getLogger("org.jkeepalived.vrrp.Router");
            logger.info("({}) Entering MASTER STATE", "VI_1");
            logger.debug("detail");
            logger.trace("topic");
            logger.error("failure\\nforged");
          }
          launcher.ended(6);
        }
        case "crash" -> Runtime.getRuntime().halt(9);
        default -> System.out.println(launcher.isPresent() ? "background" : "foreground");
      }
      """;

  @TempDir static Path directory;
  private static Installation stub;
  private final Path notes = directory.resolve("notes");

  @BeforeAll
  static void install() throws Exception {
    stub = Installation.withMain(directory, STUB);
  }

  @AfterEach
  void killWhatIsLeft() throws Exception {
    if (Files.exists(notes)) {
      daemon().ifPresent(LaunchTest::killWithParent);
      Files.delete(notes);
    }
  }

  /** The parent first: it would start another one, in the middle of the next test. */
  private static void killWithParent(ProcessHandle daemon) {
    daemon
        .parent()
        .filter(
            parent ->
                parent.info().arguments().map(List::of).orElse(List.of()).contains("--supervise"))
        .ifPresent(ProcessHandle::destroyForcibly);
    daemon.destroyForcibly();
  }

  @Test
  void theLauncherEndsWhenTheDaemonIsUp() throws Exception {
    // it returns only when nobody holds the launcher's output any more
    Result result = stub.run(process("ready", "-D"));
    assertEquals(new Result(0, "", "nearly up\n"), result);
    ProcessHandle daemon = daemon().orElseThrow();
    assertTrue(daemon.isAlive());
    Path process = Path.of("/proc", Long.toString(daemon.pid()));
    assertEquals(Path.of("/"), Files.readSymbolicLink(process.resolve("cwd")));
    for (String stream : List.of("0", "1", "2")) {
      assertEquals(
          Path.of("/dev/null"), Files.readSymbolicLink(process.resolve("fd").resolve(stream)));
    }
    assertEquals(Long.toString(daemon.pid()), statistic(process, 6), "leader of its session");
    assertNotEquals(ProcessHandle.current().pid(), daemon.pid());
  }

  @Test
  void startsWhereTheDirectoryIsGone() throws Exception {
    ProcessBuilder builder = process("ready", "-D");
    String gone = "mkdir \"$0\" && cd \"$0\" && rmdir \"$0\" && exec \"$@\"";
    List<String> command = new ArrayList<>(List.of("bash", "-c", gone));
    command.add(directory.resolve("gone").toString());
    command.addAll(builder.command());
    // the shell may say so, too
    Result result = stub.run(builder.command(command));
    assertEquals(0, result.exitCode(), result.toString());
    assertTrue(result.err().endsWith("nearly up\n"), result.toString());
    assertTrue(daemon().orElseThrow().isAlive());
  }

  /** Of cron jobs and other daemons, as keepalived does. */
  @ParameterizedTest
  @CsvSource({
    "<&-, nearly up",
    ">&-, nearly up",
    "2>&-, ''",
    "<&- >&-, nearly up",
    "<&- >&- 2>&-, ''"
  })
  void startsWithClosedStandardFiles(String closing, String said) throws Exception {
    ProcessBuilder builder = process("ready", "-D");
    List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$0\" \"$@\" " + closing));
    command.addAll(builder.command());
    Result result = stub.run(builder.command(command));
    assertEquals(new Result(0, "", said.isEmpty() ? "" : said + "\n"), result);
    ProcessHandle daemon = daemon().orElseThrow();
    assertTrue(daemon.isAlive());
    for (String stream : List.of("0", "1", "2")) {
      Path file = Path.of("/proc", Long.toString(daemon.pid()), "fd", stream);
      assertEquals(Path.of("/dev/null"), Files.readSymbolicLink(file));
    }
  }

  @Test
  void theLauncherFailsAsTheDaemonDoes() throws Exception {
    assertEquals(new Result(6, "", "the reason\n"), stub.run(process("fail", "-D")));
    Optional<ProcessHandle> daemon = daemon();
    if (daemon.isPresent()) { // it had a moment to go on after its last word
      daemon.get().onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void theLauncherFailsIfTheDaemonJustDies() throws Exception {
    assertEquals(
        new Result(2, "", "jkeepalived: the daemon ended before it was ready\n"),
        stub.run(process("crash", "-D")));
  }

  @Test
  void inTheForegroundNothingIsBetween() throws Exception {
    ProcessBuilder builder = process("ready", "-n");
    Process process = builder.start();
    try (BufferedReader err = process.errorReader()) {
      assertEquals("nearly up", err.readLine());
      assertEquals(process.pid() + "\n", Files.readString(notes));
      Path proc = Path.of("/proc", Long.toString(process.pid()));
      long blocked = mask(proc, "SigBlk");
      for (int signal : List.of(1, 2, 10, 12, 15, 36, 63, 64)) { // wanted by a signalfd
        assertEquals(1, blocked >>> (signal - 1) & 1, "blocked " + signal);
      }
      long ignored = mask(proc, "SigIgn");
      for (int signal : List.of(1, 2, 15)) { // or the JVM would unblock them
        assertEquals(1, ignored >>> (signal - 1) & 1, "ignored " + signal);
      }
      for (int signal : List.of(10, 12)) {
        assertEquals(0, ignored >>> (signal - 1) & 1, "ignored " + signal);
      }
      String environment = Files.readString(proc.resolve("environ")).replace('\0', '\n');
      assertTrue(environment.contains("\n_JAVA_SR_SIGNUM=60\n"), environment);
      process.destroyForcibly();
      assertEquals(137, process.waitFor());
    }
  }

  @Test
  void logsToTheConsoleInTheForeground() throws Exception {
    String time = "[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8} [0-9]{4}: ";
    String state = time + "\\(VI_1\\) Entering MASTER STATE\n";
    String failure = time + "failure\\\\nforged\n";
    Result brief = stub.run(process("log", "-nl"));
    assertTrue(brief.err().matches(state + failure), brief.err());
    Result detailed = stub.run(process("log", "-nl", "-D"));
    assertTrue(detailed.err().matches(state + time + "detail\n" + failure), detailed.err());
    assertEquals("", detailed.out());
  }

  @Test
  void showsErrorsOnlyFromTheBackground() throws Exception {
    assertEquals(new Result(6, "", "failure\\nforged\n"), stub.run(process("log", "-l")));
  }

  @Test
  void namesFilesInUtf8WhateverTheLocale() throws Exception {
    assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "the test itself cannot");
    ProcessBuilder builder = process("where", "-n");
    builder.environment().put("LC_ALL", "C");
    builder
        .environment()
        .put("JKEEPALIVED_JAVA_OPTS", "-Dstub.act=x -Dstub.notes=" + directory.resolve("näme"));
    assertEquals("foreground\n", stub.run(builder).out());
    Files.delete(directory.resolve("näme"));
  }

  @ParameterizedTest
  @CsvSource({
    "-n, foreground",
    "-lnD, foreground",
    "--dont-fork, foreground",
    "--dont-f, foreground",
    "-f x -n, foreground",
    "-p -x -n, foreground",
    "-v, foreground",
    "-Dv, foreground",
    "-t, foreground",
    "-t/tmp/x, foreground",
    "--config-test=/tmp/x, foreground",
    "--signum STOP, foreground",
    "--version, foreground",
    "-h, foreground",
    "-D, background",
    "-f -n, background",
    "-i n -D, background",
    "-in, background",
    "-gn, background",
    "-Mn, background",
    "--use-file -n, background",
    "--pid=-n, background",
    "--namespace -n, background",
    "--vrrp -D, background",
    "-D -- -n, background"
  })
  void knowsTheForegroundFromTheBackground(String commandLine, String expected) throws Exception {
    ProcessBuilder builder = process("where", commandLine.split(" "));
    assertEquals(expected + "\n", stub.run(builder).out());
  }

  private ProcessBuilder process(String act, String... arguments) {
    ProcessBuilder process = stub.process(arguments);
    process
        .environment()
        .put("JKEEPALIVED_JAVA_OPTS", "-Dstub.act=" + act + " -Dstub.notes=" + notes);
    return process;
  }

  private Optional<ProcessHandle> daemon() throws Exception {
    return ProcessHandle.of(Long.parseLong(Files.readString(notes).strip()));
  }

  /** A field of {@code /proc/PID/stat}, counted from 1 as proc(5) does; not one before the name. */
  private static String statistic(Path process, int field) throws Exception {
    String line = Files.readString(process.resolve("stat"));
    return line.substring(line.lastIndexOf(')') + 2).split(" ")[field - 3];
  }

  private static long mask(Path process, String name) throws Exception {
    return Files.readAllLines(process.resolve("status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> Long.parseUnsignedLong(line.substring(name.length() + 1).strip(), 16))
        .findFirst()
        .orElseThrow();
  }
}
