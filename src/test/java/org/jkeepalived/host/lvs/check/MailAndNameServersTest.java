package org.jkeepalived.host.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jkeepalived.model.lvs.CheckConnection;
import org.jkeepalived.model.lvs.DnsCheck;
import org.jkeepalived.model.lvs.SmtpCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mail and name servers that behave well and badly, over real sockets. */
class MailAndNameServersTest {

  private final AskingRig rig = new AskingRig();
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  @AfterEach
  void end() {
    rig.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private String mail(TestServer server, long timeoutMillis) throws Exception {
    return mail(server, timeoutMillis, new StringBuilder());
  }

  private String mail(TestServer server, long timeoutMillis, StringBuilder said) throws Exception {
    try (server) {
      return rig.ask(
          new SmtpCheck(
              AskingRig.SCHEDULE, AskingRig.to(server.port(), timeoutMillis), "director.test"),
          said);
    }
  }

  /** Says each of the texts, and waits for a line behind each; then for the end. */
  private TestServer saying(CompletableFuture<Integer> end, String... texts) throws IOException {
    return TestServer.of(
        socket -> {
          try {
            for (String text : texts) {
              socket.getOutputStream().write(bytes(text));
              readLine(socket.getInputStream()).ifPresent(heard::add);
            }
            end.complete(socket.getInputStream().read());
          } catch (IOException reset) {
            end.completeExceptionally(reset);
          }
        });
  }

  private static Optional<String> readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      line.append((char) next);
      if (next == '\n') {
        return Optional.of(line.toString());
      }
    }
    return Optional.empty();
  }

  @Test
  void aMailServerThatIsWell() throws Exception {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    TestServer server = saying(end, "220-a\r\n220 b\r\n", "250-c\r\n250 d\r\n", "221 e\r\n");
    StringBuilder said = new StringBuilder();
    try (server) {
      assertEquals(
          "",
          rig.ask(
              new SmtpCheck(
                  AskingRig.SCHEDULE, AskingRig.to(server.port(), 20_000), "director.test"),
              said));
      // a FIN, not a RST
      assertEquals(-1, end.get(20, TimeUnit.SECONDS));
    }
    assertEquals("[HELO director.test\r\n, QUIT\r\n]", heard.toString());
    assertEquals("Remote SMTP server RS succeed on service.\n", said.toString());
  }

  @Test
  void afterABadReplyTheEndIsAFinWithoutQuit() throws Exception {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    StringBuilder said = new StringBuilder();
    try (TestServer server = saying(end, "220 a\r\n", "501 no\r\n501 more of it\r\n")) {
      SmtpCheck check = new SmtpCheck(AskingRig.SCHEDULE, AskingRig.to(server.port(), 20_000), "x");
      assertEquals("answered \"501 no\", wanted 250", rig.ask(check, said));
      assertEquals(-1, end.get(20, TimeUnit.SECONDS));
      assertEquals(
          "SMTP_CHECK Bad HELO response from server [127.0.0.1]:" + server.port(),
          said.toString().lines().findFirst().orElseThrow());
    }
    assertEquals("[HELO x\r\n]", heard.toString());
  }

  @Test
  void mailServersThatDoNotAnswer() throws Exception {
    StringBuilder said = new StringBuilder();
    assertEquals(
        "no answer within 0.3 s", mail(TestServer.of(socket -> Thread.sleep(60_000)), 300, said));
    assertTrue(said.toString().startsWith("SMTP_CHECK Read timeout from server "), said.toString());
    assertEquals(
        "closed by the server",
        mail(TestServer.of(Socket::close), 20_000, said = new StringBuilder()));
    assertTrue(said.toString().startsWith("SMTP_CHECK Read failure from server "), said.toString());
    TestServer reset =
        TestServer.of(
            socket -> {
              socket.getOutputStream().write(bytes("220 a\r\n"));
              readLine(socket.getInputStream());
              socket.setSoLinger(true, 0);
            });
    assertEquals("connection reset by peer", mail(reset, 20_000, said = new StringBuilder()));
    assertTrue(said.toString().startsWith("SMTP_CHECK Read failure from server "), said.toString());
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, AskingRig.loopback())) {
      port = free.getLocalPort();
    }
    said = new StringBuilder();
    assertEquals(
        "connection refused",
        rig.ask(new SmtpCheck(AskingRig.SCHEDULE, AskingRig.to(port, 20_000), "x"), said));
    assertEquals(
        """
        SMTP_CHECK Could not connect to server [127.0.0.1]:PORT
        SMTP_CHECK RS of VS: connection refused
        """
            .replace("PORT", "" + port),
        said.toString());
  }

  @Test
  void mailServersThatSpeakForEver() throws Exception {
    TestServer trickle =
        TestServer.of(
            socket -> {
              for (byte one : bytes("220-" + "x".repeat(1_000))) {
                socket.getOutputStream().write(one);
                Thread.sleep(20);
              }
            });
    assertEquals("no answer within 0.5 s", mail(trickle, 500));
    TestServer line =
        TestServer.of(
            socket -> {
              while (true) {
                socket.getOutputStream().write(bytes("220 x".repeat(100)));
              }
            });
    assertEquals("reply longer than 16384 bytes", mail(line, 20_000));
    TestServer lines =
        TestServer.of(
            socket -> {
              while (true) {
                socket.getOutputStream().write(bytes("220-x\r\n".repeat(100)));
              }
            });
    assertEquals("reply longer than 16384 bytes", mail(lines, 20_000));
    TestServer garbage =
        TestServer.of(
            socket -> {
              byte[] some = new byte[4_000];
              Arrays.fill(some, (byte) 0xFF);
              while (true) {
                socket.getOutputStream().write(some);
              }
            });
    assertEquals("reply longer than 16384 bytes", mail(garbage, 20_000));
  }

  /** Each reply has the whole time-out, however long the others took. */
  @Test
  void eachReplyHasItsTime() throws Exception {
    TestServer slow =
        TestServer.of(
            socket -> {
              for (String text : new String[] {"220 a\r\n", "250 b\r\n", "221 c\r\n"}) {
                Thread.sleep(2_000);
                socket.getOutputStream().write(bytes(text));
                readLine(socket.getInputStream());
              }
            });
    // less than the three together, and far more than one on a busy machine
    assertEquals("", mail(slow, 5_000));
  }

  @Test
  void mailServersThatAreAskedFromWhereTheyShall() throws Exception {
    CompletableFuture<String> from = new CompletableFuture<>();
    TestServer server =
        TestServer.of(
            socket -> {
              from.complete(((InetSocketAddress) socket.getRemoteSocketAddress()).getHostString());
              socket.getOutputStream().write(bytes("554 no\r\n"));
            });
    try (server) {
      CheckConnection bound = from(AskingRig.to(server.port(), 20_000), "127.0.0.7");
      assertEquals(
          "answered \"554 no\", wanted 220",
          rig.ask(new SmtpCheck(AskingRig.SCHEDULE, bound, "x")));
      assertEquals("127.0.0.7", from.get(20, TimeUnit.SECONDS));
      StringBuilder said = new StringBuilder();
      CheckConnection foreign = from(AskingRig.to(server.port(), 20_000), "192.0.2.1");
      assertEquals(
          "cannot speak from 192.0.2.1:0: Cannot assign requested address",
          rig.ask(new SmtpCheck(AskingRig.SCHEDULE, foreign, "x"), said));
      assertTrue(said.toString().startsWith("SMTP_CHECK Could not connect to server "));
    }
  }

  private static CheckConnection from(CheckConnection plain, String source) throws Exception {
    return new CheckConnection(
        plain.target(),
        Optional.of(InetAddress.getByName(source)),
        0,
        Optional.empty(),
        0,
        plain.timeoutNanos());
  }

  /** What a name server does with a question. */
  private interface Answering {
    void answer(byte[] question, Reply reply) throws Exception;
  }

  /** Sends a datagram back. */
  private interface Reply {
    void send(byte[] datagram) throws IOException;
  }

  /** Answers over UDP until it is closed. */
  private final class NameServer implements AutoCloseable {
    private final DatagramSocket socket;

    NameServer(Answering answering) throws IOException {
      socket = new DatagramSocket(0, AskingRig.loopback());
      Thread thread =
          new Thread(
              () -> {
                try {
                  while (true) {
                    DatagramPacket packet = new DatagramPacket(new byte[1_000], 1_000);
                    socket.receive(packet);
                    byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
                    heard.add(HexFormat.of().formatHex(question));
                    answering.answer(
                        question,
                        bytes ->
                            socket.send(
                                new DatagramPacket(
                                    bytes, bytes.length, packet.getSocketAddress())));
                  }
                } catch (Exception closed) {
                  // it ends
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  private static byte[] flagged(byte[] question, int flags) {
    byte[] answer = question.clone();
    answer[2] = (byte) (flags >> 8);
    answer[3] = (byte) flags;
    return answer;
  }

  private String name(int port, long timeoutMillis, StringBuilder said) throws Exception {
    return rig.ask(
        new DnsCheck(
            AskingRig.SCHEDULE,
            AskingRig.to(port, timeoutMillis),
            DnsCheck.Type.A,
            "www.example.test"),
        said);
  }

  private String name(Answering answering, long timeoutMillis, StringBuilder said)
      throws Exception {
    try (NameServer server = new NameServer(answering)) {
      return name(server.socket.getLocalPort(), timeoutMillis, said);
    }
  }

  @Test
  void aNameServerThatIsWell() throws Exception {
    StringBuilder said = new StringBuilder();
    for (int flags : new int[] {0x8180, 0x8000, 0x8380}) {
      assertEquals(
          "", name((question, reply) -> reply.send(flagged(question, flags)), 20_000, said));
    }
    assertEquals("", said.toString());
    String behindId = "01000001000000000000037777770765786 16d706c6504746573740000010001";
    assertEquals(
        Stream.generate(() -> behindId.replace(" ", "")).limit(3).toList(),
        heard.stream().map(question -> question.substring(4)).collect(Collectors.toList()));
    assertNotEquals(1, heard.stream().map(question -> question.substring(0, 4)).distinct().count());
  }

  @Test
  void aNameServerThatSaysNo() throws Exception {
    StringBuilder said = new StringBuilder();
    assertEquals(
        "response code 5, wanted 0",
        name((question, reply) -> reply.send(flagged(question, 0x8185)), 20_000, said));
    assertEquals(
        """
        DNS_CHECK (RS) read error occurred. (rcode = 5)
        DNS_CHECK RS of VS: response code 5, wanted 0
        """,
        said.toString());
  }

  /** A wrong id, a piece and our own question are passed over; the answer behind them counts. */
  @Test
  void whatIsNoAnswerIsPassedOver() throws Exception {
    Answering noise =
        (question, reply) -> {
          byte[] other = flagged(question, 0x8185);
          other[0]++;
          reply.send(other);
          reply.send(question);
          reply.send(Arrays.copyOf(flagged(question, 0x8185), 8));
          reply.send(new byte[0]);
        };
    assertEquals(
        "",
        name(
            (question, reply) -> {
              noise.answer(question, reply);
              reply.send(flagged(question, 0x8180));
            },
            20_000,
            new StringBuilder()));
    StringBuilder said = new StringBuilder();
    assertEquals("no answer within 0.5 s, 4 datagrams were none", name(noise, 500, said));
    assertTrue(said.toString().startsWith("DNS_CHECK (RS) read timeout from socket\n"));
  }

  @Test
  void aNameServerThatFloods() throws Exception {
    byte[] large = new byte[60_000];
    try (NameServer server =
        new NameServer(
            (question, reply) -> {
              while (true) {
                reply.send(large);
              }
            })) {
      String reason = name(server.socket.getLocalPort(), 500, new StringBuilder());
      assertTrue(reason.matches("no answer within 0.5 s, [0-9]+ datagrams were none"), reason);
    }
  }

  @Test
  void aSilentNameServerAndNone() throws Exception {
    StringBuilder said = new StringBuilder();
    assertEquals("no answer within 0.3 s", name((question, reply) -> {}, 300, said));
    assertTrue(said.toString().startsWith("DNS_CHECK (RS) read timeout from socket\n"));
    int port;
    try (DatagramSocket free = new DatagramSocket(0, AskingRig.loopback())) {
      port = free.getLocalPort();
    }
    said = new StringBuilder();
    // long before the time-out
    assertEquals("connection refused", name(port, 600_000, said));
    assertEquals(
        "DNS_CHECK (RS) failed to read socket; errno 111 (Connection refused)",
        said.toString().lines().findFirst().orElseThrow());
  }

  @Test
  void aNameServerThatIsAskedFromWhereItShall() throws Exception {
    CompletableFuture<String> from = new CompletableFuture<>();
    try (DatagramSocket socket = new DatagramSocket(0, AskingRig.loopback())) {
      Thread thread =
          new Thread(
              () -> {
                DatagramPacket packet = new DatagramPacket(new byte[1_000], 1_000);
                try {
                  socket.receive(packet);
                  from.complete(packet.getAddress().getHostAddress());
                  packet.setData(flagged(packet.getData(), 0x8180), 0, packet.getLength());
                  socket.send(packet);
                } catch (IOException e) {
                  from.completeExceptionally(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
      CheckConnection plain = AskingRig.to(socket.getLocalPort(), 20_000);
      assertEquals("", rig.ask(soa(from(plain, "127.0.0.7"))));
      assertEquals("127.0.0.7", from.get(20, TimeUnit.SECONDS));
      StringBuilder said = new StringBuilder();
      assertEquals(
          "cannot speak from 192.0.2.1:0: Cannot assign requested address",
          rig.ask(soa(from(plain, "192.0.2.1")), said));
      assertTrue(
          said.toString()
              .startsWith(
                  "DNS_CHECK (RS) failed to read socket; errno 99"
                      + " (Cannot assign requested address)\n"),
          said.toString());
    }
  }

  private static DnsCheck soa(CheckConnection connection) {
    return new DnsCheck(AskingRig.SCHEDULE, connection, DnsCheck.Type.SOA, "");
  }
}
