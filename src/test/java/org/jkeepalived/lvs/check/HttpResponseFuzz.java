package org.jkeepalived.lvs.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.model.lvs.HttpUrl;

/**
 * All that a server of HTTP answers. Whether it comes at once, byte by byte or in pieces makes no
 * difference.
 */
final class HttpResponseFuzz {

  private static final int MOST_REASON = 200;

  private static final HttpUrl URL =
      new HttpUrl(
          "/",
          Optional.empty(),
          Optional.of("d41d8cd98f00b204e9800998ecf8427e"),
          List.of(HttpUrl.Statuses.SUCCESS),
          Optional.of(
              new HttpUrl.BodyPattern("U+P\\b", false, List.of(), 1, OptionalLong.of(4_000))),
          false);

  @FuzzTest(maxDuration = "")
  void httpResponse(byte[] said) {
    HttpResponse whole = read(said, Math.max(1, said.length));
    requireSound(whole, said.length);
    for (int piece : new int[] {1, 7, 1_000}) {
      HttpResponse pieces = read(said, piece);
      assertEquals(whole.status(), pieces.status());
      assertEquals(whole.fault(), pieces.fault());
      assertEquals(whole.contentLength(), pieces.contentLength());
      assertEquals(whole.found(), pieces.found());
      assertEquals(whole.bodyBytes(), pieces.bodyBytes());
      assertEquals(whole.digest(), pieces.digest());
      assertEquals(UrlVerdict.of(URL, whole), UrlVerdict.of(URL, pieces));
    }
  }

  private static HttpResponse read(byte[] said, int piece) {
    HttpResponseReader reader = new HttpResponseReader(URL);
    boolean complete = false;
    for (int at = 0; at < said.length; at += piece) {
      ByteBuffer bytes = ByteBuffer.wrap(said, at, Math.min(piece, said.length - at));
      complete = reader.read(bytes);
      if (complete) {
        break;
      }
      assertFalse(bytes.hasRemaining());
    }
    return reader.response();
  }

  private static void requireSound(HttpResponse response, int said) {
    assertTrue(response.bodyBytes() <= said);
    assertTrue(response.status() == 0 || response.status() >= 100 && response.status() <= 999);
    assertTrue(response.status() > 0 || response.fault().isPresent());
    assertTrue(response.digest().orElseThrow().matches("[0-9a-f]{32}"));
    response.fault().ifPresent(HttpResponseFuzz::requireShort);
    UrlVerdict verdict = UrlVerdict.of(URL, response);
    verdict.fault().ifPresent(fault -> requireShort(fault.reason()));
    assertTrue(verdict.fault().isPresent() || response.found().orElseThrow());
  }

  private static void requireShort(String reason) {
    assertTrue(!reason.isEmpty() && reason.length() <= MOST_REASON, reason);
    assertTrue(reason.chars().allMatch(c -> c >= ' ' && c < 0x7F), reason);
  }
}
