package org.jkeepalived.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import org.jkeepalived.time.LocalClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody may have put where the log file is to be. */
final class FileSinkTest {

  @TempDir private Path folder;

  private static void write(Path file) throws IOException {
    FileSink sink = new FileSink(file, true, LocalClock.of(ZoneId.of("UTC")));
    try {
      sink.write(
          new LogLine(
              0,
              Priority.WARNING,
              KeepalivedProcess.PARENT,
              KeepalivedProcess.PARENT.identifier(),
              "x",
              "a line"));
    } finally {
      sink.close();
    }
  }

  @Test
  void aNewFileIsItsOwnersAndOneThatIsThereGrows() throws IOException {
    Path file = folder.resolve("k.log");
    write(file);
    write(file);
    assertEquals(2, Files.readAllLines(file).size());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void noLinkIsFollowed() throws IOException {
    Path target = Files.writeString(folder.resolve("shadow"), "root\n");
    Path link = Files.createSymbolicLink(folder.resolve("k.log"), target);
    assertTrue(
        assertThrows(FileSystemException.class, () -> write(link))
            .getReason()
            .contains("symbolic link"));
    assertEquals("root\n", Files.readString(target));
    Path dangling = Files.createSymbolicLink(folder.resolve("d.log"), folder.resolve("new"));
    assertThrows(FileSystemException.class, () -> write(dangling));
    assertTrue(Files.notExists(folder.resolve("new")));
  }

  @Test
  void nothingButAFileIsWrittenTo() throws Exception {
    assertThrows(FileSystemException.class, () -> write(folder));
    assertThrows(FileSystemException.class, () -> write(Path.of("/dev/null")));
    Path fifo = folder.resolve("fifo");
    new ProcessBuilder("mkfifo", fifo.toString()).inheritIO().start().waitFor();
    assertThrows(FileSystemException.class, () -> write(fifo));
  }
}
