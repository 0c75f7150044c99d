package org.jkeepalived.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnProcessTest {

  @TempDir Path directory;

  @Test
  void theUmaskTakesPermissionsFromNewFiles() throws Exception {
    int before = OwnProcess.umask(027);
    try {
      Path file = Files.createFile(directory.resolve("file"));
      assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    } finally {
      assertEquals(027, OwnProcess.umask(before));
    }
  }

  @Test
  void theCorePatternIsPutBack() throws Exception {
    Path file = Files.writeString(directory.resolve("core_pattern"), "core\n");
    try (CorePattern pattern = CorePattern.set(file, "/var/core.%p")) {
      assertEquals("/var/core.%p", Files.readString(file));
      assertEquals(CorePattern.class, pattern.getClass());
    }
    assertEquals("core\n", Files.readString(file));
    Path missing = directory.resolve("missing");
    assertThrows(IOException.class, () -> CorePattern.set(missing, "x"));
  }
}
