package org.jkeepalived.host.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.CommandFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of scripts while they are configured, and shown of them in reports. */
final class InstalledScriptsTest {

  private final InstalledScripts scripts = new InstalledScripts();

  @TempDir Path directory;

  private Optional<String> objection(String program, boolean secured) {
    Account root = new Account("root", Optional.empty(), false);
    return scripts.objection(new Command(List.of(program), root, secured));
  }

  @Test
  void knowsUsersAndGroups() {
    assertTrue(scripts.userExists("root"));
    assertFalse(scripts.userExists("no such user"));
    assertTrue(scripts.groupExists("root"));
    assertFalse(scripts.groupExists("no such group"));
  }

  @Test
  void hasNothingAgainstWhatCanBeRun() {
    assertEquals(Optional.empty(), objection("/bin/sh", true));
    assertEquals(Optional.empty(), objection("sh", true));
  }

  @Test
  void saysWhatHinders() throws Exception {
    Path file = Files.createFile(directory.resolve("script"));

    assertEquals(
        Optional.of(
            "Script /nonexistent/x cannot be accessed - /nonexistent: No such file or directory"),
        objection("/nonexistent/x", false));
    String closed = objection(file.toString(), false).orElseThrow();
    assertTrue(
        closed.startsWith(
            "WARNING - script '" + file.toRealPath() + "' is not executable for uid:gid 0:0 - "),
        closed);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertEquals(Optional.empty(), objection(file.toString(), false));
    String unsafe = objection(file.toString(), true).orElseThrow();
    assertTrue(
        unsafe.startsWith("Unsafe permissions found for script '" + file.toRealPath() + "' - "),
        unsafe);
  }

  @Test
  void leavesUnknownUsersToOthers() {
    Account nobody = new Account("no such user", Optional.empty(), false);

    assertEquals(
        Optional.empty(), scripts.objection(new Command(List.of("/nonexistent/x"), nobody, false)));
  }

  @Test
  void accountsHaveNumbers() {
    assertEquals(Optional.of(new CommandFacts.Ids(0, 0)), scripts.ids(account("root")));
    assertEquals(Optional.empty(), scripts.ids(account("no such user")));
  }

  @Test
  void programsAreWhereLinksLead() throws IOException {
    String shell = Path.of("/bin").toRealPath().resolve("sh").toString();
    assertEquals(Optional.of(shell), scripts.program(command("/bin/sh", "root")));
    assertEquals(Optional.of(shell), scripts.program(command("/bin/sh", "no such user")));
    assertEquals(Optional.empty(), scripts.program(command("/no/such/program", "root")));
  }

  private static Command command(String program, String user) {
    return new Command(List.of(program), account(user), true);
  }

  private static Account account(String user) {
    return new Account(user, Optional.empty(), false);
  }
}
