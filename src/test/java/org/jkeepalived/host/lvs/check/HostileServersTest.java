package org.jkeepalived.host.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jkeepalived.lvs.check.Connections.Attempt.Kind;
import org.jkeepalived.lvs.check.RunningCheck;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.HttpCheck;
import org.jkeepalived.model.lvs.HttpUrl;
import org.jkeepalived.model.lvs.TlsFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that behave well and badly, over real sockets. */
class HostileServersTest {

  private static final HttpCheck.Tls PLAIN_TLS = new HttpCheck.Tls(false, Optional.empty(), false);

  private final AskingRig rig = new AskingRig();

  @AfterEach
  void end() {
    rig.close();
  }

  private String get(TestServer server, long timeoutMillis) throws Exception {
    try (server) {
      return rig.ask(
          AskingRig.http(AskingRig.to(server.port(), timeoutMillis), AskingRig.url("/p")));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Reads the request, and then does something. */
  private static TestServer after(TestServer.Conduct conduct) throws IOException {
    TestServer[] self = new TestServer[1];
    self[0] =
        TestServer.of(
            socket -> {
              byte[] request = new byte[4096];
              socket.getInputStream().read(request);
              conduct.serve(socket);
            });
    return self[0];
  }

  @Test
  void wellBehaved() throws Exception {
    assertEquals("", get(TestServer.answering("HTTP/1.0 200 OK\r\n\r\nhello"), 10_000));
    assertEquals("", get(TestServer.answering("HTTP/1.1 200\r\n\r\n"), 10_000));
  }

  @Test
  void wrongStatus() throws Exception {
    assertEquals(
        "HTTP status 503, wanted 200-299",
        get(TestServer.answering("HTTP/1.0 503 Busy\r\nContent-Length: 0\r\n\r\n"), 10_000));
  }

  @Test
  void nothingListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    StringBuilder said = new StringBuilder();
    assertEquals(
        "connection refused",
        rig.ask(AskingRig.http(AskingRig.to(port, 10_000), AskingRig.url("/p")), said));
    assertEquals(
        """
        Connection failed server RS.
        HTTP_CHECK on service RS failed.
        HTTP_CHECK RS of VS: connection refused
        """,
        said.toString());
    assertEquals("connection refused", rig.ask(AskingRig.tcp(AskingRig.to(port, 10_000))));
    assertEquals(
        "connection refused",
        rig.ask(AskingRig.https(AskingRig.to(port, 10_000), PLAIN_TLS, AskingRig.url("/p"))));
  }

  @Test
  void acceptsAndNeverAnswers() throws Exception {
    assertEquals("no answer within 0.3 s", get(TestServer.of(socket -> Thread.sleep(60_000)), 300));
  }

  @Test
  void answersByteByByte() throws Exception {
    TestServer trickle =
        after(
            socket -> {
              for (byte one : bytes("HTTP/1.0 200 OK\r\nX: " + "x".repeat(1000))) {
                socket.getOutputStream().write(one);
                Thread.sleep(20);
              }
            });
    assertEquals("no answer within 0.5 s", get(trickle, 500));
  }

  /** Whatever becomes of a question: one that is not given back would stop all checks one day. */
  @Test
  void eachSocketIsCountedOnceAndGivenBackOnce() throws Exception {
    int refusing;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      refusing = socket.getLocalPort();
    }
    CheckConnection to = AskingRig.to(refusing, 10_000);
    CheckConnection foreign =
        new CheckConnection(
            to.target(),
            Optional.of(InetAddress.getByName("192.0.2.1")),
            0,
            Optional.empty(),
            0,
            to.timeoutNanos());
    for (CheckConnection each : List.of(to, foreign)) {
      rig.connect(each);
      rig.ask(AskingRig.http(each, AskingRig.url("/p")));
      rig.ask(AskingRig.https(each, PLAIN_TLS, AskingRig.url("/p")));
      awaitNoSocket(rig);
    }
    TlsFiles unusable =
        new TlsFiles(
            Optional.empty(), Optional.of("/dev/null"), Optional.empty(), Optional.empty());
    try (AskingRig other = new AskingRig(unusable)) {
      other.ask(AskingRig.https(to, PLAIN_TLS, AskingRig.url("/p")));
      awaitNoSocket(other);
    }
  }

  /** One that was given back twice makes the number negative, for good. */
  private static void awaitNoSocket(AskingRig rig) throws Exception {
    long deadlineNanos = System.nanoTime() + 20_000_000_000L;
    while (rig.countedSockets() != 0) {
      assertTrue(System.nanoTime() - deadlineNanos < 0, "not given back, or twice");
      LockSupport.parkNanos(1_000_000L);
    }
  }

  /** Bodies without an end: each of them waits for its turn, as everybody else does. */
  @Test
  void floodsLeaveTurnsToTheOthers() throws Exception {
    byte[] flood = new byte[1 << 16];
    CountDownLatch flooding = new CountDownLatch(4);
    TestServer.Conduct conduct =
        socket -> {
          socket.getInputStream().read(new byte[4096]);
          OutputStream out = socket.getOutputStream();
          out.write(bytes("HTTP/1.0 200 OK\r\n\r\n"));
          for (int i = 0; i < 100; i++) {
            out.write(flood);
          }
          flooding.countDown();
          while (true) {
            out.write(flood);
          }
        };
    List<TestServer> floods = new ArrayList<>();
    try (TestServer healthy = TestServer.of(socket -> socket.getInputStream().read())) {
      List<RunningCheck> asked = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        TestServer server = TestServer.of(conduct);
        floods.add(server);
        HttpCheck check = AskingRig.http(AskingRig.to(server.port(), 600_000), AskingRig.url("/p"));
        asked.add(rig.begin(check, new StringBuilder()));
      }
      assertTrue(flooding.await(60, TimeUnit.SECONDS));
      for (int i = 0; i < 200; i++) {
        assertEquals(Kind.CONNECTED, rig.connect(AskingRig.to(healthy.port(), 60_000)).kind());
      }
      asked.forEach(RunningCheck::end);
    } finally {
      floods.forEach(TestServer::close);
    }
  }

  @Test
  void resets() throws Exception {
    TestServer reset =
        after(
            socket -> {
              socket.setSoLinger(true, 0);
              socket.close();
            });
    assertEquals("connection reset by peer", get(reset, 10_000));
  }

  @Test
  void closesWithoutAByte() throws Exception {
    assertEquals("closed without an answer", get(after(Socket::close), 10_000));
  }

  @Test
  void keepsTheConnectionOpenBehindItsAnswer() throws Exception {
    TestServer keeper =
        after(
            socket -> {
              socket
                  .getOutputStream()
                  .write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
              Thread.sleep(60_000);
            });
    assertEquals("", get(keeper, 20_000));
  }

  @Test
  void sendsAnEndlessHeader() throws Exception {
    TestServer endless =
        after(
            socket -> {
              socket.getOutputStream().write(bytes("HTTP/1.0 200 OK\r\n"));
              while (true) {
                socket.getOutputStream().write(bytes("X-Header: x\r\n".repeat(100)));
              }
            });
    assertEquals("header longer than 16384 bytes", get(endless, 20_000));
  }

  @Test
  void sendsAGibibyte() throws Exception {
    long piece = 1 << 16;
    long length = 1 << 30;
    TestServer flood =
        after(
            socket -> {
              OutputStream out = socket.getOutputStream();
              out.write(bytes("HTTP/1.0 200 OK\r\nContent-Length: " + length + "\r\n\r\n"));
              byte[] zeros = new byte[(int) piece];
              for (long sent = 0; sent < length; sent += piece) {
                out.write(zeros);
              }
              Thread.sleep(60_000);
            });
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    long before = runtime.totalMemory() - runtime.freeMemory();
    assertEquals("", get(flood, 20_000));
    System.gc();
    long grown = runtime.totalMemory() - runtime.freeMemory() - before;
    assertTrue(grown < 8_000_000, "the heap has grown by " + grown);
  }

  @Test
  void sendsAChunkBomb() throws Exception {
    TestServer bomb =
        after(
            socket -> {
              OutputStream out = socket.getOutputStream();
              out.write(bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
              while (true) {
                out.write(bytes("1\r\nx\r\n".repeat(1000)));
              }
            });
    assertEquals("no answer within 1 s", get(bomb, 1_000));
    TestServer size =
        after(
            socket ->
                socket
                    .getOutputStream()
                    .write(
                        bytes(
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "FFFFFFFFFFFFFFFFF\r\n")));
    assertEquals("chunk size too large", get(size, 20_000));
  }

  @Test
  void doesNotSpeakTls() throws Exception {
    TestServer plain =
        after(socket -> socket.getOutputStream().write(bytes("HTTP/1.0 400 No\r\n\r\n")));
    try (plain) {
      StringBuilder said = new StringBuilder();
      assertEquals(
          "does not speak TLS",
          rig.ask(
              AskingRig.https(AskingRig.to(plain.port(), 20_000), PLAIN_TLS, AskingRig.url("/p")),
              said));
      assertTrue(
          said.toString()
              .startsWith("SSL handshake/communication error connecting to server RS.\n"),
          said.toString());
    }
    TestServer silent = TestServer.of(socket -> Thread.sleep(60_000));
    try (silent) {
      StringBuilder said = new StringBuilder();
      assertEquals(
          "no answer within 0.3 s",
          rig.ask(
              AskingRig.https(AskingRig.to(silent.port(), 300), PLAIN_TLS, AskingRig.url("/p")),
              said));
      assertTrue(said.toString().startsWith("Timeout connecting server RS.\n"), said.toString());
    }
  }

  @Test
  void looksIntoTheBody() throws Exception {
    HttpUrl wanted =
        new HttpUrl(
            "/p",
            Optional.empty(),
            Optional.of("b1946ac92492d2347c6235b4d2611184"),
            List.of(HttpUrl.Statuses.SUCCESS),
            Optional.of(
                new HttpUrl.BodyPattern("h.l+o$", false, List.of(), 0, OptionalLong.empty())),
            false);
    try (TestServer server = TestServer.answering("HTTP/1.0 200 OK\r\n\r\nhello\n")) {
      assertEquals("", rig.ask(AskingRig.http(AskingRig.to(server.port(), 20_000), wanted)));
      assertEquals(
          "GET /p HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nHost: 127.0.0.1:"
              + server.port()
              + "\r\n\r\n",
          server.requests().remove());
    }
    try (TestServer server = TestServer.answering("HTTP/1.0 200 OK\r\n\r\nhullo\n")) {
      assertEquals(
          "digest differs: got 8a387fac5645c619277b00f27cc590b9"
              + " wanted b1946ac92492d2347c6235b4d2611184",
          rig.ask(AskingRig.http(AskingRig.to(server.port(), 20_000), wanted)));
    }
  }

  /**
   * The server sees the end of the connection, not a reset, though its greeting was not asked for.
   */
  @Test
  void connectionsEndWithAFin() throws Exception {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    TestServer greeting =
        TestServer.of(
            socket -> {
              try {
                socket.getOutputStream().write(bytes("220 hello\r\n"));
                end.complete(socket.getInputStream().read());
              } catch (IOException reset) {
                end.completeExceptionally(reset);
              }
            });
    try (greeting) {
      assertEquals("", rig.ask(AskingRig.tcp(AskingRig.to(greeting.port(), 20_000))));
      assertEquals(-1, end.get(20, TimeUnit.SECONDS));
    }
  }

  /** A peer that goes on to talk, or never says its end, has a second and 16 KiB. */
  @Test
  void whoDoesNotPartIsLeft() throws Exception {
    byte[] much = new byte[1 << 16];
    TestServer silent = TestServer.of(socket -> Thread.sleep(60_000));
    TestServer talker =
        TestServer.of(
            socket -> {
              while (true) {
                socket.getOutputStream().write(much);
              }
            });
    try (silent;
        talker) {
      assertEquals("", rig.ask(AskingRig.tcp(AskingRig.to(silent.port(), 20_000))));
      assertEquals("", rig.ask(AskingRig.tcp(AskingRig.to(talker.port(), 20_000))));
      awaitNoSocket(rig);
    }
  }

  @Test
  void speaksFromWhereItIsTold() throws Exception {
    CompletableFuture<String> from = new CompletableFuture<>();
    try (TestServer server =
        TestServer.of(socket -> from.complete(socket.getRemoteSocketAddress().toString()))) {
      int port;
      try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      CheckConnection plain = AskingRig.to(server.port(), 20_000);
      CheckConnection bound =
          new CheckConnection(
              plain.target(),
              Optional.of(InetAddress.getByName("127.0.0.7")),
              port,
              Optional.empty(),
              0,
              plain.timeoutNanos());
      // the kernel keeps the pair of addresses for a second after each connection
      for (int again = 0; again < 3; again++) {
        long deadlineNanos = System.nanoTime() + 20_000_000_000L;
        Kind kind = rig.connect(bound).kind();
        while (kind != Kind.CONNECTED && System.nanoTime() - deadlineNanos < 0) {
          LockSupport.parkNanos(20_000_000L);
          kind = rig.connect(bound).kind();
        }
        assertEquals(Kind.CONNECTED, kind);
      }
      assertEquals("/127.0.0.7:" + port, from.get(20, TimeUnit.SECONDS));
      CheckConnection foreign =
          new CheckConnection(
              plain.target(),
              Optional.of(InetAddress.getByName("192.0.2.1")),
              0,
              Optional.empty(),
              0,
              plain.timeoutNanos());
      assertEquals(
          "cannot speak from 192.0.2.1:0: Cannot assign requested address",
          rig.connect(foreign).reason());
      CheckConnection nowhere =
          new CheckConnection(
              plain.target(), Optional.empty(), 0, Optional.of("nolink"), 0, plain.timeoutNanos());
      assertEquals(
          "cannot bind to interface nolink: No such device", rig.connect(nowhere).reason());
    }
  }
}
