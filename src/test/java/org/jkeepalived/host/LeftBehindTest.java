package org.jkeepalived.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jkeepalived.host.kernel.JournalPath;
import org.jkeepalived.host.kernel.Released;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftBehindTest {

  @TempDir Path folder;

  /** Nor is the kernel asked for anything, which needs rights. */
  @Test
  void whereThereIsNoJournalNothingIsMade() throws Exception {
    Path run = folder.resolve("run");
    JournalPath path = new JournalPath(run.resolve("x.journal"), run.resolve("x.addresses"));
    assertEquals(new Released(List.of(), List.of()), new LeftBehind(path).release(true, true));
    assertFalse(Files.exists(run));
  }

  /** Its objects are another run's; {@code -V} and {@code -I} leave them. */
  @Test
  void whatIsNotAskedForStaysInItsJournal() throws Exception {
    JournalPath path = new JournalPath(folder.resolve("x.journal"), folder.resolve("x.addresses"));
    Files.writeString(path.services(), "+ tcp 10.0.0.1 80\n");
    Files.writeString(path.file(), "not asked for\n");
    new LeftBehind(path).release(false, false);
    assertEquals("+ tcp 10.0.0.1 80\n", Files.readString(path.services()));
    assertEquals("not asked for\n", Files.readString(path.file()));
  }
}
