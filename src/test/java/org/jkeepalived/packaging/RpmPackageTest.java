package org.jkeepalived.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code mvn -Ppackages package} has made, as rpm sees it. */
class RpmPackageTest {

  private static final Path RPM = Path.of("/usr/bin/rpm");

  private static Path file;

  @BeforeAll
  static void find() throws IOException {
    assumeTrue(Files.isExecutable(RPM), "there is no rpm");
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> found =
          files.filter(each -> each.toString().matches(".*/jkeepalived-.*\\.rpm")).toList();
      assumeTrue(!found.isEmpty(), "no package was built (mvn -Ppackages package)");
      file = found.get(0);
    }
  }

  private static List<String> rpm(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(RPM.toString(), "-qp"));
    command.addAll(List.of(words));
    command.add(file.toString());
    Process process = new ProcessBuilder(command).start();
    return new String(process.getInputStream().readAllBytes()).lines().toList();
  }

  @Test
  void itTouchesNoFileOfKeepalived() throws IOException {
    List<String> files = rpm("-l");
    assertTrue(files.contains("/usr/sbin/jkeepalived"), files.toString());
    assertTrue(files.contains("/usr/lib/systemd/system/jkeepalived.service"), files.toString());
    assertTrue(files.contains("/usr/share/man/man8/jkeepalived.8.gz"), files.toString());
    files.stream()
        .filter(name -> !name.equals("/etc/keepalived"))
        .forEach(name -> assertTrue(name.contains("jkeepalived"), name));
  }

  @Test
  void itAsksForWhatItNeeds() throws IOException {
    List<String> needs = rpm("--requires");
    assertTrue(
        needs.containsAll(List.of("java-headless >= 1:17", "libpcap.so.1()(64bit)", "util-linux")),
        needs.toString());
    assertEquals(List.of("/etc/default/jkeepalived"), rpm("-c"));
  }
}
