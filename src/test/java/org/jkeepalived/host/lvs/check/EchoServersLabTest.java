package org.jkeepalived.host.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.linux.LabNamespace;
import org.jkeepalived.model.lvs.Check;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.PingCheck;
import org.jkeepalived.model.lvs.ServerAddress;
import org.jkeepalived.model.lvs.UdpCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pings and datagrams to another machine of a link, of which some do not exist. */
@Tag("lab")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EchoServersLabTest {

  private static final int PORT = 5000;
  private static final long MILLI = 1_000_000L;

  /** Sends replies to pings that nobody sent, as fast as it can. */
  private static final String FALSE_REPLIES =
      """
      import socket
      s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
      print("sending", flush=True)
      n = 0
      while True:
          n += 1
          m = bytes([0, 0, 0, 0, 0, 1, n >> 8 & 255, n & 255]) + b"x" * (n % 1400)
          words = m + b"\\0" * (len(m) % 2)
          c = sum(int.from_bytes(words[i:i + 2], "big") for i in range(0, len(words), 2))
          c = (c & 0xffff) + (c >> 16)
          c = ~(c + (c >> 16)) & 0xffff
          s.sendto(m[:2] + c.to_bytes(2, "big") + m[4:], ("10.9.0.1", 0))
      """;

  private LabNamespace director;
  private LabNamespace server;
  private AskingRig rig;
  private DatagramSocket echo;
  private final BlockingQueue<String> peers = new LinkedBlockingQueue<>();

  @BeforeEach
  void open() throws Exception {
    director = new LabNamespace();
    server = new LabNamespace();
    director.vethPair("eth0", server, "eth0");
    address(director, "10.9.0.1/24", "10.9.0.3/24", "fd00:9::1/64", "fd00:9::3/64", "fe80::1/64");
    address(server, "10.9.0.11/24", "fd00:9::11/64", "fe80::99/64");
    rig = director.call(AskingRig::new);
    echo = server.call(() -> new DatagramSocket(new InetSocketAddress("::", PORT)));
    Thread thread = new Thread(this::serve);
    thread.setDaemon(true);
    thread.start();
  }

  private static void address(LabNamespace space, String... addresses) throws Exception {
    for (String each : addresses) {
      if (each.contains(":")) {
        space.ip("addr", "add", each, "dev", "eth0", "nodad");
      } else {
        space.ip("addr", "add", each, "dev", "eth0");
      }
    }
  }

  private void serve() {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        echo.receive(packet);
        peers.add(packet.getAddress().getHostAddress());
        echo.send(packet);
      }
    } catch (IOException closed) {
      // the end
    }
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
    echo.close();
    director.close();
    server.close();
  }

  private static CheckConnection to(String address, long timeoutMillis) throws Exception {
    return to(address, PORT, timeoutMillis);
  }

  private static CheckConnection to(String address, int port, long timeoutMillis) throws Exception {
    return new CheckConnection(
        new ServerAddress(InetAddress.getByName(address), port),
        Optional.empty(),
        0,
        Optional.empty(),
        0,
        timeoutMillis * MILLI);
  }

  private static CheckConnection with(
      CheckConnection to, Optional<String> source, Optional<String> link, long mark)
      throws Exception {
    Optional<InetAddress> address =
        source.isPresent() ? Optional.of(InetAddress.getByName(source.get())) : Optional.empty();
    return new CheckConnection(to.target(), address, 0, link, mark, to.timeoutNanos());
  }

  private String ping(CheckConnection connection) throws Exception {
    return rig.ask(new PingCheck(AskingRig.SCHEDULE, connection));
  }

  private String udp(CheckConnection connection, boolean replies) throws Exception {
    Optional<UdpCheck.Reply> reply =
        replies ? Optional.of(new UdpCheck.Reply(Optional.empty(), 0, 255)) : Optional.empty();
    Check check = new UdpCheck(AskingRig.SCHEDULE, connection, Optional.empty(), reply);
    return rig.ask(check);
  }

  private static void write(LabNamespace space, String file, String value) throws Exception {
    LabNamespace.run(
        "ip", "netns", "exec", space.name(), "sh", "-c", "echo " + value + " >/proc/sys/" + file);
  }

  /** Over raw sockets, as where nobody may have others, and over those for pings. */
  @ParameterizedTest
  @ValueSource(strings = {"1 0", "0 2147483647"})
  void pingsGoWhereTheyAreTold(String groups) throws Exception {
    write(director, "net/ipv4/ping_group_range", "'" + groups + "'");
    CheckConnection four = to("10.9.0.11", 10_000);
    CheckConnection six = to("fd00:9::11", 10_000);
    CheckConnection local = to("fe80::99", 10_000);
    Optional<String> none = Optional.empty();
    Optional<String> eth0 = Optional.of("eth0");
    assertEquals("", ping(four));
    assertEquals("", ping(six));
    assertEquals("", ping(with(local, none, eth0, 0)));
    assertTrue(!ping(local).isEmpty(), "without a link");
    assertEquals("", ping(with(local, Optional.of("fe80::1"), eth0, 0)));
    assertTrue(!ping(with(to("10.9.0.11", 500), none, Optional.of("lo"), 0)).isEmpty());
    // only what comes from there is answered
    assertEquals("", ping(with(four, Optional.of("10.9.0.3"), none, 0)));
    assertEquals("", ping(with(six, Optional.of("fd00:9::3"), none, 0)));
    server.ip("route", "add", "blackhole", "10.9.0.1/32");
    assertEquals("no answer within 0.5 s", ping(to("10.9.0.11", 500)));
    assertEquals("", ping(with(four, Optional.of("10.9.0.3"), none, 0)));
    assertEquals(
        "cannot speak from 10.9.0.99:0: Cannot assign requested address",
        ping(with(four, Optional.of("10.9.0.99"), none, 0)));
    server.ip("route", "del", "blackhole", "10.9.0.1/32");
    director.ip("rule", "add", "fwmark", "77", "unreachable");
    assertEquals("", ping(four));
    assertEquals("network is unreachable", ping(with(four, none, none, 77)));
  }

  @Test
  void pingsOfThoseWhoDoNotAnswer() throws Exception {
    assertEquals("", ping(to("10.9.0.11", 10_000)));
    write(server, "net/ipv4/icmp_echo_ignore_all", "1");
    assertEquals("no answer within 0.5 s", ping(to("10.9.0.11", 500)));
    write(server, "net/ipv4/icmp_echo_ignore_all", "0");
    assertEquals("", ping(to("10.9.0.11", 10_000)));
    assertEquals("no answer to the search for its link-layer address", ping(to("10.9.0.200", 500)));
    // the kernel gives up after three seconds
    assertEquals("no route to host", ping(to("10.9.0.200", 10_000)));
    assertEquals("no route to host", ping(to("fd00:9::200", 10_000)));
    director.ip("route", "add", "unreachable", "10.9.0.11/32");
    assertEquals("no route to host", ping(to("10.9.0.11", 10_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 0", "0 2147483647"})
  void floodsOfFalseReplies(String groups) throws Exception {
    write(director, "net/ipv4/ping_group_range", "'" + groups + "'");
    Process flood =
        new ProcessBuilder(
                List.of("ip", "netns", "exec", server.name(), "python3", "-c", FALSE_REPLIES))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals('s', flood.getInputStream().read());
      assertEquals("", ping(to("10.9.0.11", 10_000)));
      write(server, "net/ipv4/icmp_echo_ignore_all", "1");
      assertEquals("no answer within 0.5 s", ping(to("10.9.0.11", 500)));
      assertTrue(flood.isAlive());
    } finally {
      flood.destroyForcibly().waitFor();
    }
  }

  @Test
  void datagramsGoWhereTheyAreTold() throws Exception {
    CheckConnection four = to("10.9.0.11", 10_000);
    CheckConnection six = to("fd00:9::11", 10_000);
    CheckConnection local = to("fe80::99", 10_000);
    Optional<String> none = Optional.empty();
    Optional<String> eth0 = Optional.of("eth0");
    assertEquals("", udp(four, true));
    assertEquals("10.9.0.1", peers.take());
    assertEquals("", udp(with(four, Optional.of("10.9.0.3"), eth0, 0), true));
    assertEquals("10.9.0.3", peers.take());
    assertEquals("", udp(with(six, Optional.of("fd00:9::3"), none, 0), true));
    assertEquals("fd00:9:0:0:0:0:0:3", peers.take());
    assertEquals("", udp(with(local, none, eth0, 0), true));
    assertTrue(!udp(local, false).isEmpty(), "without a link");
    director.ip("rule", "add", "fwmark", "77", "unreachable");
    assertEquals("", udp(four, true));
    assertEquals("network is unreachable", udp(with(four, none, none, 77), false));
  }

  /** keepalived takes a host that is not there for one that is, if the time-out is short. */
  @Test
  void hostsThatAreNotThere() throws Exception {
    assertEquals("", udp(to("10.9.0.11", 10_000), false));
    String searching = "no answer to the search for its link-layer address";
    assertEquals(searching, udp(to("10.9.0.200", 500), false));
    assertEquals(searching, udp(to("10.9.0.200", 500), false));
    assertEquals(searching, udp(to("fd00:9::200", 500), false));
    assertEquals("no route to host", udp(to("10.9.0.200", 10_000), false));
    // behind a router that is not there
    director.ip("route", "add", "10.8.0.0/24", "via", "10.9.0.201");
    assertEquals(searching, udp(to("10.8.0.1", 500), false));
    assertEquals("connection refused", udp(to("10.9.0.11", PORT + 1, 10_000), false));
    assertEquals("connection refused", udp(to("fd00:9::11", PORT + 1, 10_000), false));
  }
}
