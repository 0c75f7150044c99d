package org.jkeepalived.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PidFileTest {

  private static final long OWN = ProcessHandle.current().pid();

  private Path path;

  @BeforeEach
  void inADirectory(@TempDir Path directory) {
    path = directory.resolve("keepalived.pid");
  }

  @Test
  void holdsTheProcessIdUntilItIsClosed() throws Exception {
    PidFile file = PidFile.take(path, OWN).orElseThrow();
    assertEquals(OWN + "\n", readByAnother());
    assertEquals(Optional.empty(), PidFile.take(path, OWN));
    file.close();
    assertFalse(Files.exists(path));
  }

  @Test
  void anotherLiveDaemonKeepsIt() throws Exception {
    Process other = holder();
    assertEquals(Optional.empty(), PidFile.take(path, OWN));
    assertEquals(other.pid() + "\n", readByAnother());
    other.getOutputStream().close();
    assertEquals(0, other.waitFor());
    PidFile.take(path, OWN).orElseThrow().close();
  }

  @Test
  void aKilledDaemonIsNoObstacle() throws Exception {
    Process other = holder();
    assertEquals(Optional.empty(), PidFile.take(path, OWN));
    other.destroyForcibly().waitFor();
    assertTrue(Files.exists(path));
    try (PidFile file = PidFile.take(path, OWN).orElseThrow()) {
      assertEquals(path, file.path());
      assertEquals(OWN + "\n", readByAnother());
    }
  }

  @Test
  void aRealKeepalivedThatIsAliveKeepsIt(@TempDir Path directory) throws Exception {
    Path program = Files.copy(Path.of("/bin/sleep"), directory.resolve("keepalived"));
    Process real = new ProcessBuilder(program.toString(), "60").start();
    try {
      Files.writeString(path, real.pid() + "\n");
      awaitName(real, "keepalived");
      assertEquals(Optional.empty(), PidFile.take(path, OWN));
      assertEquals(real.pid() + "\n", Files.readString(path));
    } finally {
      real.destroyForcibly().waitFor();
    }
    PidFile.take(path, OWN).orElseThrow().close();
  }

  /** Its parent has not taken notice of its end. */
  @Test
  void aZombieOfARealKeepalivedIsNoObstacle(@TempDir Path directory) throws Exception {
    Path program = Files.copy(Path.of("/bin/sleep"), directory.resolve("keepalived"));
    Process parent =
        new ProcessBuilder("sh", "-c", "\"$1\" 60 & echo $!; exec sleep 60", "sh", "" + program)
            .start();
    try {
      String pid = parent.inputReader().readLine();
      Files.writeString(path, pid + "\n");
      awaitStatus(pid, "Name:\tkeepalived\n");
      assertEquals(Optional.empty(), PidFile.take(path, OWN));
      awaitStatus("" + parent.pid(), "Name:\tsleep\n"); // a shell would take notice
      ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
      awaitStatus(pid, "\nState:\tZ");
      PidFile.take(path, OWN).orElseThrow().close();
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  /** With {@code process_names}; and of threads, which have numbers like processes. */
  @Test
  void namesOfKeepalivedsProcesses() throws Exception {
    Path name = Path.of("/proc/thread-self/comm");
    String before = Files.readString(name);
    String thread = Path.of("/proc/thread-self").toRealPath().getFileName().toString();
    try {
      Files.writeString(name, "keepalived");
      Files.writeString(path, thread + "\n");
      PidFile.take(path, OWN).orElseThrow().close();
    } finally {
      Files.writeString(name, before);
    }
    Path program = Files.copy(Path.of("/bin/sleep"), path.resolveSibling("keepalived_vrrp"));
    Process real = new ProcessBuilder(program.toString(), "60").start();
    try {
      Files.writeString(path, real.pid() + "\n");
      awaitName(real, "keepalived_vrrp");
      assertEquals(Optional.empty(), PidFile.take(path, OWN));
    } finally {
      real.destroyForcibly().waitFor();
    }
  }

  /** Everybody may look for a daemon, whatever its umask. */
  @Test
  void everybodyMayReadIt() throws Exception {
    int before = OwnProcess.umask(0177);
    try (PidFile file = PidFile.take(path, OWN).orElseThrow()) {
      assertEquals(
          "rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())));
      Process other = new ProcessBuilder(holderCommand()).redirectErrorStream(true).start();
      assertFalse("taken".equals(other.inputReader().readLine()), "it is still locked");
      other.destroyForcibly().waitFor();
    } finally {
      OwnProcess.umask(before);
    }
  }

  private static void awaitStatus(String pid, String part) throws IOException {
    while (!Files.readString(Path.of("/proc", pid, "status")).contains(part)) {
      Thread.onSpinWait();
    }
  }

  /** A number that was given to some other process meanwhile, and things that are no number. */
  @ParameterizedTest
  @ValueSource(strings = {"1\n", "", "\n", "x", "-1", "0", "99999999999999999999", "7 7"})
  void staleContentIsNoObstacle(String content) throws Exception {
    Files.writeString(path, content);
    try (PidFile file = PidFile.take(path, OWN).orElseThrow()) {
      assertEquals(OWN + "\n", readByAnother());
      assertEquals(path, file.path());
    }
  }

  @Test
  void saysWhyItCannotBeWritten() {
    Path nowhere = path.resolveSibling("no").resolve("k.pid");
    assertThrows(IOException.class, () -> PidFile.take(nowhere, OWN));
  }

  @Test
  void followsNoLink() throws Exception {
    Path target = Files.writeString(path.resolveSibling("precious"), "precious");
    Files.createSymbolicLink(path, target);
    assertThrows(IOException.class, () -> PidFile.take(path, OWN));
    assertEquals("precious", Files.readString(target));
  }

  /** Least of all /dev/null, which would be gone after the stop. */
  @ParameterizedTest
  @ValueSource(strings = {"mkfifo", "mkdir", "ln -s /nonexistent"})
  void takesNothingButARegularFile(String maker) throws Exception {
    List<String> command = new ArrayList<>(List.of(maker.split(" ")));
    command.add(path.toString());
    assertEquals(0, new ProcessBuilder(command).start().waitFor());
    FileSystemException refused =
        assertThrows(FileSystemException.class, () -> PidFile.take(path, OWN));
    assertEquals(path + ": Not a regular file", refused.getMessage());
    assertTrue(Files.exists(path, LinkOption.NOFOLLOW_LINKS), "it is not ours to remove");
    Files.delete(path);
    PidFile.take(path, OWN).orElseThrow().close();
  }

  /** Java's own message is "No space left on device" and the like: where, nobody would know. */
  @Test
  void namesTheFileThatThereIsNoRoomFor() throws Exception {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f 0; exec \"$@\" 2>&1", "sh"));
    command.addAll(holderCommand());
    Process process = new ProcessBuilder(command).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor(), output);
    assertTrue(output.contains("FileSystemException: " + path + ": "), output);
    assertFalse(Files.exists(path), "an empty file would tell of a daemon");
  }

  private List<String> holderCommand() {
    return List.of(
        ProcessHandle.current().info().command().orElseThrow(),
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-cp",
        System.getProperty("java.class.path"),
        PidFileHolder.class.getName(),
        path.toString());
  }

  private Process holder() throws IOException {
    Process holder =
        new ProcessBuilder(holderCommand()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output = holder.inputReader();
    assertEquals("taken", output.readLine());
    return holder;
  }

  /** Not by this process: closing what it opened would lose the lock. */
  private String readByAnother() throws Exception {
    Process cat = new ProcessBuilder("cat", path.toString()).start();
    return new String(cat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Between fork and exec a process still has its parent's name. */
  private static void awaitName(Process process, String name) throws IOException {
    Path comm = Path.of("/proc", Long.toString(process.pid()), "comm");
    while (!Files.readString(comm).strip().equals(name)) {
      Thread.onSpinWait();
    }
  }
}
