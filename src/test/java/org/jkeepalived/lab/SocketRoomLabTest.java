package org.jkeepalived.lab;

import static org.jkeepalived.lab.TwoNodes.ADDRESS_2;
import static org.jkeepalived.lab.TwoNodes.FROM_1;
import static org.jkeepalived.lab.TwoNodes.instance;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How much may wait to be read, as the kernel knows it, which counts everything twice; and its
 * setting of {@code disable_local_igmp}.
 */
@Lab
final class SocketRoomLabTest {

  private static final int VRRP = 112;
  private static final int MIB = 1024 * 1024;

  private static String configuration(String globals, String... lines) {
    return "global_defs {\n"
        + globals
        + "\n}\n"
        + instance(150).with(lines).toPeers(ADDRESS_2).text()
        + instance(150).named("VI_2", 52).withAddresses("192.168.32.201/16").text()
        + instance(150)
            .named("VI_3", 53)
            .withAddresses("192.168.32.202/16")
            .toPeers(ADDRESS_2)
            .text();
  }

  @Test
  void thereIsAsMuchAsTheConfigurationSays() {
    try (TwoNodes nodes = new TwoNodes()) {
      StartedDaemon daemon =
          nodes.first.start(
              DaemonKind.JKEEPALIVED,
              configuration(
                  """
                  disable_local_igmp
                  vrrp_rx_bufs_policy MTU
                  vrrp_rx_bufs_multiplier 100
                  vrrp_netlink_cmd_rcv_bufs 3000000
                  vrrp_netlink_monitor_rcv_bufs 50000000
                  """,
                  "kernel_rx_buf_size 50000"));
      nodes.awaitAdvertisements(2, FROM_1);
      // that of VI_1, and a hundred packets of VI_3; one socket speaks to all peers
      await(nodes, daemon, SocketView.raw(VRRP, 2 * (50_000 + 100 * 1500)));
      // what asks for links and what writes, and what hears of links
      await(nodes, daemon, SocketView.netlink(2 * 3_000_000), SocketView.netlink(2 * 3_000_000));
      await(nodes, daemon, SocketView.netlink(2 * 50_000_000));
      awaitGroupReports(nodes, "0");
      assertTrue(SocketView.ringBytes(daemon.pid()) < 4 * 100 * 1500, nodes::evidence);

      nodes.first.configure(configuration("vrrp_rx_bufs_policy 1000000"));
      daemon.signal("HUP");
      await(nodes, daemon, SocketView.raw(VRRP, 2 * 2_000_000));
      await(nodes, daemon, SocketView.netlink(2 * 32 * MIB));
      awaitGroupReports(nodes, "1");
      Await.until(
          "a larger ring", () -> SocketView.ringBytes(daemon.pid()) >= 900_000, nodes::evidence);

      nodes.first.configure(configuration("disable_local_igmp"));
      daemon.signal("HUP");
      await(nodes, daemon, SocketView.raw(VRRP, 2 * 16 * MIB));
      nodes.awaitAdvertisements(2, FROM_1);
      awaitGroupReports(nodes, "0");
      daemon.signal("TERM");
      awaitGroupReports(nodes, "1");
    }
  }

  /** Whether the kernel reports that it listens to groups that are on the link only. */
  private static void awaitGroupReports(TwoNodes nodes, String wanted) {
    Await.until(
        "igmp_link_local_mcast_reports " + wanted,
        () ->
            nodes
                .first
                .execute("sysctl", "-n", "net.ipv4.igmp_link_local_mcast_reports")
                .output()
                .strip()
                .equals(wanted),
        nodes::evidence);
  }

  private static void await(TwoNodes nodes, StartedDaemon daemon, SocketView... wanted) {
    Await.until(
        List.of(wanted).toString(),
        () -> {
          List<SocketView> there = SocketView.of(daemon.pid());
          return List.of(wanted).stream()
              .allMatch(
                  one ->
                      there.stream().filter(one::equals).count()
                          >= List.of(wanted).stream().filter(one::equals).count());
        },
        () -> nodes.evidence() + SocketView.of(daemon.pid()));
  }
}
