package org.jkeepalived.control.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jkeepalived.control.stream.AnswerStream;
import org.jkeepalived.log.LoggedLines;
import org.jkeepalived.loop.Owners;
import org.jkeepalived.loop.TestOwners;
import org.jkeepalived.script.CommandFacts;
import org.jkeepalived.status.DaemonFigures;
import org.jkeepalived.status.ReportContext;
import org.jkeepalived.time.LocalClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is answered, and whom it does not let keep the thread or the memory. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class HttpServiceTest {

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(50);

  /** Nobody is hung up on, and no page is fresh for the next one who asks. */
  private static final HttpLimits PATIENT = limits(HOUR, HOUR, HOUR, HOUR, 0);

  private static final int BIG = 8 << 20;

  /** As long as the metrics of 10,000 instances. */
  private static final int HUGE = 20 << 20;

  private final Owners owners = TestOwners.make();
  private final AtomicInteger looks = new AtomicInteger();
  private volatile CompletableFuture<HttpLook> seen = CompletableFuture.completedFuture(look());
  private Optional<HttpService> service = Optional.empty();

  private record Page(String path, BiConsumer<HttpLook, Consumer<String>> writer)
      implements HttpPage {
    @Override
    public String contentType() {
      return "text/plain; charset=utf-8";
    }

    @Override
    public void write(HttpLook look, Consumer<String> pieces) {
      writer.accept(look, pieces);
    }
  }

  private static HttpLook look() {
    return new HttpLook(
        List.of(),
        new ReportContext(LocalClock.of(ZoneId.of("UTC")), Optional.empty(), CommandFacts.NONE),
        "the test",
        0,
        DaemonFigures.NONE);
  }

  private final HttpPages pages =
      new HttpPages(
          List.of(
              new Page("/", (look, pieces) -> pieces.accept(look.subject() + ": grün\n")),
              new Page(
                  "/big",
                  (look, pieces) -> {
                    for (int i = 0; i < BIG / 16; i++) {
                      pieces.accept("0123456789abcde\n");
                    }
                  }),
              new Page(
                  "/huge",
                  (look, pieces) -> {
                    for (int i = 0; i < HUGE / 16; i++) {
                      pieces.accept("0123456789abcde\n");
                    }
                  }),
              new Page(
                  "/endless",
                  (look, pieces) -> {
                    while (true) {
                      pieces.accept("and so on ");
                    }
                  }),
              new Page(
                  "/bug",
                  (look, pieces) -> {
                    throw new IllegalStateException("for the test");
                  })));

  private static HttpLimits limits(long head, long page, long reader, long answer, long fresh) {
    return new HttpLimits(
        head, page, new AnswerStream.Limits(reader, answer, reader, 256 * 1024), fresh, SHORT);
  }

  private int open(HttpLimits limits) throws Exception {
    HttpService started =
        HttpService.start(
            owners,
            pages,
            () -> {
              looks.incrementAndGet();
              return seen;
            },
            limits);
    service = Optional.of(started);
    started.listen(new InetSocketAddress(HERE, 0));
    return port();
  }

  private int port() throws Exception {
    return service.orElseThrow().port().get().orElseThrow();
  }

  @AfterEach
  void close() {
    service.ifPresent(HttpService::close);
  }

  private static Socket send(int port, String text) throws IOException {
    Socket socket = new Socket(HERE, port);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static String receive(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String ask(int port, String request) throws IOException {
    try (Socket socket = send(port, request)) {
      return receive(socket);
    }
  }

  private static String get(int port, String path) throws IOException {
    return ask(port, "GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n");
  }

  private static void assertAnswers(int port) throws IOException {
    String answer = get(port, "/");
    assertTrue(answer.endsWith("\r\n\r\nthe test: grün\n"), answer);
  }

  private static String status(String answer) {
    return answer.lines().findFirst().orElse("");
  }

  @Test
  void aPageIsRead() throws Exception {
    int port = open(PATIENT);
    String answer = get(port, "/");
    assertEquals(
        "HTTP/1.1 200 OK\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\n"
            + "Content-Length: 16\r\n"
            + "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; base-uri"
            + " 'none'\r\n"
            + "X-Content-Type-Options: nosniff\r\n"
            + "Referrer-Policy: no-referrer\r\n"
            + "Cache-Control: no-store\r\n"
            + "Connection: close\r\n"
            + "\r\n"
            + "the test: grün\n",
        answer);
    String head = ask(port, "HEAD /?x=y HTTP/1.0\n\n");
    assertEquals(answer.substring(0, answer.indexOf("the test")), head);
    assertEquals(answer, ask(port, "GET http://127.0.0.1/ HTTP/1.1\r\nHost: elsewhere\r\n\r\n"));
  }

  @Test
  void aRequestMayComeInPieces() throws Exception {
    int port = open(PATIENT);
    try (Socket slow = send(port, "GET / HT")) {
      assertAnswers(port);
      slow.getOutputStream().write("TP/1.1\r\n\r".getBytes(StandardCharsets.US_ASCII));
      assertAnswers(port);
      slow.getOutputStream().write('\n');
      assertEquals("HTTP/1.1 200 OK", status(receive(slow)));
    }
  }

  @Test
  void nothingElseIsDone() throws Exception {
    int port = open(PATIENT);
    String unknown = get(port, "/../etc/passwd");
    assertEquals("HTTP/1.1 404 Not Found", status(unknown));
    assertTrue(unknown.endsWith("\n/\n/big\n/huge\n/endless\n/bug\n"), unknown);
    String post = ask(port, "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc");
    assertEquals("HTTP/1.1 405 Method Not Allowed", status(post));
    assertTrue(post.contains("\r\nAllow: GET, HEAD\r\n"), post);
    assertEquals(
        "HTTP/1.1 413 Content Too Large",
        status(ask(port, "GET / HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc")));
    assertEquals(
        "HTTP/1.1 413 Content Too Large",
        status(ask(port, "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")));
    assertEquals(
        "HTTP/1.1 505 HTTP Version Not Supported",
        status(ask(port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")));
    assertEquals(0, looks.get());
    assertAnswers(port);
  }

  @Test
  void noNameOfSomebodyElsesLeadsHere() throws Exception {
    int port = open(PATIENT);
    String lured = ask(port, "GET / HTTP/1.1\r\nHost: evil.example:" + port + "\r\n\r\n");
    assertEquals("HTTP/1.1 403 Forbidden", status(lured));
    for (String host : List.of("127.0.0.1:9165", "[::1]", "[::1]:80", "LOCALHOST", "10.0.0.1")) {
      assertEquals(
          "HTTP/1.1 200 OK", status(ask(port, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")));
    }
  }

  @Test
  void garbageIsAnsweredAndForgotten() throws Exception {
    int port = open(PATIENT);
    for (String garbage :
        List.of(
            "\u0016\u0003\u0001",
            "GET\r\n\r\n",
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            "A B C\n\n",
            "\n\n",
            "GET x HTTP/1.1\r\n\r\n",
            "GET  / HTTP/1.1\r\n\r\n",
            "\u0000".repeat(20_000))) {
      assertEquals("HTTP/1.1 400 Bad Request", status(ask(port, garbage)), garbage);
    }
    assertAnswers(port);
  }

  @Test
  void aGiantHeadIsRefused() throws Exception {
    int port = open(PATIENT);
    String most = "GET / HTTP/1.1\r\nX: ";
    int room = HttpExchange.MOST_HEAD_BYTES - most.length() - 4;
    assertEquals(
        "HTTP/1.1 200 OK", status(ask(port, most + "x".repeat(room) + "\r\n\r\n")), "the largest");
    String giant = most + "x".repeat(room + 1) + "\r\n\r\n";
    assertEquals("HTTP/1.1 431 Request Header Fields Too Large", status(ask(port, giant)));
    assertEquals(
        "HTTP/1.1 431 Request Header Fields Too Large",
        status(ask(port, "GET /" + "x".repeat(100_000))));
    assertAnswers(port);
  }

  /** It sends for as long as anybody takes it, and reads nothing. */
  @Test
  void whoNeverEndsIsHungUpOn() throws Exception {
    int port = open(PATIENT);
    try (Socket endless = send(port, "GET /")) {
      byte[] more = new byte[64 * 1024];
      boolean ended = false;
      for (int i = 0; i < 1000 && !ended; i++) {
        try {
          endless.getOutputStream().write(more);
        } catch (SocketException e) {
          ended = true;
        }
      }
      assertTrue(ended, "64 MB were taken");
    }
    assertAnswers(port);
  }

  @Test
  void whoSaysNothingIsHungUpOn() throws Exception {
    int port = open(limits(SHORT, HOUR, HOUR, HOUR, 0));
    assertEquals("", ask(port, "GET / HTTP/1.1\r\n"));
    assertEquals("", ask(port, ""));
  }

  /** However many they are, and for however long they may stay. */
  @Test
  void theSlowMakeRoomForTheQuick() throws Exception {
    int port = open(PATIENT);
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * HttpListener.MOST_CONNECTIONS; i++) {
        slow.add(send(port, "GET / HTTP/1.1\r\nX-Slow: "));
        assertAnswers(port);
      }
      assertEquals(-1, slow.get(0).getInputStream().read(), "the first one was hung up on");
    } finally {
      for (Socket each : slow) {
        each.close();
      }
    }
  }

  /** Where all wait for an answer, one more is hung up on: there are never more. */
  @Test
  void soManyWaitAtMost() throws Exception {
    seen = new CompletableFuture<>();
    int port = open(PATIENT);
    List<Socket> waiting = new ArrayList<>();
    try {
      while (waiting.size() < HttpListener.MOST_CONNECTIONS - 1) {
        waiting.add(send(port, "GET / HTTP/1.0\r\n\r\n"));
        // is read after those that came before it
        assertEquals("HTTP/1.1 404 Not Found", status(get(port, "/unknown")));
      }
      Socket last;
      do {
        // makes room itself as long as it has not been read
        last = send(port, "GET / HTTP/1.0\r\n\r\n");
        waiting.add(last);
      } while (isAnswered(port));
    } finally {
      seen.complete(look());
      int answered = 0;
      for (Socket each : waiting) {
        answered += isAnswered(each) ? 1 : 0;
        each.close();
      }
      assertEquals(HttpListener.MOST_CONNECTIONS, answered);
    }
  }

  private static boolean isAnswered(int port) throws IOException {
    try (Socket socket = send(port, "GET /unknown HTTP/1.0\r\n\r\n")) {
      return isAnswered(socket);
    }
  }

  private static boolean isAnswered(Socket socket) {
    try {
      return !receive(socket).isEmpty();
    } catch (IOException reset) {
      return false;
    }
  }

  @Test
  void manyWhoAskCostOneLook() throws Exception {
    seen = new CompletableFuture<>();
    int port = open(limits(HOUR, HOUR, HOUR, HOUR, HOUR));
    List<Socket> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(send(port, "GET / HTTP/1.0\r\n\r\n"));
    }
    while (looks.get() == 0) {
      Thread.onSpinWait();
    }
    seen.complete(look());
    for (Socket each : waiting) {
      assertEquals("HTTP/1.1 200 OK", status(receive(each)));
      each.close();
    }
    for (int i = 0; i < 100; i++) {
      assertAnswers(port);
    }
    assertEquals(1, looks.get());
  }

  @Test
  void aPageIsNotFreshForEver() throws Exception {
    int port = open(limits(HOUR, HOUR, HOUR, HOUR, SHORT));
    while (looks.get() < 3) {
      assertAnswers(port);
    }
  }

  /** Who has asked and reads nothing holds a page, but not for ever, and not all the memory. */
  @Test
  void thoseWhoReadNothingHoldOnlySoMuch() throws Exception {
    int port = open(PATIENT);
    List<Socket> holding = new ArrayList<>();
    try {
      String answer = "HTTP/1.1 200 OK";
      for (int i = 0; answer.equals("HTTP/1.1 200 OK"); i++) {
        // some may share a page, if they ask at the same moment
        assertTrue(i < HttpListener.MOST_CONNECTIONS, "more than there is room for");
        Socket socket = send(port, "GET /huge HTTP/1.1\r\n\r\n");
        holding.add(socket);
        byte[] begin = socket.getInputStream().readNBytes(32);
        answer = status(new String(begin, StandardCharsets.US_ASCII));
      }
      assertTrue(answer.startsWith("HTTP/1.1 503"), answer);
      assertTrue(holding.size() > 2, "two must have room");
      assertAnswers(port);
    } finally {
      for (Socket each : holding) {
        each.close();
      }
    }
  }

  /** They hold the same page. */
  @Test
  void thoseWhoAskAtOnceHoldOnePage() throws Exception {
    int port = open(limits(HOUR, HOUR, HOUR, HOUR, HOUR));
    List<Socket> holding = new ArrayList<>();
    for (int i = 0; i <= HttpListener.MOST_HELD_BYTES / BIG; i++) {
      holding.add(send(port, "GET /big HTTP/1.1\r\n\r\n"));
    }
    for (Socket each : holding) {
      assertTrue(receive(each).length() > BIG);
      each.close();
    }
  }

  @Test
  void thousandsOfInstancesFitIntoAPage() throws Exception {
    String answer = ask(open(PATIENT), "GET /huge HTTP/1.1\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"));
    assertTrue(answer.length() > HUGE);
  }

  @Test
  void whoReadsNothingIsHungUpOn() throws Exception {
    int port = open(limits(HOUR, HOUR, SHORT, HOUR, 0));
    try (Socket socket = send(port, "GET /big HTTP/1.1\r\n\r\n")) {
      while (!ended(socket)) {
        Thread.onSpinWait();
      }
    }
  }

  /** Whether sending meets a reset: the other side is gone. */
  private static boolean ended(Socket socket) {
    try {
      socket.getOutputStream().write(0);
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void aBugIsOneAnswersOnly() throws Exception {
    int port = open(PATIENT);
    try (LoggedLines log = new LoggedLines("org.jkeepalived.control.http")) {
      assertEquals("HTTP/1.1 500 Internal Server Error", status(get(port, "/bug")));
      assertEquals("HTTP/1.1 500 Internal Server Error", status(get(port, "/endless")));
      seen = CompletableFuture.failedFuture(new IllegalStateException("for the test"));
      assertEquals("HTTP/1.1 500 Internal Server Error", status(get(port, "/")));
      assertEquals(3, log.count("cannot be shown"));
    }
    seen = CompletableFuture.completedFuture(look());
    assertAnswers(port);
  }

  @Test
  void aDaemonThatDoesNotAnswerIsNotWaitedForForEver() throws Exception {
    seen = new CompletableFuture<>();
    int port = open(limits(HOUR, SHORT, HOUR, HOUR, 0));
    assertTrue(get(port, "/").startsWith("HTTP/1.1 503 "));
    seen.complete(look());
    seen = CompletableFuture.completedFuture(look());
    assertAnswers(port);
  }

  @Test
  void aPortThatIsTakenIsAskedForAgain() throws Exception {
    try (LoggedLines log = new LoggedLines("org.jkeepalived.control.http")) {
      open(PATIENT);
      int port;
      try (ServerSocket other = new ServerSocket(0, 1, HERE)) {
        port = other.getLocalPort();
        service.orElseThrow().listen(new InetSocketAddress(HERE, port));
        String line = log.await("for now");
        assertTrue(line.contains("Address already in use; 'ss -ltnp sport = :" + port), line);
      }
      log.await("are at http://127.0.0.1:" + port + "/");
      assertEquals(1, log.count("for now"), "told once");
      assertAnswers(port);
    }
  }

  @Test
  void itMoves() throws Exception {
    int before = open(PATIENT);
    service.orElseThrow().listen(new InetSocketAddress("127.0.0.2", 0));
    int after = port();
    try (Socket socket = new Socket("127.0.0.2", after)) {
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals("HTTP/1.1 200 OK", status(receive(socket)));
    }
    try (ServerSocket again = new ServerSocket()) {
      again.setReuseAddress(true);
      again.bind(new InetSocketAddress(HERE, before));
      assertEquals(before, again.getLocalPort(), "nobody else listens there");
    }
  }
}
