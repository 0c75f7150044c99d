package org.jkeepalived.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A machine on which only /run can be written to, and every Java that is on it: the daemon takes
 * over, no library is unpacked anywhere, the Java VM warns of nothing, and a dump that cannot be
 * written is told of.
 */
@Tag("lab")
@Timeout(120)
class NothingToWriteToLabTest {

  private static final String SCRIPT =
      """
      mount --make-rprivate /
      mount -t tmpfs none /run
      # wherever the checkout is, it stays in sight
      mkdir /run/checkout
      mount --bind . /run/checkout
      mount -o remount,bind,ro /run/checkout
      launcher=/run/checkout/packaging/bin/jkeepalived
      cd /
      cat >/run/a.conf <<'END'
      vrrp_instance A {
        interface v0
        virtual_router_id 1
        priority 255
        virtual_ipaddress {
          192.0.2.100/24
        }
      }
      END
      ip link add v0 type veth peer name v1
      ip link set v0 up
      ip link set v1 up
      ip address add 192.0.2.1/24 dev v0
      for directory in /tmp /root /home /var; do
        [ ! -d $directory ] || mount -t tmpfs -o ro,noexec none $directory
      done
      # whatever else is mounted stays what it is; the checkout may be one
      mount -o remount,bind,ro /
      unset TMPDIR
      if touch /x 2>/dev/null || touch /tmp/x 2>/dev/null; then
        echo 'not read-only'
        exit 1
      fi
      $launcher -n -l -D -G -f /run/a.conf -p /run/p -r /run/r -c /run/c -b /run/b >/run/log 2>&1 &
      await() {
        tries=300
        until "$@" >/dev/null; do
          kill -0 $! && tries=$((tries - 1)) && [ $tries -gt 0 ] || { cat /run/log; exit 1; }
          sleep 0.1
        done
      }
      await grep 'Startup complete' /run/log
      await sh -c 'ip address show dev v0 | grep 192.0.2.100'
      kill -USR1 $!
      await grep 'Read-only file system' /run/log
      kill $!
      wait $!
      echo "exit $?"
      cat /run/log
      """;

  @TempDir Path directory;

  static List<Path> everyJava() throws IOException {
    try (Stream<Path> installed = Files.list(Path.of("/usr/lib/jvm"))) {
      return installed
          .filter(
              home -> Files.isRegularFile(home.resolve("release")) && !Files.isSymbolicLink(home))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("everyJava")
  void itTakesOver(Path home) throws Exception {
    Path script = Files.writeString(directory.resolve("script"), SCRIPT);
    ProcessBuilder builder =
        new ProcessBuilder("unshare", "-m", "-n", "sh", script.toString())
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", home.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), out);
    assertTrue(out.startsWith("exit 0\n"), out);
    assertTrue(out.contains("(A) Entering MASTER STATE"), out);
    assertTrue(out.contains("Can't open /tmp/"), out);
    assertFalse(out.toLowerCase().contains("warning"), out);
    assertFalse(out.contains("\tat "), out);
  }
}
