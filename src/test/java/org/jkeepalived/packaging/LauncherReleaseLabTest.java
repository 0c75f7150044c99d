package org.jkeepalived.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher removes by itself of a daemon that is no more, without a Java. */
@Tag("lab")
@Timeout(120)
class LauncherReleaseLabTest {

  /** In a /run of its own: a daemon of the network namespace {@code blue} was killed. */
  private static final String KILLED =
      """
      set -u
      mount -t tmpfs none /run
      ip netns add blue
      ip -n blue address add 192.0.2.7/32 dev lo
      ip -n blue address add 192.0.2.8/32 dev lo
      mkdir -p /run/jkeepalived /run/keepalived/blue
      true &
      dead=$!
      wait $dead
      for file in keepalived vrrp checkers; do
        echo $dead >/run/keepalived/blue/$file.pid
      done
      journal=/run/jkeepalived/run-keepalived-blue-keepalived.pid
      echo '+ lo 192.0.2.7/32' >$journal.journal
      stat -Lc %i /run/netns/blue >$journal.namespace
      echo >$journal.control
      echo $dead >$journal.parent
      """;

  /** No Java is to be had; as systemd says that it was killed. */
  private static final String RELEASE =
      """
      JKEEPALIVED_HOME=/nowhere EXIT_CODE=killed "$@" 2>&1
      echo "status $?"
      ip -n blue -o address show dev lo | grep -o '192.0.2.[0-9]'
      find /run/jkeepalived /run/keepalived -type f | sort
      """;

  @TempDir Path folder;

  private List<String> run(String more, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", KILLED + more + RELEASE, "sh"));
    command.add(Path.of("packaging/bin/jkeepalived").toAbsolutePath().toString());
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes()).lines().toList();
  }

  private static final List<String> RELEASED =
      List.of("released 192.0.2.7/32 from lo", "status 0", "192.0.2.8");

  @Test
  void inTheDaemonsNetworkNamespace() throws IOException {
    assertEquals(RELEASED, run("", "--release", "-n", "-s", "blue"));
  }

  @Test
  void asItsFileNamesIt() throws IOException {
    Path file =
        Files.writeString(folder.resolve("k.conf"), "global_defs {\n}\nnet_namespace blue\n");
    assertEquals(RELEASED, run("", "-f", file.toString(), "--release"));
  }

  /** A namespace of that name was made anew: what the daemon has left went with the old one. */
  @Test
  void inNoOtherOne() throws IOException {
    List<String> said = run("echo 1 >$journal.namespace\n", "--release", "-s", "blue");
    assertEquals(List.of("192.0.2.7", "192.0.2.8"), said.subList(2, 4), said::toString);
    assertEquals(
        List.of("control", "journal", "namespace", "parent"),
        said.subList(4, 8).stream().map(each -> each.replaceFirst(".*[.]", "")).toList());
  }

  /** One that held nothing is known by as many files. */
  @Test
  void whatItWasKnownByGoesWhereItHeldNothing() throws IOException {
    assertEquals(
        List.of("status 0", "192.0.2.7", "192.0.2.8"),
        run(": >$journal.journal\n", "--release", "-s", "blue"));
  }

  /** Its number is another process's now, and its files are another daemon's. */
  @Test
  void nothingGoesOfOneThatMayLive() throws IOException {
    List<String> said =
        run("echo $$ >/run/keepalived/blue/keepalived.pid\n", "--release", "-s", "blue");
    assertEquals(List.of("192.0.2.7", "192.0.2.8"), said.subList(2, 4), said::toString);
    assertEquals(4 + 4 + 3, said.size(), said::toString);
  }
}
