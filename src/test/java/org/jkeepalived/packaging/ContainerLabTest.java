package org.jkeepalived.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as the first process of a PID namespace, as in a container. */
@Tag("lab")
@Timeout(120)
class ContainerLabTest {

  /** A check leaves a process behind that ends later: nobody but the daemon can bury it. */
  private static final String CONFIGURATION =
      """
      global_defs {
        script_user root
      }
      vrrp_script leaves_something {
        script "%s"
        interval 1
      }
      vrrp_instance A {
        interface v0
        virtual_router_id 1
        priority 255
        virtual_ipaddress {
          192.0.2.100/24
        }
        track_script {
          leaves_something
        }
      }
      """;

  private static final String OUTSIDE =
      """
      ip link add v0 type veth peer name v1
      ip link set v0 up
      ip link set v1 up
      ip address add 192.0.2.1/24 dev v0
      mount -t tmpfs none /run
      cd "$1"
      : >left
      unshare -f -p --mount-proc sh -c 'exec "$0" -n -l -D -G -f "$1/a.conf" -p /run/p -r /run/r' \\
        "$2" "$1" >log 2>&1 &
      daemon=$!
      fail() { cat log; exit 1; }
      tries=600
      until [ "$(wc -l <left)" -ge 4 ] && grep -q 'Entering MASTER' log; do
        kill -0 $daemon 2>/dev/null && tries=$((tries - 1)) && [ $tries -gt 0 ] || fail
        sleep 0.1
      done
      # no zombie stays for long: a check a second leaves one, so some tries find none
      jvm=$(ps -o pid= --ppid $daemon)
      tries=100
      until ! ps -o stat=,comm= --ppid $jvm | grep -q '^Z.*orphan'; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail
        sleep 0.1
      done
      kill -TERM $jvm
      wait $daemon
      echo "exit $?"
      cat log
      """;

  @TempDir Path directory;

  @Test
  void orphansAreReapedAndScriptsKeepTheirExitStatus() throws Exception {
    Path orphan = Files.createSymbolicLink(directory.resolve("orphan"), Path.of("/bin/sleep"));
    Path check =
        Files.writeString(
            directory.resolve("check"),
            "#!/bin/sh\n(" + orphan + " 0.2 & echo $! >>" + directory + "/left)\nexit 0\n");
    assertTrue(check.toFile().setExecutable(true));
    Files.writeString(directory.resolve("a.conf"), CONFIGURATION.formatted(check));
    Path script = Files.writeString(directory.resolve("outside"), OUTSIDE);
    Process process =
        new ProcessBuilder(
                "unshare",
                "-m",
                "-n",
                "sh",
                script.toString(),
                directory.toString(),
                Path.of("packaging/bin/jkeepalived").toRealPath().toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), out);
    assertTrue(out.startsWith("exit 0\n"), out);
    assertFalse(out.contains("exit status is lost"), out);
    assertFalse(out.contains("stays a zombie"), out);
    assertTrue(out.contains("VRRP_Script(leaves_something) succeeded"), out);
  }
}
