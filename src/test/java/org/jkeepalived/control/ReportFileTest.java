package org.jkeepalived.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportFileTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameIt() {
    file = folder.resolve("keepalived.data");
  }

  @Test
  void holdsThePieces() throws IOException {
    ReportFile.write(file, pieces -> List.of("a", "\u00e9", "\n").forEach(pieces));
    assertEquals("a\u00e9\n", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  /** COMPAT: as keepalived's: whoever wants others to read sets umask. */
  @Test
  void theUmaskSaysWhoElseReads() throws IOException {
    ReportFile.write(file, pieces -> pieces.accept("x"));
    Path usual = Files.createFile(folder.resolve("usual"));
    assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(file));
  }

  @Test
  void replacesALinkAndLeavesAloneWhatItPointsTo() throws IOException {
    Path victim = folder.resolve("victim");
    Files.writeString(victim, "precious");
    Files.createSymbolicLink(file, victim);
    ReportFile.write(file, pieces -> pieces.accept("new"));
    assertTrue(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    assertEquals("new", Files.readString(file));
    assertEquals("precious", Files.readString(victim));
  }

  @Test
  void doesNotTakeOverTheModeOfTheOldOne() throws IOException {
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    ReportFile.write(file, pieces -> pieces.accept("new"));
    assertFalse(Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE));
  }

  /** Where somebody has configured a device, or a directory without its slash. */
  @Test
  void whatIsNoFileStaysWhatItIs() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    for (Path other : List.of(pipe, folder, Path.of("/dev/stdout"), Path.of("/dev/null"))) {
      assertThrows(
          IOException.class,
          () -> ReportFile.write(other, pieces -> pieces.accept("new")),
          other.toString());
      assertFalse(Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS), other.toString());
    }
  }

  @Test
  void aFailureLeavesTheOldOneAndNothingElse() throws IOException {
    ReportFile.write(file, pieces -> pieces.accept("old"));
    assertThrows(
        IllegalStateException.class,
        () ->
            ReportFile.write(
                file,
                pieces -> {
                  pieces.accept("half");
                  throw new IllegalStateException("a bug");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void aFolderInItsPlaceIsAnErrorAndStays() throws IOException {
    Files.createDirectory(file);
    assertThrows(IOException.class, () -> ReportFile.write(file, pieces -> pieces.accept("new")));
    assertTrue(Files.isDirectory(file));
    assertEquals(List.of(file), files());
  }

  private List<Path> files() throws IOException {
    try (var found = Files.list(folder)) {
      return found.toList();
    }
  }
}
