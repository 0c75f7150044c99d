package org.jkeepalived.control.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.jkeepalived.dice.Trials;
import org.junit.jupiter.api.Test;

/** Whatever arrives is a request, or is refused. */
final class HttpRequestTest {

  private static HttpRequest.Reading read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HttpRequest.read(bytes, bytes.length);
  }

  @Test
  void aHeadEndsWithAnEmptyLine() {
    for (String head : new String[] {"GET / HTTP/1.1\r\nA: b\r\n\r\n", "GET / HTTP/1.1\n\n"}) {
      byte[] bytes = (head + "more").getBytes(StandardCharsets.UTF_8);
      assertEquals(head.length(), HttpRequest.end(bytes, bytes.length), head);
      assertEquals(0, HttpRequest.end(bytes, head.length() - 1), "one byte is missing");
    }
  }

  @Test
  void theSameRequestIsReadHoweverItIsWritten() {
    HttpRequest.Reading plain = read("GET /metrics?x=/y HTTP/1.1\r\nHOST:  a:1\r\n\r\n");
    assertEquals("/metrics", plain.request().orElseThrow().path());
    assertEquals("a:1", plain.request().orElseThrow().host().orElseThrow());
    assertEquals(plain, read("GET http://a:1/metrics HTTP/1.0\nhost: elsewhere\n\n"));
  }

  @Test
  void nothingThatIsReadThrows() {
    Trials.run(
        2000,
        dice -> {
          String text = dice.text(200);
          for (String request :
              new String[] {
                text,
                "GET " + text + "\r\n\r\n",
                "GET http://" + text + " HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost:" + text + "\r\n\r\n",
                "GET / HTTP/1.1\r\n" + text + ": x\r\n\r\n"
              }) {
            HttpRequest.Reading reading = read(request);
            assertEquals(reading.status() == HttpStatus.OK, reading.request().isPresent());
            reading.request().ifPresent(HttpRequest::isToThisMachine);
            reading.request().ifPresent(one -> assertTrue(one.path().startsWith("/")));
          }
        });
  }
}
