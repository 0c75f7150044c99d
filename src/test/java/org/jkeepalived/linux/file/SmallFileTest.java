package org.jkeepalived.linux.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.linux.file.SmallFile.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SmallFileTest {

  @TempDir Path directory;

  private SmallFile read(String name) {
    return SmallFile.read(directory.resolve(name).toString(), 4);
  }

  @Test
  void readsTheBeginning() throws Exception {
    Files.writeString(directory.resolve("file"), "123456");
    assertEquals(Kind.REGULAR, read("file").kind());
    assertArrayEquals(new byte[] {'1', '2', '3', '4'}, read("file").bytes());
    Files.createSymbolicLink(directory.resolve("link"), Path.of("file"));
    assertArrayEquals(new byte[] {'1', '2', '3', '4'}, read("link").bytes());
  }

  @Test
  void whatIsNoFileIsNotOpened() throws Exception {
    assertEquals(Kind.MISSING, read("none").kind());
    assertEquals(Kind.MISSING, read("none/none").kind());
    LabNamespace.run("mkfifo", directory.resolve("pipe").toString());
    assertEquals(Kind.OTHER, read("pipe").kind());
    assertEquals(Kind.OTHER, read(".").kind());
    assertEquals(Kind.OTHER, SmallFile.read("/dev/tty", 4).kind());
  }

  @Test
  void whatCannotBeReadSaysWhy() throws Exception {
    Files.createSymbolicLink(directory.resolve("ring"), Path.of("ring"));
    SmallFile found = read("ring");
    assertEquals(Kind.UNREADABLE, found.kind());
    assertEquals(
        directory.resolve("ring") + ": Too many levels of symbolic links",
        found.error().orElseThrow().toString());
  }
}
