package org.jkeepalived.host.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.Account;
import org.jkeepalived.model.Command;
import org.jkeepalived.script.Credentials;
import org.jkeepalived.script.ProgramCheck;
import org.jkeepalived.script.ProgramCheck.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What keepalived 2.2.7 said of the same files; they belong to others, so it takes root. */
@Tag("lab")
class ProgramInspectorLabTest {

  private static final int NOBODY = 65534;
  private static final Credentials ROOT = new Credentials(0, 0, List.of(0));
  private static final Credentials OTHER = new Credentials(NOBODY, NOBODY, List.of(NOBODY));

  private final ProgramInspector check =
      new ProgramInspector(
          "/usr/bin:/bin", new ProgramInspector.Lists(path -> false, path -> false));
  private Path top;

  @BeforeEach
  void make() throws IOException {
    // in /tmp itself, whose sticky bit is part of the test
    top = Files.createTempDirectory("check");
    mode(top, 0755);
  }

  @AfterEach
  void remove() throws IOException {
    try (var all = Files.walk(top)) {
      for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(each);
      }
    }
  }

  private static void mode(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode);
  }

  private static void owner(Path path, int user, int group) throws IOException {
    Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
  }

  /** A directory with a script in it. */
  private Path script(String directory, int directoryMode, int scriptMode) throws IOException {
    Path made = Files.createDirectory(top.resolve(directory));
    Path script = Files.writeString(made.resolve("s.sh"), "#!/bin/sh\n");
    mode(script, scriptMode);
    mode(made, directoryMode);
    return script;
  }

  private void assertVerdict(Verdict expected, Path program, Credentials account) {
    ProgramCheck checked = check.vet(program.toString(), account, true);
    assertEquals(expected, checked.verdict(), checked::toString);
  }

  @Test
  void modesAndOwners() throws IOException {
    assertVerdict(Verdict.USABLE, script("ok", 0755, 0755), ROOT);
    assertVerdict(Verdict.UNSAFE, script("open", 0777, 0755), ROOT);
    assertVerdict(Verdict.USABLE, script("sticky", 01777, 0755), ROOT);
    assertVerdict(Verdict.USABLE, script("root-group", 0775, 0755), ROOT);
    assertVerdict(Verdict.UNSAFE, script("open-file", 0755, 0757), ROOT);
    assertVerdict(Verdict.USABLE, script("root-group-file", 0755, 0775), ROOT);
    assertVerdict(Verdict.USABLE, script("setuid", 0755, 04755), ROOT);

    Path group = script("other-group", 0775, 0755);
    owner(group.getParent(), 0, NOBODY);
    assertVerdict(Verdict.UNSAFE, group, ROOT);
    Path groupFile = script("other-group-file", 0755, 0775);
    owner(groupFile, 0, NOBODY);
    assertVerdict(Verdict.UNSAFE, groupFile, ROOT);
    mode(groupFile, 0755);
    assertVerdict(Verdict.USABLE, groupFile, ROOT);

    Path owned = script("owned", 0755, 0755);
    owner(owned.getParent(), NOBODY, 0);
    assertVerdict(Verdict.UNSAFE, owned, ROOT);
    mode(owned.getParent(), 01755);
    assertVerdict(Verdict.UNSAFE, owned, ROOT);
    Path ownedFile = script("owned-file", 0755, 0755);
    owner(ownedFile, NOBODY, 0);
    assertVerdict(Verdict.UNSAFE, ownedFile, ROOT);
    assertVerdict(Verdict.USABLE, ownedFile, OTHER);
  }

  @Test
  void reasonNamesComponentOwnerAndMode() throws IOException {
    Path open = script("open", 0777, 0755);
    assertEquals(
        open.getParent() + " (owner 0:0, mode 0777) can be changed by others than root",
        check.vet(open.toString(), ROOT, true).reason());
    ProgramCheck unsecured = check.vet(open.toString(), ROOT, false);
    assertTrue(unsecured.isUsable());
    assertTrue(unsecured.unsafe().isPresent());
  }

  @Test
  void linksAreFollowedAndWhatTheyLeadToIsExecuted() throws IOException {
    Path ok = script("ok", 0755, 0755);
    Path open = script("open", 0777, 0755);
    Path links = Files.createDirectory(top.resolve("links"));
    Path link = Files.createSymbolicLink(links.resolve("l.sh"), Path.of("../ok/s.sh"));
    assertVerdict(Verdict.USABLE, link, ROOT);
    assertEquals(ok.toString(), check.vet(link.toString(), ROOT, true).path());

    Path directory = Files.createSymbolicLink(top.resolve("other"), Path.of("ok"));
    assertEquals(ok.toString(), check.vet(directory.resolve("s.sh").toString(), ROOT, true).path());
    Path beside = Files.createSymbolicLink(ok.resolveSibling("name"), Path.of("s.sh"));
    assertEquals(beside.toString(), check.vet(beside.toString(), ROOT, true).path());

    Path toOpen = Files.createSymbolicLink(links.resolve("open.sh"), open);
    assertVerdict(Verdict.UNSAFE, toOpen, ROOT);
    owner(link, NOBODY, NOBODY);
    assertVerdict(Verdict.USABLE, link, ROOT);
    // whoever owns it can replace it here; keepalived does not look
    mode(links, 01777);
    assertVerdict(Verdict.UNSAFE, link, ROOT);

    Path loop = Files.createSymbolicLink(top.resolve("loop"), Path.of("loop"));
    assertVerdict(Verdict.NOT_FOUND, loop, ROOT);
    Path dangling = Files.createSymbolicLink(top.resolve("dangling"), Path.of("nowhere"));
    assertVerdict(Verdict.NOT_FOUND, dangling, ROOT);
  }

  @Test
  void whatIsClosedToTheAccount() throws IOException {
    assertVerdict(Verdict.NOT_EXECUTABLE, script("plain", 0755, 0644), ROOT);
    Path some = script("some", 0755, 0754);
    assertVerdict(Verdict.USABLE, some, ROOT);
    assertVerdict(Verdict.NOT_EXECUTABLE, some, OTHER);
    owner(some, 0, NOBODY);
    assertVerdict(Verdict.USABLE, some, OTHER);
    Path closed = script("closed", 0700, 0755);
    assertVerdict(Verdict.USABLE, closed, ROOT);
    assertVerdict(Verdict.NOT_FOUND, closed, OTHER);
  }

  @Test
  void accessListLeavesItToTheKernel() throws IOException {
    Path some = script("some", 0755, 0750);
    ProgramInspector withLists =
        new ProgramInspector("/bin", new ProgramInspector.Lists(path -> true, path -> false));
    assertTrue(withLists.vet(some.toString(), OTHER, true).isUsable());
    // the mask in the group's place says that no list grants it
    mode(some, 0700);
    assertEquals(Verdict.NOT_EXECUTABLE, withLists.vet(some.toString(), OTHER, true).verdict());
  }

  @Test
  void whatAListLetsOthersWriteToIsUnsafe() throws IOException {
    Path some = script("some", 0755, 0775);
    assertVerdict(Verdict.USABLE, some, ROOT);
    ProgramInspector withLists =
        new ProgramInspector("/bin", new ProgramInspector.Lists(path -> true, path -> true));
    assertEquals(Verdict.UNSAFE, withLists.vet(some.toString(), ROOT, true).verdict());
    // the mask in the group's place says that no list grants it
    mode(some, 0755);
    assertTrue(withLists.vet(some.toString(), ROOT, true).isUsable());
  }

  /** COMPAT: seen with keepalived 2.2.7. */
  @Test
  void rootsGroupIsRootAndSoIsWhatMakesItselfRoot() throws IOException {
    Path open = script("open", 0777, 0755);
    assertVerdict(Verdict.USABLE, open, OTHER);
    assertVerdict(Verdict.UNSAFE, open, new Credentials(NOBODY, 0, List.of(0)));
    mode(open, 04755);
    assertVerdict(Verdict.UNSAFE, open, OTHER);
    mode(open, 02755);
    assertVerdict(Verdict.UNSAFE, open, OTHER);
    owner(open, 0, NOBODY);
    mode(open, 02755);
    assertVerdict(Verdict.USABLE, open, OTHER);
  }

  private ProgramCheck vetLine(String line, Credentials account, boolean secured) {
    Account user = new Account("root", Optional.empty(), false);
    return check.vet(new Command(List.of("/bin/sh", "-c", line, "sh"), user, secured), account);
  }

  @Test
  void eachProgramOfALineIsLookedAt() throws IOException {
    Path ok = script("ok", 0755, 0755);
    Path open = script("open", 0777, 0755);
    assertTrue(vetLine(ok + " && true", ROOT, true).isUsable());
    ProgramCheck unsafe = vetLine(ok + " && timeout 5 " + open, ROOT, true);
    assertEquals(Verdict.UNSAFE, unsafe.verdict());
    assertEquals(open.toString(), unsafe.path());
    assertTrue(vetLine(open + " && true", OTHER, true).isUsable());
    assertTrue(vetLine(open + " && true", ROOT, false).isUsable());
  }

  @Test
  void aLineOfRootsThatIsARiddleIsRefused() throws IOException {
    ProgramCheck refused = vetLine("$(cat /x) && true", ROOT, true);
    assertEquals(Verdict.UNSAFE, refused.verdict());
    assertTrue(refused.reason().contains("cannot tell which programs"), refused::toString);
    assertTrue(vetLine("$(cat /x) && true", OTHER, true).isUsable());
    assertTrue(vetLine("$(cat /x) && true", ROOT, false).isUsable());
  }

  @Test
  void whatIsNotThereOrNotAFile() throws IOException {
    Path ok = script("ok", 0755, 0755);
    assertVerdict(Verdict.WRONG_TYPE, ok.getParent(), ROOT);
    assertVerdict(Verdict.WRONG_TYPE, ok.resolveSibling(".."), ROOT);
    assertVerdict(Verdict.NOT_FOUND, ok.resolve(".."), ROOT);
    assertVerdict(Verdict.WRONG_TYPE, Path.of("/dev/null"), ROOT);
    assertVerdict(Verdict.NOT_FOUND, ok.resolve("x"), ROOT);
    assertVerdict(Verdict.NOT_FOUND, top.resolve("missing"), ROOT);
    assertEquals(Verdict.NOT_FOUND, check.vet("", ROOT, true).verdict());
    assertEquals(Verdict.NOT_FOUND, check.vet("a\0b", ROOT, true).verdict());
  }

  /** keepalived 2.4 refuses what lies behind /bin where that is a link. */
  @Test
  void mergedDirectoriesAreSafe() {
    ProgramCheck shell = check.vet("/bin/sh", ROOT, true);
    assertTrue(shell.isUsable(), shell::toString);
    assertTrue(shell.path().endsWith("/bin/sh"), shell::toString);
    assertTrue(check.vet("/bin/bash", ROOT, true).isUsable());
  }

  @Test
  void nameIsSearchedFor() {
    assertEquals("/usr/bin/true", check.vet("true", ROOT, true).path());
    assertEquals(
        "no such program in /usr/bin:/bin", check.vet("no-such-thing", ROOT, true).reason());
  }
}
