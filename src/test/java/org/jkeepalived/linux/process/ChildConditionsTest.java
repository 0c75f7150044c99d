package org.jkeepalived.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jkeepalived.linux.process.ChildSpawner.Launch;
import org.junit.jupiter.api.Test;

class ChildConditionsTest {

  private static final List<String> SLEEP = List.of("/bin/sleep", "1000");

  /** The line of /proc that tells the limit: name, soft, hard, unit. */
  private static String[] openFiles(String process) throws Exception {
    return Files.readAllLines(Path.of("/proc", process, "limits")).stream()
        .filter(line -> line.startsWith("Max open files"))
        .findFirst()
        .orElseThrow()
        .split("\\s+");
  }

  private static String[] openFilesOfAChild(OptionalLong most) throws Exception {
    ChildSpawner spawner = new ChildSpawner(List.of(), ChildConditions.of(most));
    ChildProcess child = spawner.spawn(new Launch(SLEEP, -1));
    try {
      return openFiles(Long.toString(child.pid()));
    } finally {
      child.kill();
      child.closeError();
      while (!child.hasExited()) {
        Thread.onSpinWait();
      }
      child.reap();
    }
  }

  @Test
  void aChildMayOpenAsManyFilesAsOthers() throws Exception {
    String[] own = openFiles("self");
    assertEquals(own[3], openFilesOfAChild(OptionalLong.empty())[3]);
    String[] limited = openFilesOfAChild(OptionalLong.of(77));
    assertEquals("77", limited[3]);
    assertEquals(own[4], limited[4]);
  }

  @Test
  void aChildNeverGetsMoreThanThisProcess() throws Exception {
    assertEquals(openFiles("self")[3], openFilesOfAChild(OptionalLong.of(Long.MAX_VALUE))[3]);
  }

  @Test
  void theSoftLimitIsRaisedOnce() throws Exception {
    OptionalLong before = OwnProcess.raiseOpenFiles();
    String[] now = openFiles("self");
    assertEquals(now[4], now[3]);
    assertTrue(before.isEmpty() || before.getAsLong() != Long.parseLong(now[4]));
    assertEquals(OptionalLong.empty(), OwnProcess.raiseOpenFiles());
  }
}
