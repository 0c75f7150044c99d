package org.jkeepalived.host.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jkeepalived.model.lvs.BytePattern;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.UdpCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers of UDP that behave well and badly, over real sockets. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DatagramServersTest {

  private static final Optional<UdpCheck.Reply> ANY =
      Optional.of(new UdpCheck.Reply(Optional.empty(), 0, 255));

  private final AskingRig rig = new AskingRig();

  @AfterEach
  void end() {
    rig.close();
  }

  /** What a server does with a datagram. */
  private interface Conduct {
    void serve(DatagramSocket socket, DatagramPacket request) throws IOException;
  }

  /** A server, until it is closed. */
  private static DatagramSocket serving(Conduct conduct) throws IOException {
    DatagramSocket socket = new DatagramSocket(0, AskingRig.loopback());
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  DatagramPacket request = new DatagramPacket(new byte[65_536], 65_536);
                  socket.receive(request);
                  conduct.serve(socket, request);
                }
              } catch (SocketException closed) {
                // the end
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return socket;
  }

  private static void send(DatagramSocket from, DatagramPacket request, byte[] what)
      throws IOException {
    from.send(new DatagramPacket(what, what.length, request.getSocketAddress()));
  }

  private static UdpCheck check(
      DatagramSocket server, long timeoutMillis, Optional<UdpCheck.Reply> reply) {
    return new UdpCheck(
        AskingRig.SCHEDULE,
        AskingRig.to(server.getLocalPort(), timeoutMillis),
        Optional.of(new BytePattern("01020304")),
        reply);
  }

  private String ask(Conduct conduct, long timeoutMillis, Optional<UdpCheck.Reply> reply)
      throws Exception {
    try (DatagramSocket server = serving(conduct)) {
      return rig.ask(check(server, timeoutMillis, reply));
    }
  }

  private static Optional<UdpCheck.Reply> reply(String pattern, int min, int max) {
    return Optional.of(new UdpCheck.Reply(Optional.of(new BytePattern(pattern)), min, max));
  }

  private static void echo(DatagramSocket socket, DatagramPacket request) throws IOException {
    socket.send(
        new DatagramPacket(request.getData(), request.getLength(), request.getSocketAddress()));
  }

  private static void keepSilent(DatagramSocket socket, DatagramPacket request) {}

  @Test
  void wellBehaved() throws Exception {
    assertEquals("", ask(DatagramServersTest::echo, 20_000, ANY));
    assertEquals("", ask(DatagramServersTest::echo, 20_000, reply("010203X4", 4, 4)));
    assertEquals("", ask(DatagramServersTest::echo, 20_000, Optional.empty()));
    assertEquals("", ask((socket, request) -> send(socket, request, new byte[0]), 20_000, ANY));
  }

  @Test
  void silence() throws Exception {
    assertEquals("", ask(DatagramServersTest::keepSilent, 300, Optional.empty()));
    assertEquals("no answer within 0.3 s", ask(DatagramServersTest::keepSilent, 300, ANY));
  }

  @Test
  void nobodyListens() throws Exception {
    UdpCheck check;
    try (DatagramSocket bound = new DatagramSocket(0, AskingRig.loopback())) {
      check = check(bound, 10_000, Optional.empty());
    }
    StringBuilder said = new StringBuilder();
    assertEquals("connection refused", rig.ask(check, said));
    assertEquals(
        """
        UDP connection to RS failed.
        UDP_CHECK on service RS failed.
        UDP_CHECK RS of VS: connection refused
        """,
        said.toString());
  }

  @Test
  void hugeReplies() throws Exception {
    // as long as a datagram of IPv4 can be
    Conduct huge = (socket, request) -> send(socket, request, new byte[65_507]);
    assertEquals("reply of 65507 bytes, wanted 0 to 255", ask(huge, 20_000, ANY));
    assertEquals("", ask(huge, 20_000, reply("0000", 65_507, 65_535)));
    assertEquals("another reply than wanted", ask(huge, 20_000, reply("0001", 0, 65_535)));
  }

  @Test
  void floodsOfReplies() throws Exception {
    Conduct flood =
        (socket, request) -> {
          for (int i = 0; i < 2_000; i++) {
            send(socket, request, new byte[] {1, 2, (byte) i});
          }
        };
    assertEquals("", ask(flood, 20_000, ANY));
    assertEquals("another reply than wanted", ask(flood, 20_000, reply("02", 0, 255)));
    assertEquals("", ask(DatagramServersTest::echo, 20_000, ANY));
  }

  @Test
  void repliesOfStrangersAreNone() throws Exception {
    try (DatagramSocket stranger = new DatagramSocket(0, AskingRig.loopback())) {
      Conduct elsewhere = (socket, request) -> send(stranger, request, new byte[] {1, 2, 3, 4});
      assertEquals("no answer within 0.5 s", ask(elsewhere, 500, ANY));
      // before the server's
      Conduct both =
          (socket, request) -> {
            send(stranger, request, new byte[] {9, 9});
            echo(socket, request);
          };
      assertEquals("", ask(both, 20_000, reply("01020304", 4, 4)));
    }
  }

  @Test
  void addressesThatAreNotOurs() throws Exception {
    try (DatagramSocket server = serving(DatagramServersTest::echo)) {
      UdpCheck good = check(server, 20_000, ANY);
      assertEquals("", rig.ask(good));
      UdpCheck foreign =
          new UdpCheck(
              good.schedule(),
              new CheckConnection(
                  good.connection().target(),
                  Optional.of(new InetSocketAddress("192.0.2.7", 0).getAddress()),
                  7,
                  Optional.empty(),
                  0,
                  good.connection().timeoutNanos()),
              good.payload(),
              good.reply());
      assertEquals(
          "cannot speak from 192.0.2.7:7: Cannot assign requested address", rig.ask(foreign));
    }
  }

  /** What is given up is closed: the budget of sockets is not used up. */
  @Test
  void thousandsOfQuestions() throws Exception {
    try (DatagramSocket server = serving(DatagramServersTest::echo)) {
      UdpCheck check = check(server, 20_000, ANY);
      long before = descriptors();
      for (int i = 0; i < 3_000; i++) {
        assertEquals("", rig.ask(check));
      }
      assertTrue(descriptors() < before + 50, before + " descriptors before, " + descriptors());
    }
  }

  private static long descriptors() {
    return new File("/proc/self/fd").list().length;
  }
}
