package org.jkeepalived.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stays of the launcher of a daemon in the background; a script stands for the JVM. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SupervisorTest {

  /**
   * Writes down that it was started, or asked to release; answers as the file {@code answer} says,
   * and ends as {@code status} says once there is {@code end}, or by a signal.
   */
  private static final String JAVA =
      """
      #!/bin/sh
      # the launcher blocks the signals that the daemon has a descriptor for; a shell has none
      if [ -z "$HEARS" ]; then
        export HEARS=yes
        exec python3 -c '
      import os, signal, sys
      signal.pthread_sigmask(signal.SIG_SETMASK, [])
      for each in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM): signal.signal(each, signal.SIG_DFL)
      os.execv("/bin/sh", ["sh"] + sys.argv[1:])' "$0" "$@"
      fi
      cd "$FOLDER"
      case " $* " in *" --release "*) echo release >>said; echo "released all"; exit 0 ;; esac
      echo "two words" >/proc/$$/comm # as process_names may call it
      echo "$$" >pid
      echo "$JKEEPALIVED_FORMER" >former
      trap 'echo term >>said; exit 0' TERM
      trap 'echo int >>said; exit 0' INT
      trap 'echo hup >>said' HUP
      echo start >>said
      cat answer >&3
      exec >/dev/null 2>&1 3>&-
      while [ ! -e end ]; do
        # whatever becomes of the test, nothing of it stays
        [ -e "$FOLDER/jkeepalived.jar" ] && kill -0 "$TESTER" || exit 0
        sleep 0.02
      done
      rm end
      exit "$(cat status)"
      """;

  private static final Path LINKS = Path.of("/run/jkeepalived/java-17");

  @TempDir Path folder;
  private Path launcher;
  private final List<ProcessHandle> parents = new ArrayList<>();

  @BeforeEach
  void make() throws Exception {
    // a name of its own: so is the link by which it calls Java, which others look at
    launcher =
        Files.copy(
            Path.of("packaging/bin/jkeepalived"),
            folder.resolve(
                "supervised-" + ProcessHandle.current().pid() + "-" + folder.hashCode()));
    assertTrue(launcher.toFile().setExecutable(true));
    Files.createFile(folder.resolve("jkeepalived.jar"));
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17\"\n");
    assertTrue(Files.writeString(bin.resolve("java"), JAVA).toFile().setExecutable(true));
    answer("ready");
  }

  private void answer(String line) throws IOException {
    Files.writeString(folder.resolve("answer"), line + "\n");
  }

  /** Whatever is left ends, and is not started again. */
  @AfterEach
  void end() throws Exception {
    Files.writeString(folder.resolve("status"), "0\n");
    Files.writeString(folder.resolve("end"), "");
    for (ProcessHandle parent : parents) {
      List<ProcessHandle> daemons = parent.descendants().toList();
      signal("TERM", parent);
      await(() -> !parent.isAlive() && daemons.stream().noneMatch(ProcessHandle::isAlive));
    }
    Files.deleteIfExists(LINKS.resolve(launcher.getFileName()));
  }

  private int start(String... options) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString());
    builder.command().addAll(List.of(options));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("JKEEPALIVED_HOME", folder.toString());
    builder.environment().put("FOLDER", folder.toString());
    builder
        .environment()
        .merge("PATH", folder.resolve("jdk/bin").toString(), (old, own) -> own + ":" + old);
    builder.environment().put("TESTER", Long.toString(ProcessHandle.current().pid()));
    Process process = builder.redirectErrorStream(true).start();
    // to its end: nobody else holds it open
    process.getInputStream().readAllBytes();
    int status = process.waitFor();
    if (status == 0) {
      parents.add(daemon().parent().orElseThrow());
    }
    return status;
  }

  private List<String> said() {
    try {
      return Files.readAllLines(folder.resolve("said"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessHandle daemon() throws IOException {
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    return ProcessHandle.of(pid).orElseThrow();
  }

  private void endWith(int status) throws Exception {
    // one that was told before may have answered already, and not yet ended
    await(() -> Files.notExists(folder.resolve("end")));
    Files.writeString(folder.resolve("status"), status + "\n");
    Files.createFile(folder.resolve("end"));
  }

  private static void signal(String signal, ProcessHandle process) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void whatWasKilledIsReleasedAndStartedAgain() throws Exception {
    assertEquals(0, start());
    ProcessHandle parent = daemon().parent().orElseThrow();
    signal("KILL", daemon());
    await(() -> said().equals(List.of("start", "release", "start")));
    assertEquals(parent, daemon().parent().orElseThrow());
    // and again, by its own status
    endWith(2);
    await(() -> said().size() == 5);
    // its own will is the end
    endWith(0);
    await(() -> !parent.isAlive());
    assertEquals(List.of("start", "release", "start", "release", "start"), said());
    Files.deleteIfExists(folder.resolve("end"));
  }

  /** What the daemon that follows is told of it. */
  @Test
  void theNextOneIsToldOfTheOneBefore() throws Exception {
    assertEquals(0, start());
    assertEquals("\n", Files.readString(folder.resolve("former")));
    long killed = daemon().pid();
    signal("KILL", daemon());
    await(() -> said().equals(List.of("start", "release", "start")));
    assertEquals(killed + " 137 released all\n", Files.readString(folder.resolve("former")));
  }

  /** Its file may be written just now: it was up, and so there was one. */
  @Test
  void whatCannotReadItsFileAnyMoreIsTriedAgain() throws Exception {
    assertEquals(0, start());
    signal("KILL", daemon());
    await(() -> said().size() == 3);
    answer("exit 6");
    endWith(6);
    await(() -> said().size() == 5);
    assertEquals(List.of("start", "release", "start", "release", "start"), said());
  }

  /** As keepalived's parent; a shell in the background would not hear of it. */
  @Test
  void anInterruptIsTheEndToo() throws Exception {
    assertEquals(0, start());
    ProcessHandle parent = daemon().parent().orElseThrow();
    signal("INT", parent);
    await(() -> !parent.isAlive());
    assertEquals(List.of("start", "term"), said());
  }

  /** What interrupts the terminal that it was started from is not meant for it. */
  @Test
  void itIsInASessionOfItsOwn() throws Exception {
    assertEquals(0, start());
    long parent = daemon().parent().orElseThrow().pid();
    String stat = Files.readString(Path.of("/proc/" + parent + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    assertEquals(Long.toString(parent), fields[3]);
  }

  @Test
  void whatIsToStayDownIsReleasedOnly() throws Exception {
    assertEquals(0, start("-DR"));
    ProcessHandle parent = daemon().parent().orElseThrow();
    signal("KILL", daemon());
    await(() -> !parent.isAlive());
    assertEquals(List.of("start", "release"), said());
  }

  @Test
  void signalsArePassedOnAndTermIsTheEnd() throws Exception {
    assertEquals(0, start("--dont-respawn", "-D"));
    ProcessHandle daemon = daemon();
    ProcessHandle parent = daemon.parent().orElseThrow();
    signal("HUP", parent);
    await(() -> said().contains("hup"));
    assertTrue(daemon.isAlive());
    signal("TERM", parent);
    await(() -> !parent.isAlive());
    assertFalse(daemon.isAlive());
    assertEquals(List.of("start", "hup", "term"), said());
  }

  /** At the limit of processes there is none for `sleep` either; it waits all the same. */
  @Test
  void itWaitsWithoutAProcess() throws Exception {
    String failing =
        """
        #!/bin/sh
        [ "$1" = 1 ] || exec /bin/sleep "$@"
        echo once >>"$FOLDER/slept"
        exit 1 # as if there had been no process for it
        """;
    Path sleep = folder.resolve("jdk/bin/sleep");
    assertTrue(Files.writeString(sleep, failing).toFile().setExecutable(true));
    assertEquals(0, start());
    ProcessHandle parent = daemon().parent().orElseThrow();
    signal("KILL", daemon());
    await(() -> said().size() == 3);
    assertEquals(parent, daemon().parent().orElseThrow());
    endWith(2);
    await(() -> said().size() == 5);
    endWith(2);
    await(() -> said().size() == 7);
    Path slept = folder.resolve("slept");
    assertTrue(Files.notExists(slept) || Files.readString(slept).equals("once\n"));
    // it goes on as it was
    signal("HUP", parent);
    await(() -> said().contains("hup"));
    signal("TERM", parent);
    await(() -> !parent.isAlive());
    assertEquals("term", said().get(8));
  }

  /** What a package's removal runs: nothing else would end them, or know of their addresses. */
  @Test
  void theInstallationsRemovalEndsDaemonAndParent() throws Exception {
    assertEquals(0, start());
    ProcessHandle daemon = daemon();
    ProcessHandle parent = daemon.parent().orElseThrow();
    stop("60");
    await(() -> !daemon.isAlive() && !parent.isAlive());
    assertEquals("start", said().get(0));
    assertEquals("term", said().get(1));
    assertFalse(said().contains("release"));
    stop("60"); // nothing runs
  }

  @Test
  void whatDoesNotEndAtARemovalIsKilledAndReleased() throws Exception {
    assertEquals(0, start());
    ProcessHandle daemon = daemon();
    ProcessHandle parent = daemon.parent().orElseThrow();
    signal("STOP", daemon);
    stop("0");
    await(() -> !daemon.isAlive() && !parent.isAlive());
    assertEquals(List.of("start", "release"), said());
  }

  private void stop(String seconds) throws Exception {
    Path stop = folder.resolve("stop");
    Files.copy(Path.of("packaging/stop"), stop, StandardCopyOption.REPLACE_EXISTING);
    Process process =
        new ProcessBuilder("sh", stop.toString(), seconds).redirectErrorStream(true).start();
    assertEquals("", new String(process.getInputStream().readAllBytes()));
    assertEquals(0, process.waitFor());
  }

  /** As a stop does that has lost its patience: first TERM, then KILL. */
  @Test
  void whatIsKilledWhileItIsStoppedIsReleased() throws Exception {
    assertEquals(0, start("-D"));
    ProcessHandle daemon = daemon();
    ProcessHandle parent = daemon.parent().orElseThrow();
    signal("STOP", daemon);
    signal("TERM", parent);
    signal("KILL", daemon);
    await(() -> !parent.isAlive());
    assertEquals(List.of("start", "release"), said());
  }

  @Test
  void whatWasNeverUpIsNotStartedAgain() throws Exception {
    answer("exit 5");
    endWith(5);
    assertEquals(5, start());
    answer("nonsense");
    endWith(2);
    assertEquals(2, start());
    assertEquals(List.of("start", "start"), said());
  }
}
