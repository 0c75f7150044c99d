package org.jkeepalived.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jkeepalived.dice.Dice;
import org.jkeepalived.dice.Trials;
import org.jkeepalived.model.lvs.HttpUrl;
import org.jkeepalived.model.lvs.HttpUrl.BodyPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers as they come: tables of cases, and whatever the dice show. */
class HttpResponseReaderTest {

  private static HttpUrl url(Optional<BodyPattern> pattern) {
    return new HttpUrl(
        "/",
        Optional.empty(),
        Optional.of("0".repeat(32)),
        List.of(HttpUrl.Statuses.SUCCESS),
        pattern,
        false);
  }

  private static BodyPattern pattern(String text, String... options) {
    return new BodyPattern(text, false, List.of(options), 0, OptionalLong.empty());
  }

  private static byte[] bytes(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String md5(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
  }

  /** What is read of bytes, in which {@code |} stands for the end of the answer. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        // answer; status; body bytes; complete without the end of the connection; fault
        "HTTP/1.1 200 OK\\r\\n\\r\\nbody; 200; 4; false; ''",
        "HTTP/1.0 200 OK\\n\\nbody; 200; 4; false; ''",
        "HTTP/1.1 200\\r\\n\\r\\nbody; 200; 4; false; ''",
        "HTTP/1.1 200 \\r\\n\\r\\nbody; 200; 4; false; ''",
        "HTTP/1.1   404 No\\r\\n\\r\\n; 404; 0; false; ''",
        "HTTP/2 200\\r\\n\\r\\n; 200; 0; false; ''",
        "HTTP/1.1 999 x\\r\\n\\r\\n; 999; 0; false; ''",
        "HTTP/1.1 99 x\\r\\n\\r\\n; 0; 0; true; no HTTP status line: \"HTTP/1.1 99 x\"",
        "HTTP/1.1 1000 x\\r\\n\\r\\n; 0; 0; true; no HTTP status line: \"HTTP/1.1 1000 x\"",
        "HTTP/1.1\\r\\n\\r\\n; 0; 0; true; no HTTP status line: \"HTTP/1.1\"",
        "HTTP/1.1 200x\\r\\n\\r\\n; 0; 0; true; no HTTP status line: \"HTTP/1.1 200x\"",
        "SSH-2.0-Open\\r\\n; 0; 0; true; no HTTP status line: \"SSH-2.0-Open\"",
        "just a body; 0; 0; false; closed after 11 bytes, within the header",
        "HTTP/1.1 200 OK\\r\\nA: b\\r\\n; 0; 0; false; closed after 23 bytes, within the header",
        "''; 0; 0; false; closed without an answer",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 4\\r\\n\\r\\nbody+more; 200; 4; true; ''",
        "HTTP/1.1 200 OK\\r\\ncontent-length:4\\r\\n\\r\\nbo; 200; 2; false; ''",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\nmore; 200; 0; true; ''",
        "HTTP/1.1 200 OK\\r\\nContent-Length: -4\\r\\n\\r\\nbody+; 200; 5; false; ''",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 4x\\r\\n\\r\\nbody+; 200; 5; false; ''",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 99999999999999999999\\r\\n\\r\\nb; 200; 1; false; ''",
        "HTTP/1.1 200 OK\\r\\nno colon\\r\\n: \\r\\n\\r\\nb; 200; 1; false; ''",
        "HTTP/1.1 204 No\\r\\nContent-Length: 9\\r\\n\\r\\n; 204; 0; true; ''",
        "HTTP/1.1 304 No\\r\\n\\r\\n; 304; 0; true; ''",
        "HTTP/1.1 101 Up\\r\\n\\r\\n; 101; 0; true; ''",
        "HTTP/1.1 100 Go\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\n\\r\\nb; 200; 1; false; ''",
        "HTTP/1.1 100 Go\\r\\nContent-Length: 9\\r\\n\\r\\nHTTP/1.1 500 No\\r\\n\\r\\nb; 500; 1; false; ''",
        "HTTP/1.1 103 x\\r\\n\\r\\nHTTP/1.1 100 x\\r\\n\\r\\nHTTP/1.1 200 x\\r\\n\\r\\n; 200; 0; false; ''",
        "HTTP/1.1 100 Go\\r\\n\\r\\n; 0; 0; false; closed after 19 bytes, within the header",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nok\\r\\n0\\r\\n\\r\\n; 200; 12; true; ''",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\nok\\n0\\n\\nmore; 200; 8; true; ''",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: gzip, Chunked\\r\\n\\r\\n2 a=b\\r\\nok\\r\\n0\\r\\nX: y\\r\\n\\r\\n; 200; 22; true; ''",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\r\\no; 200; 4; false; ''",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nokx; 200; 6; true; chunk longer than its size",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nx; 200; 1; true; chunk without a size",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n-1\\r\\n; 200; 1; true; chunk without a size",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nFFFFFFFFFFFFFFFF; 200; 16; true; chunk size too large",
      })
  void answers(String answer, int status, long bodyBytes, boolean complete, String fault) {
    byte[] all = bytes(answer);
    for (int piece : new int[] {1, 2, 3, 7, 1000}) {
      HttpResponseReader reader = new HttpResponseReader(url(Optional.empty()));
      boolean done = false;
      for (int at = 0; at < all.length && !done; at += piece) {
        done = reader.read(ByteBuffer.wrap(all, at, Math.min(piece, all.length - at)));
      }
      HttpResponse response = reader.response();
      assertEquals(status, response.status());
      assertEquals(bodyBytes, response.bodyBytes());
      assertEquals(complete, done);
      assertEquals(fault, response.fault().orElse(""));
    }
  }

  /** genhash counts what frames the chunks, a pattern does not see it. */
  @Test
  void chunksAreFramedForTheDigestAndNotForThePattern() throws Exception {
    String body = "7\r\nstatus:\r\n3\r\n UP\r\n0\r\n\r\n";
    HttpResponseReader reader = new HttpResponseReader(url(Optional.of(pattern("^status: UP$"))));
    assertTrue(
        reader.read(
            ByteBuffer.wrap(
                bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body))));
    HttpResponse response = reader.response();
    assertEquals(Optional.of(md5(bytes(body))), response.digest());
    assertEquals(Optional.of(true), response.found());
  }

  @Test
  void headersAndTrailersAreBounded() {
    for (String endless :
        List.of(
            "x",
            "HTTP/1.1 200 OK\r\nX: ",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ")) {
      HttpResponseReader reader = new HttpResponseReader(url(Optional.empty()));
      reader.read(ByteBuffer.wrap(bytes(endless)));
      boolean done = false;
      int read = 0;
      while (!done && read < 100_000) {
        done = reader.read(ByteBuffer.wrap(new byte[] {'y'}));
        read++;
      }
      assertTrue(read <= HttpResponseReader.MOST_HEADER + 1, endless + " " + read);
      assertTrue(reader.response().fault().isPresent(), endless);
    }
  }

  @Test
  void interimAnswersAreBoundedTogether() {
    HttpResponseReader reader = new HttpResponseReader(url(Optional.empty()));
    byte[] go = bytes("HTTP/1.1 100 Go\r\n\r\n");
    int times = 0;
    while (!reader.read(ByteBuffer.wrap(go))) {
      times++;
      assertTrue(times < 10_000);
    }
    assertEquals("header longer than 16384 bytes", reader.response().fault().orElse(""));
  }

  /** Whatever comes in whatever pieces: the same is read, and nothing is thrown. */
  @Test
  void anyBytesInAnyPieces() {
    Trials.run(
        3_000,
        dice -> {
          byte[] all = anyAnswer(dice);
          BodyPattern pattern = pattern(dice.of("a", "ok$", "^x", "(a|b)+c", "\\r\\n", "[^a]{3}"));
          HttpResponse whole = read(all, pattern, all.length + 1, dice);
          HttpResponse pieces = read(all, pattern, 1 + dice.below(40), dice);
          assertEquals(whole, pieces);
        });
  }

  private static HttpResponse read(byte[] all, BodyPattern pattern, int most, Dice dice) {
    HttpResponseReader reader = new HttpResponseReader(url(Optional.of(pattern)));
    boolean done = false;
    for (int at = 0; at < all.length && !done; ) {
      int piece = Math.min(all.length - at, most > all.length ? all.length : 1 + dice.below(most));
      ByteBuffer bytes = ByteBuffer.wrap(all, at, piece);
      done = reader.read(bytes);
      assertTrue(done || !bytes.hasRemaining());
      at += piece;
    }
    return reader.response();
  }

  private static byte[] anyAnswer(Dice dice) {
    StringBuilder text = new StringBuilder();
    for (String part :
        dice.list(
            12,
            () ->
                dice.of(
                    "HTTP/1.1 200 OK\r\n",
                    "HTTP/1.0 100 Go\r\n\r\n",
                    "Transfer-Encoding: chunked\r\n",
                    "Content-Length: " + dice.between(0, 50) + "\r\n",
                    "\r\n",
                    "\n",
                    dice.between(0, 20) + "\r\n",
                    "0\r\n\r\n",
                    "ok",
                    new String(dice.bytes(60), StandardCharsets.ISO_8859_1)))) {
      text.append(part);
    }
    String begin = dice.flip() ? "HTTP/1.1 200 OK\r\n" : "";
    return (begin + text).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What was chunked is found again, and its digest is that of what was sent. */
  @Test
  void chunkedBodiesAreReadAsTheyWereWritten() {
    Trials.run(
        1_000,
        dice -> {
          StringBuilder framed = new StringBuilder();
          StringBuilder plain = new StringBuilder();
          for (byte[] chunk : dice.list(20, () -> dice.bytes(1, 300))) {
            String text = new String(chunk, StandardCharsets.ISO_8859_1);
            framed.append(Integer.toHexString(chunk.length)).append("\r\n").append(text);
            framed.append("\r\n");
            plain.append(text);
          }
          framed.append("0\r\n\r\n");
          int at = plain.length() == 0 ? 0 : dice.below(plain.length());
          String part = plain.substring(at, Math.min(plain.length(), at + 20));
          byte[] all =
              bytesOf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + framed + "more");
          String hex =
              part.chars().mapToObj(c -> String.format("\\x%02x", c)).reduce("", String::concat);
          HttpResponse response = read(all, pattern(hex), 1 + dice.below(200), dice);
          assertEquals(Optional.empty(), response.fault());
          assertEquals(framed.length(), response.bodyBytes());
          assertEquals(Optional.of(md5(bytesOf(framed.toString()))), response.digest());
          assertEquals(Optional.of(true), response.found());
        });
  }

  private static byte[] bytesOf(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void patternsAreFoundWhereverTheyAreInLongBodies() {
    for (int before : new int[] {0, 1, 8_191, 8_192, 16_380, 16_384, 20_000, 100_000}) {
      for (int behind : new int[] {0, 1, 8_192, 16_384, 50_000}) {
        String text = "x".repeat(before) + "status: UP" + "y".repeat(behind);
        assertTrue(found(text, pattern("status: UP")), before + " " + behind);
        assertFalse(found(text, pattern("status: DOWN")));
        assertEquals(before == 0, found(text, pattern("^status")), before + " " + behind);
        assertEquals(behind == 0, found(text, pattern("UP$")), before + " " + behind);
        assertEquals(before > 0, found(text, pattern("(?<=x)status")), before + " " + behind);
        BodyPattern late =
            new BodyPattern("UP", false, List.of(), before + 9, OptionalLong.empty());
        assertFalse(found(text, late), before + " " + behind);
        BodyPattern exact =
            new BodyPattern("UP", false, List.of(), before + 8, OptionalLong.of(before + 8));
        assertTrue(found(text, exact), before + " " + behind);
        BodyPattern early = new BodyPattern("UP", false, List.of(), 0, OptionalLong.of(before + 7));
        assertFalse(found(text, early), before + " " + behind);
      }
    }
  }

  private static boolean found(String text, BodyPattern pattern) {
    return search(text, pattern).orElse(false);
  }

  private static Optional<Boolean> search(String text, BodyPattern pattern) {
    BodySearch search = new BodySearch(pattern);
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < all.length; at += 1_000) {
      search.add(ByteBuffer.wrap(all, at, Math.min(1_000, all.length - at)));
    }
    return search.finish();
  }

  @Test
  void classesOfPosixAreThoseOfPcre() {
    assertTrue(found("some of text", pattern("[[:alpha:]]{4} of text")));
    assertTrue(found("STATUS OK", pattern("STATUS +[[:upper:]]+$")));
    assertTrue(found("a_1", pattern("^[[:alpha:]_[:digit:]]+$")));
    assertFalse(found("a 1", pattern("^[[:^space:]]+$")));
    assertTrue(found("[:oops:]", pattern("[[:oops:]]")));
  }

  @Test
  void whatCostsTooMuchIsNeitherThereNorNot() throws Exception {
    assertEquals(
        Optional.empty(), search("a".repeat(2_000), pattern("(a|aa)+$b|(a*)*(a*)*(a*)*c")));
    // one that goes as deep as the body is long needs the stack of the checks' thread
    AtomicReference<Optional<Boolean>> deep = new AtomicReference<>(Optional.empty());
    Thread thread =
        new Thread(
            null,
            () ->
                deep.set(
                    search("a line\n".repeat(1_000) + "STATUS OK", pattern("(.|\n)*STATUS OK"))),
            "deep",
            16 * 1024 * 1024L);
    thread.start();
    thread.join();
    assertEquals(Optional.of(true), deep.get());
  }

  @Test
  void optionsOfPatterns() {
    assertFalse(found("down\nup\n", pattern("^UP$")));
    assertTrue(found("down\nup\n", pattern("^UP$", "caseless", "multiline")));
    assertFalse(found("a\nb", pattern("a.b")));
    assertTrue(found("a\nb", pattern("a.b", "dotall")));
    assertTrue(found("ab", pattern("a b # both", "extended")));
    // bytes unless "utf" is asked for, as with PCRE
    assertTrue(found("grün", pattern("grün")));
    assertFalse(found("grün", pattern("^gr.n$")));
    assertTrue(found("grün", pattern("^gr.n$", "utf")));
    assertTrue(found("x".repeat(8_191) + "ü".repeat(9_000) + "ok", pattern("üok$", "utf")));
  }

  /** What would take for ever, or all of the stack, is given up. */
  @Test
  void costlyPatternsAreNotFound() {
    assertFalse(found("a".repeat(60), pattern("(a+)+b|(a|aa)+c")));
    assertFalse(found("ab".repeat(8_000), pattern("(a|b|c)*x")));
  }
}
