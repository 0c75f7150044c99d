package org.jkeepalived.control.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jkeepalived.status.TextBlocks;

/**
 * What goes back: a head, and a text unless it is not wanted.
 *
 * @param blocks its bytes, one block after the other
 */
record HttpAnswer(List<byte[]> blocks) {

  private static final String PLAIN = "text/plain; charset=utf-8";

  HttpAnswer {
    Objects.requireNonNull(blocks);
  }

  /** A page. */
  static HttpAnswer of(HttpPage page, TextBlocks text, boolean headOnly) {
    List<byte[]> blocks = new ArrayList<>();
    blocks.add(head(HttpStatus.OK, page.contentType(), page.policy(), text.length()));
    if (!headOnly) {
      blocks.addAll(text.blocks());
    }
    return new HttpAnswer(blocks);
  }

  /**
   * Words in place of a page.
   *
   * @param more further lines
   */
  static HttpAnswer of(HttpStatus status, List<String> more, boolean headOnly) {
    String text = status.text() + "\n" + String.join("", more.stream().map(l -> l + "\n").toList());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<byte[]> blocks = new ArrayList<>();
    blocks.add(head(status, PLAIN, HttpPage.NOTHING_ELSE, bytes.length));
    if (!headOnly) {
      blocks.add(bytes);
    }
    return new HttpAnswer(blocks);
  }

  private static byte[] head(HttpStatus status, String type, String policy, long length) {
    List<String> lines = new ArrayList<>();
    lines.add(status.line());
    lines.add("Content-Type: " + type);
    lines.add("Content-Length: " + length);
    lines.add("Content-Security-Policy: " + policy);
    lines.add("X-Content-Type-Options: nosniff");
    lines.add("Referrer-Policy: no-referrer");
    lines.add("Cache-Control: no-store");
    if (status == HttpStatus.BAD_METHOD) {
      lines.add("Allow: GET, HEAD");
    }
    lines.add("Connection: close");
    lines.add("");
    lines.add("");
    return String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1);
  }
}
