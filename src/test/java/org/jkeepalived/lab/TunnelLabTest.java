package org.jkeepalived.lab;

import static org.jkeepalived.lab.InstanceBlock.DEVICE;
import static org.jkeepalived.lab.TwoNodes.ADDRESS_1;
import static org.jkeepalived.lab.TwoNodes.ADDRESS_2;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL_6;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;

/** VRRP on a link that is not Ethernet: a tunnel that carries packets of IP, and no frames. */
@Lab
final class TunnelLabTest {

  private static final String TUNNEL = "tun0";

  private static void digTo(Node node, String other, String address) {
    Process end =
        node.start(
            ProcessBuilder.Redirect.DISCARD,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            TunnelEnd.class.getName(),
            TUNNEL,
            other);
    Await.until(
        "a tunnel on " + node.name(),
        () -> node.execute("ip", "link", "show", "dev", TUNNEL).exitCode() == 0 && end.isAlive());
    node.ip("address", "add", address + "/24", "dev", TUNNEL);
    node.ip("link", "set", TUNNEL, "up");
  }

  /** A virtual router of each family, which speaks through the tunnel of addresses elsewhere. */
  private static String text(int priority) {
    InstanceBlock ipv4 = instance(priority).withAddresses(VIRTUAL + "/32 dev " + DEVICE);
    InstanceBlock ipv6 =
        instance(priority).named("VI_6", 52).withAddresses(VIRTUAL_6 + "/128 dev " + DEVICE);
    return (ipv4.text() + ipv6.text()).replace("interface " + DEVICE, "interface " + TUNNEL);
  }

  private static void awaitHasBoth(Node node) {
    node.awaitHas(VIRTUAL);
    node.awaitHas(VIRTUAL_6);
  }

  @EachPair
  void multicastCrossesATunnel(Pair pair) {
    try (TwoNodes nodes = TwoNodes.ofIpv6()) {
      digTo(nodes.first, ADDRESS_2, "10.77.0.1");
      digTo(nodes.second, ADDRESS_1, "10.77.0.2");
      StartedDaemon master = nodes.first.start(pair.first(), text(150));
      awaitHasBoth(nodes.first);
      StartedDaemon backup = nodes.second.start(pair.second(), text(100));
      nodes.second.awaitListensTo("224.0.0.18");
      nodes.second.awaitListensToIpv6("ff020000000000000000000000000012");
      // longer than either would wait for a master that it does not hear
      Await.until(
          "k2 hears k1",
          () -> FloodLabTest.count(FloodLabTest.statistics(nodes.second, backup), "Received") >= 12,
          nodes::evidence);
      assertFalse(nodes.second.has(VIRTUAL), nodes::evidence);
      assertFalse(nodes.second.has(VIRTUAL_6), nodes::evidence);
      master.kill();
      awaitHasBoth(nodes.second);

      nodes.first.start(pair.first(), List.of());
      nodes.second.awaitHasNot(VIRTUAL);
      nodes.second.awaitHasNot(VIRTUAL_6);
      awaitHasBoth(nodes.first);
    }
  }
}
