package org.jkeepalived.host.kernel;

import static org.jkeepalived.kernel.JournalLines.VRRP;
import static org.jkeepalived.kernel.TestObjects.requests;
import static org.jkeepalived.kernel.TestObjects.results;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jkeepalived.kernel.KernelRequest.Operation;
import org.jkeepalived.kernel.KernelResult.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelJournalTest {

  private static final String ONE = "eth0 10.0.0.1/24";
  private static final String TWO = "eth0 10.0.0.2/24";

  @TempDir Path folder;
  private JournalPath path;
  private KernelJournal journal;

  @BeforeEach
  void open() {
    path = JournalPath.in(folder.resolve("deep/er"), "pid");
    journal = KernelJournal.open(path);
  }

  private Set<String> readAgain() {
    return KernelJournal.open(path).of(VRRP);
  }

  @Test
  void knowsAfterACrashWhatWasThere() {
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1", "10.0.0.2"));
    assertEquals(Set.of(ONE, TWO), readAgain());
  }

  @Test
  void forgetsWhatTheKernelRemoved() {
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1", "10.0.0.2"));
    journal.answered(VRRP, results(Outcome.DONE, requests(Operation.REMOVE, "10.0.0.1")));
    assertEquals(Set.of(TWO), readAgain());
  }

  @Test
  void subsystemsHaveTheirOwnLines() throws IOException {
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1"));
    journal.adding("lvs", requests(Operation.ADD, "10.0.0.1"));
    journal = KernelJournal.open(path);
    assertEquals(Set.of(ONE), journal.of("lvs"));
    journal.retain("lvs", Set.of());
    assertEquals("+ " + ONE + "\n+ lvs/" + ONE + "\n- lvs/" + ONE + "\n", text());
    journal = KernelJournal.open(path);
    assertEquals(Set.of(VRRP), journal.owners());
  }

  @Test
  void lineThatACrashToreApartIsNotReadAndSpoilsNoOther() throws IOException {
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1"));
    Files.writeString(path.file(), text() + "+ eth0 10.0.0.");
    journal = KernelJournal.open(path);
    assertEquals(Set.of(ONE), journal.of(VRRP));
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.2"));
    assertEquals(Set.of(ONE, TWO), readAgain());
  }

  @Test
  void anythingMayBeInTheFile() throws IOException {
    Files.write(
        path.file(), new byte[] {0, '\n', '+', '\n', '+', ' ', (byte) 0xff, '\n', '-', ' ', '\n'});
    assertEquals(Set.of("\u00ff"), readAgain());
  }

  @Test
  void doesNotGrowWithWhatComesAndGoes() throws IOException {
    for (int i = 0; i < 60_000; i++) {
      journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1"));
      journal.answered(VRRP, results(Outcome.DONE, requests(Operation.REMOVE, "10.0.0.1")));
    }
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.2"));
    long size = Files.size(path.file());
    assertTrue(size < 10_000 * 25L, "the file has " + size + " bytes");
    assertEquals(Set.of(TWO), readAgain());
  }

  @Test
  void forgetsWhatAnEarlierRunLeftAndIsGone() {
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1", "10.0.0.2"));
    KernelJournal next = KernelJournal.open(path);
    next.retain(VRRP, Set.of(TWO));
    assertEquals(Set.of(TWO), next.of(VRRP));
    assertEquals(Set.of(TWO), readAgain());
  }

  @Test
  void fileIsGoneAfterAnOrderlyEndAndStaysWhileSomethingIsThere() {
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1"));
    journal.close();
    assertTrue(Files.exists(path.file()));
    KernelJournal next = KernelJournal.open(path);
    next.answered(VRRP, results(Outcome.DONE, requests(Operation.REMOVE, "10.0.0.1")));
    next.close();
    assertFalse(Files.exists(path.file()));
  }

  @Test
  void journalOfAnOlderRunIsTakenOver() throws IOException {
    Files.writeString(
        path.former(), "+ eth0 10.0.0.1/24\n+ eth0 10.0.0.2/24\n- eth0 10.0.0.1/24\n");
    journal = KernelJournal.open(path);
    assertEquals(Set.of(TWO), journal.of(VRRP));
    assertFalse(Files.exists(path.former()));
    assertEquals(Set.of(TWO), readAgain());
  }

  // ---- what is not ours ----

  @Test
  void linkIsNeitherReadNorFollowedButReplaced() throws IOException {
    Path theirs = folder.resolve("theirs");
    Files.writeString(theirs, "+ eth0 10.0.0.1/24\n");
    Files.delete(path.file());
    Files.createSymbolicLink(path.file(), theirs);
    journal = KernelJournal.open(path);
    assertEquals(Set.of(), journal.of(VRRP));
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.2"));
    assertTrue(Files.isRegularFile(path.file(), LinkOption.NOFOLLOW_LINKS));
    assertEquals("+ eth0 10.0.0.1/24\n", Files.readString(theirs));
    assertEquals(Set.of(TWO), readAgain());
  }

  @Test
  void linkInTheWayOfTheNewFileIsNotFollowed() throws IOException {
    Path theirs = folder.resolve("theirs");
    Files.createSymbolicLink(path.file().resolveSibling("pid.journal.new"), theirs);
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1"));
    assertEquals(Set.of(ONE), readAgain());
    assertFalse(Files.exists(theirs));
  }

  @Test
  void fileThatOthersCanWriteToIsNotBelieved() throws IOException {
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1"));
    assertEquals(Set.of(ONE), readAgain());
    Files.setPosixFilePermissions(path.file(), PosixFilePermissions.fromString("rw-rw-rw-"));
    assertEquals(Set.of(), readAgain());
  }

  @Test
  void folderThatOthersCanWriteToIsNotUsed() throws IOException {
    journal.adding(VRRP, requests(Operation.ADD, "10.0.0.1"));
    Files.setPosixFilePermissions(
        path.file().getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
    KernelJournal next = KernelJournal.open(path);
    assertEquals(Set.of(), next.of(VRRP));
    next.adding(VRRP, requests(Operation.ADD, "10.0.0.2"));
    assertTrue(next.isBehind());
    assertEquals("+ " + ONE + "\n", text());
    // the operator mends it
    Files.setPosixFilePermissions(
        path.file().getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    next.catchUp();
    assertFalse(next.isBehind());
    assertEquals(Set.of(TWO), readAgain());
  }

  private String text() throws IOException {
    return Files.readString(path.file());
  }
}
