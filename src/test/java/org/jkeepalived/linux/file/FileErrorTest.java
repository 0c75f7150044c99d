package org.jkeepalived.linux.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileErrorTest {

  @Test
  void readsAsEverywhereElse(@TempDir Path folder) throws IOException {
    assertEquals("/run/x: Permission denied", FileError.text(new AccessDeniedException("/run/x")));
    assertEquals(
        folder.resolve("none") + ": No such file or directory",
        FileError.text(failure(folder.resolve("none"))));
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(
        file.resolve("below") + ": Not a directory",
        FileError.text(failure(file.resolve("below"))));
  }

  @Test
  void namesTheFileWhereTheErrorDoesNot() {
    Path file = Path.of("/run/x");
    assertEquals(
        "/run/x: No space left on device",
        FileError.text(new IOException("No space left on device"), file));
    assertEquals("/run/y: odd", FileError.text(new FileSystemException("/run/y", null, "odd")));
    assertEquals("/run/x: java.io.IOException", FileError.text(new IOException(), file));
  }

  private static IOException failure(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      throw new AssertionError(channel);
    } catch (IOException e) {
      return e;
    }
  }
}
