package org.jkeepalived.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class KernelModuleTest {

  @TempDir Path folder;

  /** Runs a script in the place of modprobe. */
  private Optional<String> load(String script) throws IOException {
    Path program = folder.resolve("modprobe");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return KernelModule.run(program.toString(), "ip_vs");
  }

  @Test
  void moduleThatWasLoadedIsNoError() throws IOException {
    Path asked = folder.resolve("asked");
    assertEquals(Optional.empty(), load("echo \"$#: $*\" >" + asked));
    assertEquals("1: ip_vs\n", Files.readString(asked));
  }

  @Test
  void firstLineOfWhatItSaysIsTold() throws IOException {
    assertEquals(
        Optional.of("modprobe: FATAL: Module ip_vs not found."),
        load("echo '  modprobe: FATAL: Module ip_vs not found. ' >&2; echo more; exit 1"));
  }

  @Test
  void withoutAWordTheStatusIsTold() throws IOException {
    assertEquals(Optional.of("modprobe exited with status 7"), load("exit 7"));
  }

  @Test
  void endlessOutputIsCutOff() throws IOException {
    Optional<String> told = load("head -c 60000 /dev/zero | tr '\\0' x; exit 1");
    assertTrue(told.orElseThrow().length() <= 4096, "characters: " + told.get().length());
    assertTrue(told.get().startsWith("xxx"));
  }

  @Test
  void readsNothingOfOurInput() throws IOException {
    assertEquals(Optional.empty(), load("cat"));
  }

  @Test
  void programThatIsMissingIsToldAndNotThrown() {
    Optional<String> told = KernelModule.run(folder.resolve("none").toString(), "ip_vs");
    assertTrue(told.orElseThrow().contains("none"), told.get());
  }
}
