package org.jkeepalived.host.lvs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.lvs.Wish;
import org.jkeepalived.lvs.check.CheckedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wished of real servers, when the next run reads it. */
class WishFileTest {

  private static final CheckedServer WEB =
      new CheckedServer("[10.0.0.11]:tcp:80", "[10.0.0.1]:tcp:80");
  private static final CheckedServer MARKED = new CheckedServer("[10.0.0.12]:none:0", "FWM 5");

  @TempDir private Path directory;

  private Path path() {
    return directory.resolve("state/run-lab.pid.servers");
  }

  private WishFile file() {
    return new WishFile(path());
  }

  @Test
  void readsWhatItHasWritten() throws Exception {
    Map<CheckedServer, Wish> wishes = new LinkedHashMap<>();
    wishes.put(WEB, Wish.lasting(0));
    wishes.put(MARKED, Wish.lasting(Integer.MAX_VALUE));
    wishes.put(new CheckedServer("a", "b"), new Wish(3, OptionalLong.empty()));
    assertEquals(Optional.empty(), file().write(WishFile.text(wishes)));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
    wishes.remove(new CheckedServer("a", "b"));
    assertEquals(wishes, file().read());
  }

  @Test
  void sayingNothingItIsNotThere() {
    assertEquals(Map.of(), file().read());
    file().write(WishFile.text(Map.of(WEB, Wish.lasting(0))));
    assertEquals(1, file().read().size());
    assertEquals(
        Optional.empty(),
        file().write(WishFile.text(Map.of(WEB, new Wish(0, OptionalLong.empty())))));
    assertFalse(Files.exists(path()));
  }

  @Test
  void whatIsNotUnderstoodIsLeftOut() throws Exception {
    Files.createDirectories(path().getParent());
    Files.writeString(path(), "nonsense\nFWM 5\t[10.0.0.12]:none:0\t7\na\tb\t2147483648\n");
    try (LoggedLines log = new LoggedLines(WishFile.class.getName())) {
      assertEquals(Map.of(MARKED, Wish.lasting(7)), file().read());
      log.await("left out what is not understood: nonsense");
      log.await("left out what is not understood: a\tb\t2147483648");
    }
  }

  @Test
  void saysWhyItCannotBeWritten() throws Exception {
    Files.createDirectories(path());
    assertEquals(
        Optional.of(path() + ": Not a regular file"),
        file().write(WishFile.text(Map.of(WEB, Wish.lasting(0)))));
  }
}
