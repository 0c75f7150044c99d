package org.jkeepalived.host.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.model.Account;
import org.jkeepalived.script.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of other users, which takes root; and what becomes of them when the daemon is killed. */
@Tag("lab")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ScriptThreadLabTest {

  private static final String NOBODY = "nobody";

  @TempDir Path directory;
  private Scripts scripts;

  @BeforeEach
  void open() throws Exception {
    scripts = new Scripts(directory);
    // whoever runs them may write here
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterEach
  void close() {
    scripts.close();
  }

  private List<String> status(Account account) throws Exception {
    Path script = scripts.shell("status", "cat /proc/$$/status > " + scripts.path("out"));
    Files.deleteIfExists(scripts.path("out"));
    Outcome outcome =
        scripts.start(Scripts.command(script, account), OptionalLong.empty()).outcome();
    assertTrue(outcome.succeeded(), outcome::toString);
    return Files.readAllLines(scripts.path("out"));
  }

  private static String value(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static List<String> sorted(String words) {
    return List.copyOf(new TreeSet<>(Arrays.asList(words.split("\\s+"))));
  }

  @Test
  void userHasNothingOfRootsLeft() throws Exception {
    List<String> status = status(new Account(NOBODY, Optional.empty(), false));
    String user = output("id", "-u", NOBODY);
    String group = output("id", "-g", NOBODY);
    assertEquals(List.of(user), sorted(value(status, "Uid")));
    assertEquals(List.of(group), sorted(value(status, "Gid")));
    assertEquals(List.of(group), sorted(value(status, "Groups")));
    for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapAmb")) {
      assertEquals("0000000000000000", value(status, set), set);
    }
  }

  /** COMPAT: the named group is then the only one. */
  @Test
  void groupIsTheNamedOne() throws Exception {
    List<String> status = status(new Account(NOBODY, Optional.of("daemon"), false));
    String group = output("getent", "group", "daemon").split(":")[2];
    assertEquals(List.of(group), sorted(value(status, "Gid")));
    assertEquals(List.of(group), sorted(value(status, "Groups")));
  }

  @Test
  void supplementaryGroupsAreTheUsers() throws Exception {
    // whichever user has most of them here
    String best = NOBODY;
    for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
      String user = line.split(":")[0];
      if (sorted(output("id", "-G", user)).size() > sorted(output("id", "-G", best)).size()) {
        best = user;
      }
    }
    List<String> status = status(new Account(best, Optional.empty(), true));
    assertEquals(sorted(output("id", "-G", best)), sorted(value(status, "Groups")));
  }

  @Test
  void rootIsRootWithNoGroupBesides() throws Exception {
    List<String> status = status(new Account("root", Optional.empty(), false));
    assertEquals("0\t0\t0\t0", value(status, "Uid"));
    assertTrue(List.of("", "0").contains(value(status, "Groups")), status::toString);
    assertFalse(value(status, "CapEff").equals("0000000000000000"));
  }

  @Test
  void userMayOpenItsStandardErrorAgain() throws Exception {
    Path script = scripts.shell("reopen", "echo something > /dev/stderr || exit 9");
    Account nobody = new Account(NOBODY, Optional.empty(), false);
    Outcome outcome =
        scripts.start(Scripts.command(script, nobody), OptionalLong.empty()).outcome();
    assertTrue(outcome.succeeded(), outcome::toString);
  }

  @Test
  void scriptEndsWithADaemonThatIsKilled() throws Exception {
    for (String user : List.of("root", NOBODY)) {
      String pids = "pid-" + user;
      Path script =
          scripts.shell(
              "held-" + user,
              "echo $$ > " + scripts.path(pids),
              "echo end >> " + scripts.path(pids),
              "exec sleep 1000");
      Process holder =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  ScriptHolder.class.getName(),
                  script.toString(),
                  user)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        long pid = Long.parseLong(scripts.written(pids).lines().findFirst().orElseThrow());
        assertTrue(Scripts.isAlive(pid));
        holder.destroyForcibly().waitFor();
        Scripts.await(() -> !Scripts.isAlive(pid));
      } finally {
        holder.destroyForcibly();
      }
    }
  }
}
