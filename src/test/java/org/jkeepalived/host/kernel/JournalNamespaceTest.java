package org.jkeepalived.host.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether what was left is where one looks for it. */
class JournalNamespaceTest {

  @TempDir Path folder;

  private JournalNamespace seenFrom(String kind) {
    return new JournalNamespace(
        folder.resolve("run/x.namespace"), Path.of("/proc/thread-self/ns", kind));
  }

  @Test
  void anotherOneIsKnown() throws Exception {
    assertFalse(seenFrom("net").isAnother(), "nobody has written it down");
    seenFrom("net").write();
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("run/x.namespace"))));
    assertFalse(seenFrom("net").isAnother());
    // of another kind, and so another one
    assertTrue(seenFrom("mnt").isAnother());
    seenFrom("mnt").write();
    assertTrue(seenFrom("net").isAnother());
  }

  @Test
  void whatIsThereInItsPlaceIsLeftAlone() throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "precious");
    Files.createDirectory(folder.resolve("run"));
    Files.createSymbolicLink(folder.resolve("run/x.namespace"), other);
    seenFrom("net").write();
    assertEquals("precious", Files.readString(other));
  }
}
