package org.jkeepalived.host.notify.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jkeepalived.notify.mail.RelayFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordFileTest {

  @TempDir Path directory;

  private final PasswordFile passwords = new PasswordFile();

  private Path file(String text, String mode) throws IOException {
    Path file = Files.writeString(directory.resolve("password"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void isTheFirstLine() throws Exception {
    Path file = file(" sésame ouvre\r\nnot this\n", "rw-------");
    assertEquals("sésame ouvre", passwords.read(file.toString()));
    Files.writeString(file, "changed");
    assertEquals("changed", passwords.read(file.toString()));
  }

  @Test
  void isRefusedWhereOthersCanReadOrWriteIt() throws Exception {
    for (String mode : List.of("rw-------", "r--r-----")) {
      assertEquals("x", passwords.read(file("x", mode).toString()));
    }
    for (String mode : List.of("rw-r--r--", "rw-----w-", "rw--w----")) {
      String name = file("x", mode).toString();
      assertComplaint("others can read or write it: chmod 600 " + name, name);
    }
  }

  @Test
  void whatIsNoPasswordIsSaidInOneLine() throws Exception {
    assertComplaint("there is no such file", directory.resolve("nowhere").toString());
    assertComplaint("it is not a file", directory.toString());
    assertComplaint("its first line is empty", file("\nx", "rw-------").toString());
    assertComplaint("it is too large", file("x".repeat(100_000), "rw-------").toString());
    assertComplaint("this is no path", "a\0b");
    Path fifo = directory.resolve("fifo");
    new ProcessBuilder("mkfifo", fifo.toString()).inheritIO().start().waitFor();
    assertComplaint("it is not a file", fifo.toString());
  }

  private void assertComplaint(String what, String name) {
    RelayFailure failure = assertThrows(RelayFailure.class, () -> passwords.read(name));
    assertTrue(failure.getMessage().contains(": " + what + "; "), failure.getMessage());
    assertTrue(failure.isLasting());
  }
}
