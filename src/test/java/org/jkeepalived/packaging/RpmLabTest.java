package org.jkeepalived.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The .rpm, installed by rpm with its scripts: into an overlay of this machine's root, which stands
 * for the tree of a distribution that has rpm.
 */
@Tag("lab")
@Timeout(120)
class RpmLabTest {

  private static final String SCRIPT =
      """
      set -e
      package=$(readlink -f "$1")
      mount -t tmpfs overlay "$2"
      cd "$2"
      mkdir upper work root
      mount -t overlay -o lowerdir=/,upperdir=upper,workdir=work overlay root || exit 77
      for each in proc sys dev; do mount --rbind /$each root/$each; done
      mount -t tmpfs run root/run
      in_tree() { command rpm --force-debian --root "$PWD/root" --define '_dbpath /var/lib/rpm' "$@"; }
      command rpm --root "$PWD/root" --define '_dbpath /var/lib/rpm' --initdb
      in_tree -i --nodeps "$package"
      echo "installed: $(in_tree -q --qf '%{NAME} %{ARCH}' jkeepalived)"
      echo "differs: $(in_tree -V --nodeps jkeepalived)"
      (cd root/var/cache/jkeepalived && echo "archives: $(echo *.jsa *.classes)")
      printf 'global_defs {\\n router_id A\\n}\\n' >root/run/a.conf
      chroot root jkeepalived -t -f /run/a.conf
      echo "checked: $?"
      chroot root jkeepalived-genhash -h >root/run/said 2>&1 || :
      echo "genhash: $(grep -c '^Usage: genhash' root/run/said)"
      ip link add cable0 type veth peer name cable1
      ip address add 192.0.2.1/24 dev cable0
      ip link set cable0 up
      ip link set cable1 up
      cat >root/run/b.conf <<CONF
      vrrp_instance A {
       interface cable0
       virtual_router_id 1
       priority 255
       virtual_ipaddress {
        192.0.2.9
       }
      }
      CONF
      chroot root jkeepalived -f /run/b.conf -p /run/b.pid -r /run/b.vrrp -G
      daemon=$(cat root/run/b.pid)
      echo "runs: $(ip -o address show cable0 to 192.0.2.9 | wc -l)"
      echo '# mine' >>root/etc/default/jkeepalived
      in_tree -e jkeepalived
      echo "ran on: $(ip -o address show cable0 to 192.0.2.9 | wc -l)"
      [ ! -e /proc/$daemon ] || echo "still there: $daemon"
      find root/usr/[bls]* root/etc root/var/cache root/var/lib -name '*jkeepalived*'
      """;

  @TempDir Path directory;

  @Test
  void itIsInstalledAndRemoved() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/rpm")), "there is no rpm");
    List<Path> packages = packages();
    assumeTrue(!packages.isEmpty(), "no package was built (mvn -Ppackages package)");
    Path script = Files.writeString(directory.resolve("script"), SCRIPT);
    Path tree = Files.createDirectory(directory.resolve("tree"));
    ProcessBuilder builder =
        new ProcessBuilder(
                "unshare",
                "-mn",
                "--propagation",
                "private",
                "bash",
                script.toString(),
                packages.get(0).toString(),
                tree.toString())
            .redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes());
    int status = process.waitFor();
    assumeTrue(status != 77, "there is no overlay of this machine's root");
    assertEquals(
        """
        installed: jkeepalived x86_64
        differs:\s
        archives: jkeepalived-lvs.jsa jkeepalived.jsa jkeepalived-lvs.classes jkeepalived.classes
        checked: 0
        genhash: 1
        runs: 1
        nothing to release: no journal in /run/jkeepalived names anything
        warning: /etc/default/jkeepalived saved as /etc/default/jkeepalived.rpmsave
        ran on: 0
        root/etc/default/jkeepalived.rpmsave
        """,
        out);
    assertEquals(0, status);
  }

  private static List<Path> packages() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files.filter(each -> each.toString().matches(".*/jkeepalived-.*\\.rpm")).toList();
    }
  }
}
