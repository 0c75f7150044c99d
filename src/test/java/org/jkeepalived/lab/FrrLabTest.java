package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.FROM_2;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL_6;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * FRR's vrrpd as the other router: version 3 of both families by somebody else's hand. Skipped
 * where Debian's package {@code frr} is not installed.
 */
@Lab
final class FrrLabTest {

  private static final Path ZEBRA = Path.of("/usr/lib/frr/zebra");
  private static final Path VRRPD = Path.of("/usr/lib/frr/vrrpd");
  private static final int VRID = 51;

  /** It speaks from the virtual router's own hardware addresses (RFC 9568 section 7.3). */
  private static final Predicate<Advertisement> FROM_FRR =
      sent -> sent.sourceMac().startsWith("00:00:5e:00:0");

  private static final Predicate<Advertisement> IPV6 = sent -> sent.source().contains(":");
  private static final Predicate<Advertisement> IPV4 = IPV6.negate();

  @Test
  void eachStandsInForTheOther() throws IOException {
    assumeTrue(Files.isExecutable(ZEBRA) && Files.isExecutable(VRRPD), "FRR is not installed");
    Path directory = Files.createTempDirectory("jkeepalived-frr");
    try (TwoNodes nodes = TwoNodes.ofIpv6()) {
      prepare(nodes.first, directory);
      Process frr = startVrrpd(nodes.first, directory);
      awaitBoth(nodes, "FRR", FROM_FRR);

      // ours has the lower priority, and leaves it where it is
      String ours =
          TwoNodes.instance(100).named("VI_4", VRID).with("version 3").text()
              + TwoNodes.instance6(100).named("VI_6", VRID).text();
      StartedDaemon daemon = nodes.second.start(DaemonKind.JKEEPALIVED, ours);
      nodes.second.awaitListensTo("224.0.0.18");
      nodes.second.awaitListensToIpv6("ff020000000000000000000000000012");
      for (int i = 0; i < 5; i++) {
        awaitBoth(nodes, "FRR", FROM_FRR);
      }
      assertTrue(nodes.wire.advertisements(FROM_2).isEmpty(), nodes::evidence);

      frr.destroyForcibly();
      awaitBoth(nodes, "k2", FROM_2);
      nodes.second.awaitHas(VIRTUAL);
      nodes.second.awaitHas(VIRTUAL_6);

      startVrrpd(nodes.first, directory);
      awaitBoth(nodes, "FRR", FROM_FRR);
      nodes.second.awaitHasNot(VIRTUAL);
      nodes.second.awaitHasNot(VIRTUAL_6);
      assertTrue(daemon.isAlive());
    } finally {
      Shell.attempt("rm", "-r", directory.toString());
    }
  }

  private static void awaitBoth(TwoNodes nodes, String who, Predicate<Advertisement> from) {
    nodes.wire.skip();
    for (Predicate<Advertisement> family : java.util.List.of(IPV4, IPV6)) {
      Await.until(
          who + " advertises",
          () -> !nodes.wire.sinceSkip(from.and(family)).isEmpty(),
          nodes::evidence);
    }
  }

  /** It finds its virtual routers by the links that the operator makes for them. */
  private static void prepare(Node node, Path directory) throws IOException {
    link(node, "vrrp4", "00:00:5e:00:01:33", VIRTUAL + "/16");
    link(node, "vrrp6", "00:00:5e:00:02:33", VIRTUAL_6 + "/64");
    node.awaitIpv6("vrrp6");
    Files.writeString(directory.resolve("zebra.conf"), "hostname k1\n");
    Files.writeString(
        directory.resolve("vrrpd.conf"),
        """
        interface eth0
         vrrp 51 version 3
         vrrp 51 priority 200
         vrrp 51 advertisement-interval 1000
         vrrp 51 ip %s
         vrrp 51 ipv6 %s
        """
            .formatted(VIRTUAL, VIRTUAL_6));
    Shell.run("chown", "-R", "frr:frr", directory.toString());
    run(node, directory, ZEBRA, "zebra");
    Await.until("zebra listens", () -> Files.exists(directory.resolve("zserv.api")));
  }

  private static void link(Node node, String name, String mac, String address) {
    node.ip(
        "link", "add", name, "link", "eth0", "address", mac, "type", "macvlan", "mode", "bridge");
    node.ip("address", "add", address, "dev", name);
    node.ip("link", "set", name, "up");
  }

  private static Process startVrrpd(Node node, Path directory) {
    return run(node, directory, VRRPD, "vrrpd");
  }

  private static Process run(Node node, Path directory, Path program, String name) {
    return node.start(
        ProcessBuilder.Redirect.DISCARD,
        program.toString(),
        "-f",
        directory.resolve(name + ".conf").toString(),
        "-i",
        directory.resolve(name + ".pid").toString(),
        "-z",
        directory.resolve("zserv.api").toString(),
        "--vty_socket",
        directory.toString(),
        "-P",
        "0");
  }
}
