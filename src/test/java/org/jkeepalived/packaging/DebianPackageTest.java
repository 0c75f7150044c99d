package org.jkeepalived.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code mvn -Ppackages package} has made, as dpkg sees it. */
class DebianPackageTest {

  private static final Path DPKG = Path.of("/usr/bin/dpkg-deb");

  private static Path file;
  private static Map<String, String> modes;

  @BeforeAll
  static void find() throws IOException {
    assumeTrue(Files.isExecutable(DPKG), "there is no dpkg");
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> found =
          files.filter(each -> each.toString().matches(".*/jkeepalived_.*\\.deb")).toList();
      assumeTrue(!found.isEmpty(), "no package was built (mvn -Ppackages package)");
      file = found.get(0);
    }
    modes = new TreeMap<>();
    for (String line : dpkg("--contents").lines().toList()) {
      String[] fields = line.split(" +", 6);
      modes.put(fields[5], fields[0] + " " + fields[1]);
    }
  }

  private static String dpkg(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(DPKG.toString(), words[0], file.toString()));
    command.addAll(List.of(words).subList(1, words.length));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes());
  }

  @Test
  void itsNameTellsVersionAndMachine() throws IOException {
    String version = dpkg("--field", "Version").strip();
    String machine = dpkg("--field", "Architecture").strip();
    assertEquals("jkeepalived_" + version + "_" + machine + ".deb", file.getFileName().toString());
    assertTrue(version.matches("[0-9.]+(~SNAPSHOT)?"), version);
    String library = machine.equals("amd64") ? "x86_64-Linux" : "aarch64-Linux";
    assertTrue(
        modes.containsKey("./usr/lib/jkeepalived/native/jni/" + library + "/libjffi-1.2.so"),
        modes.keySet().toString());
    assertEquals(
        3, modes.keySet().stream().filter(name -> name.matches("\\./usr/lib/.*\\.so")).count());
  }

  @Test
  void everythingBelongsToRootAndIsWhereItIsLookedFor() {
    modes.values().forEach(mode -> assertTrue(mode.endsWith(" root/root"), mode));
    Map.of(
            "./usr/sbin/jkeepalived", "-rwxr-xr-x",
            "./usr/sbin/jkeepalived-replace", "-rwxr-xr-x",
            "./usr/share/jkeepalived/archive", "-rwxr-xr-x",
            "./usr/share/jkeepalived/jkeepalived.jar", "-rw-r--r--",
            "./usr/lib/systemd/system/jkeepalived.service", "-rw-r--r--",
            "./etc/default/jkeepalived", "-rw-r--r--",
            "./usr/share/man/man8/jkeepalived.8.gz", "-rw-r--r--",
            "./usr/share/man/man5/jkeepalived.conf.5.gz", "-rw-r--r--",
            "./usr/share/bash-completion/completions/jkeepalived", "-rw-r--r--",
            "./var/lib/jkeepalived/", "drwx------")
        .forEach((name, mode) -> assertEquals(mode + " root/root", modes.get(name), name));
    assertEquals("-rwxr-xr-x root/root", modes.get("./usr/share/jkeepalived/stop"));
    assertTrue(
        modes.containsKey("./usr/bin/jkeepalived-genhash -> ../sbin/jkeepalived"),
        modes.keySet().toString());
  }

  @Test
  void itTouchesNoFileOfKeepalived() {
    modes.keySet().stream()
        .map(name -> name.replaceFirst(" -> .*", ""))
        .filter(name -> !name.endsWith("/"))
        .forEach(name -> assertTrue(name.contains("jkeepalived"), name));
  }

  @Test
  void itAsksForWhatItNeeds() throws IOException {
    String needs = dpkg("--field", "Depends");
    assertTrue(needs.contains("java17-runtime-headless"), needs);
    assertTrue(needs.contains("libpcap0.8"), needs);
    assertTrue(needs.contains("util-linux"), needs);
    assertEquals("/etc/default/jkeepalived\n", dpkg("--info", "conffiles"));
    assertEquals("interest-noawait /usr/lib/jvm\n", dpkg("--info", "triggers"));
  }
}
