package org.jkeepalived.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreFilesTest {

  private static final DaemonOptions.CoreDump PATTERN =
      new DaemonOptions.CoreDump(false, Optional.of("core.%p"));

  @TempDir Path directory;

  @Test
  void thePatternLastsUntilTheEnd() throws Exception {
    Path file = Files.writeString(directory.resolve("core_pattern"), "before\n");
    CoreFiles files = CoreFiles.set(PATTERN, file);
    assertEquals("core.%p", Files.readString(file));
    files.close();
    assertEquals("before\n", Files.readString(file));
  }

  @Test
  void withoutAPatternTheKernelsStays() throws Exception {
    Path file = Files.writeString(directory.resolve("core_pattern"), "before\n");
    CoreFiles files = CoreFiles.set(new DaemonOptions.CoreDump(false, Optional.empty()), file);
    Files.writeString(file, "somebody else's");
    files.close();
    assertEquals("somebody else's", Files.readString(file));
  }

  @Test
  void whatCannotBeChangedIsNoReasonNotToRun() {
    CoreFiles.set(PATTERN, directory.resolve("missing/core_pattern")).close();
  }
}
