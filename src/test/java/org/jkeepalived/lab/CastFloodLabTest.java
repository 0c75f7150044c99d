package org.jkeepalived.lab;

import static org.jkeepalived.lab.InstanceBlock.DEVICE;
import static org.jkeepalived.lab.TwoNodes.ADDRESS_1;
import static org.jkeepalived.lab.TwoNodes.ADDRESS_2;
import static org.jkeepalived.lab.TwoNodes.LINK_LOCAL_1;
import static org.jkeepalived.lab.TwoNodes.LINK_LOCAL_2;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL;
import static org.jkeepalived.lab.TwoNodes.VIRTUAL_6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jkeepalived.vrrp.SentFrames;
import org.jkeepalived.vrrp.TestInstance;
import org.junit.jupiter.api.Test;

/**
 * What {@link FloodLabTest} shows of multicast over IPv4, by unicast and over IPv6: one master of
 * three virtual routers, and a machine that is their peer, and sends them bad packets.
 */
@Lab
final class CastFloodLabTest {

  private static final int RATE = 6_000;
  private static final int SECONDS = 4;
  private static final String PEER_VIRTUAL_6 = "fe80::201";

  /** The sorts of virtual routers; the hop limit counts for all of them. */
  private enum Sort {
    UNICAST(VIRTUAL, "192.168.32.200", "peers=" + ADDRESS_2 + "/255-255"),
    MULTICAST_6(VIRTUAL_6, VIRTUAL_6),
    UNICAST_6(PEER_VIRTUAL_6, PEER_VIRTUAL_6, "peers=" + LINK_LOCAL_2 + "/255-255");

    private final String virtual;
    private final List<String> words = new ArrayList<>();

    Sort(String virtual, String address, String... words) {
      this.virtual = virtual;
      this.words.add("vrid=" + vrid());
      this.words.add("addresses=" + address);
      this.words.addAll(List.of(words));
    }

    private int vrid() {
      return 51 + ordinal();
    }

    private boolean ipv6() {
      return this != UNICAST;
    }

    String block() {
      InstanceBlock block =
          InstanceBlock.of(100, virtual + (ipv6() ? "/64" : "/16")).named(name(), vrid());
      String peer = ipv6() ? LINK_LOCAL_2 : ADDRESS_2;
      return (this == MULTICAST_6 ? block : block.toPeers(peer + " min_ttl 255")).text();
    }

    /** What a peer of priority 250 would send, as an Ethernet frame. */
    byte[] right(byte[] from, byte[] to) throws UnknownHostException {
      InetAddress source = InetAddress.getByName(ipv6() ? LINK_LOCAL_2 : ADDRESS_2);
      if (this == MULTICAST_6) {
        return new SentFrames(TestInstance.of(words.toArray(String[]::new)), from, source)
            .next(250);
      }
      InetAddress destination = InetAddress.getByName(ipv6() ? LINK_LOCAL_1 : ADDRESS_1);
      byte[] packet =
          SentFrames.toPeer(TestInstance.of(words.toArray(String[]::new)), source, destination, 255)
              .next(250);
      byte[] frame = new byte[14 + packet.length];
      System.arraycopy(to, 0, frame, 0, 6);
      System.arraycopy(from, 0, frame, 6, 6);
      frame[12] = (byte) (ipv6() ? 0x86 : 0x08);
      frame[13] = (byte) (ipv6() ? 0xdd : 0x00);
      System.arraycopy(packet, 0, frame, 14, packet.length);
      return frame;
    }

    /** The same, each with one thing that is wrong. */
    List<byte[]> wrong(byte[] right) {
      int payload = ipv6() ? 54 : 34;
      return List.of(
          changed(right, frame -> hopLimit(frame, 254)),
          changed(right, frame -> frame[payload + 7]++), // the checksum
          changed(right, frame -> frame[payload] += 0x40), // the version
          changed(right, frame -> frame[payload] += 1), // the type
          changed(right, frame -> frame[payload + 1] = 99), // the virtual router
          changed(right, frame -> frame[payload + 3] += 7), // the number of addresses
          changed(right, frame -> shorten(frame, 6)));
    }

    private void hopLimit(byte[] frame, int hops) {
      frame[ipv6() ? 14 + 7 : 14 + 8] = (byte) hops;
      sum(frame);
    }

    private void shorten(byte[] frame, int payload) {
      frame[ipv6() ? 14 + 5 : 14 + 3] = (byte) (ipv6() ? payload : 20 + payload);
      sum(frame);
    }

    private void sum(byte[] frame) {
      if (!ipv6()) {
        frame[24] = 0;
        frame[25] = 0;
        int sum = 0;
        for (int at = 14; at < 34; at += 2) {
          sum += (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
        }
        sum = (sum & 0xffff) + (sum >> 16);
        sum = ~((sum & 0xffff) + (sum >> 16));
        frame[24] = (byte) (sum >> 8);
        frame[25] = (byte) sum;
      }
    }

    private static byte[] changed(byte[] right, Consumer<byte[]> change) {
      byte[] wrong = right.clone();
      change.accept(wrong);
      return wrong;
    }
  }

  @Test
  void masterIsNotImpressed() throws Exception {
    try (Cluster cluster = Cluster.open()) {
      Node master = cluster.addNode("k1", DEVICE, ADDRESS_1 + "/16");
      Node attacker = cluster.addNode("k2", DEVICE, ADDRESS_2 + "/16");
      master.awaitIpv6(DEVICE);
      attacker.awaitIpv6(DEVICE);
      StringBuilder text = new StringBuilder();
      Arrays.stream(Sort.values()).forEach(sort -> text.append(sort.block()));
      StartedDaemon daemon = master.start(DaemonKind.JKEEPALIVED, text.toString());
      awaitMasterOfAll(master);

      byte[] from = HexFormat.ofDelimiter(":").parseHex(attacker.mac(DEVICE));
      byte[] to = HexFormat.ofDelimiter(":").parseHex(master.mac(DEVICE));
      List<byte[]> right = new ArrayList<>();
      List<byte[]> wrong = new ArrayList<>();
      for (Sort sort : Sort.values()) {
        right.add(sort.right(from, to));
        wrong.addAll(sort.wrong(sort.right(from, to)));
      }
      // What is not wrong is believed, on this very path.
      FloodLabTest.send(attacker, 30, 1, right);
      for (Sort sort : Sort.values()) {
        master.awaitHasNot(sort.virtual);
      }
      awaitMasterOfAll(master);

      Map<String, Long> before = counted(master, daemon);
      FloodLabTest.send(attacker, RATE, SECONDS, wrong);
      Map<String, Long> after = settled(master, daemon);
      assertEquals(before.get("Became master"), after.get("Became master"), master::evidence);
      assertEquals(before.get("Released master"), after.get("Released master"), master::evidence);
      for (Sort sort : Sort.values()) {
        assertTrue(master.has(sort.virtual), master::evidence);
      }
      // a busy machine may lose some packets of a flood; none is counted twice
      long sent = (long) RATE * SECONDS / wrong.size() * Sort.values().length;
      long seen = after.get("TTL") - before.get("TTL");
      assertTrue(seen > sent / 2 && seen <= sent + Sort.values().length, seen + " of " + sent);
      for (String counter : List.of("Checksum", "Length", "Invalid Type", "Unknown VRID")) {
        assertTrue(after.get(counter) > before.get(counter), counter + "\n" + after);
      }

      // It is awake all the same.
      FloodLabTest.send(attacker, 30, 1, right);
      for (Sort sort : Sort.values()) {
        master.awaitHasNot(sort.virtual);
      }
    }
  }

  private static void awaitMasterOfAll(Node node) {
    for (Sort sort : Sort.values()) {
      node.awaitHas(sort.virtual);
    }
  }

  private static Map<String, Long> counted(Node node, StartedDaemon daemon) {
    String statistics = FloodLabTest.statistics(node, daemon);
    Map<String, Long> counts = new TreeMap<>();
    for (String name :
        List.of(
            "Became master",
            "Released master",
            "TTL",
            "Checksum",
            "Length",
            "Invalid Type",
            "Unknown VRID")) {
      counts.put(name, FloodLabTest.count(statistics, name));
    }
    return counts;
  }

  /** What it has counted once it has read all of a flood, which a busy machine does later. */
  private static Map<String, Long> settled(Node node, StartedDaemon daemon) {
    List<Map<String, Long>> readings = new ArrayList<>();
    Await.until(
        "the statistics stand still",
        () -> {
          readings.add(counted(node, daemon));
          int last = readings.size() - 1;
          return last > 5 && readings.get(last).equals(readings.get(last - 5));
        });
    return readings.get(readings.size() - 1);
  }
}
