package org.jkeepalived.control;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jkeepalived.status.TextBlocks;

/** The bytes of an answer, in blocks. */
final class AnswerBytes {

  private final List<byte[]> blocks = new ArrayList<>();
  private final long length;

  /** There is no room for it. */
  static final class TooLongException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private AnswerBytes(String status, TextBlocks content) {
    blocks.add(status.getBytes(StandardCharsets.US_ASCII));
    blocks.addAll(content.blocks());
    length = status.length() + content.length();
  }

  /**
   * Puts an answer together: a line with the status and the length of the content in bytes, and the
   * content.
   *
   * @param mostBytes how long the content may be
   */
  static AnswerBytes of(ControlAnswer answer, long mostBytes) throws TooLongException {
    TextBlocks content =
        TextBlocks.of(answer.content()::write, mostBytes).orElseThrow(TooLongException::new);
    return new AnswerBytes(answer.status().code() + " " + content.length() + "\n", content);
  }

  /** How long the whole is. */
  long length() {
    return length;
  }

  /** The blocks one after the other. */
  Iterator<byte[]> blocks() {
    return blocks.iterator();
  }
}
