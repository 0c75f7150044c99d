package org.jkeepalived.host.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class JournalPathTest {

  private static Path socket(String pidFile) {
    return JournalPath.of(Path.of(pidFile)).socket();
  }

  @Test
  void theSocketIsNamedAfterThePidFile() {
    assertEquals(
        Path.of("/run/jkeepalived/run-keepalived.pid.control"), socket("/run/keepalived.pid"));
  }

  /** unix(7) has room for 107 bytes. */
  @Test
  void aLongNameKeepsItsEnd() {
    String folder = "/" + "long/".repeat(30);
    Path one = socket(folder + "ä/one.pid");
    assertTrue(one.toString().endsWith("-_-one.pid.control"), one::toString);
    assertEquals(107, one.toString().getBytes(StandardCharsets.UTF_8).length);
    assertEquals(one, socket(folder + "ä/one.pid"));
    assertNotEquals(one, socket("/other" + folder + "ä/one.pid"));
  }
}
