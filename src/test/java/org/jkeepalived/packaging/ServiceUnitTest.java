package org.jkeepalived.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServiceUnitTest {

  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
  private static final Path UNIT = Path.of("systemd/jkeepalived.service");

  @TempDir Path directory;

  @Test
  void systemdFindsNothingWrong() throws Exception {
    assumeTrue(Files.isExecutable(ANALYZE), "systemd is not installed");
    // the program is not installed on a machine that only builds it
    String unit = Files.readString(UNIT).replace("/usr/sbin/jkeepalived", "/bin/true");
    assertNotEquals("", verify(unit.replace("Type=notify", "Typo=notify")));
    assertEquals("", verify(unit));
  }

  /** What systemd counts, times ten: the unit, and with the drop-in for a user of its own. */
  @Test
  void itsExposureIsSmall() throws Exception {
    assumeTrue(Files.isExecutable(ANALYZE), "systemd is not installed");
    Path units = Files.createDirectories(directory.resolve("etc/systemd/system"));
    Files.copy(UNIT, units.resolve("jkeepalived.service"));
    assertNotEquals(0, security(39));
    assertEquals(0, security(40));
    Path dropIns = Files.createDirectories(units.resolve("jkeepalived.service.d"));
    Files.copy(UNIT.resolveSibling("own-user.conf"), dropIns.resolve("own-user.conf"));
    assertEquals(0, security(20));
  }

  private int security(int threshold) throws Exception {
    return new ProcessBuilder(
            ANALYZE.toString(),
            "security",
            "--offline=true",
            "--root=" + directory,
            "--threshold=" + threshold,
            "jkeepalived.service")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private String verify(String unit) throws IOException {
    Path file = Files.writeString(directory.resolve("jkeepalived.service"), unit);
    Process process =
        new ProcessBuilder(ANALYZE.toString(), "verify", file.toString())
            .redirectErrorStream(true)
            .start();
    // what it says about other units of this machine is not ours
    return new String(process.getInputStream().readAllBytes())
        .lines()
        .filter(line -> line.contains("jkeepalived") && !line.contains("'man "))
        .reduce("", (all, line) -> all + line + "\n");
  }
}
