package org.jkeepalived.control;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** The bytes of an answer, in blocks, so that a long one needs no memory twice. */
final class AnswerBytes {

  private static final int BLOCK_CHARACTERS = 32 * 1024;

  private final List<byte[]> blocks = new ArrayList<>();
  private long length;

  /** There is no room for it. */
  static final class TooLongException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** Leaves the content, of which no more is wanted. */
  private static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Full() {
      super("full", null, false, false);
    }
  }

  private AnswerBytes() {}

  /**
   * Puts an answer together: a line with the status and the length of the content in bytes, and the
   * content.
   *
   * @param mostBytes how long the content may be
   */
  static AnswerBytes of(ControlAnswer answer, long mostBytes) throws TooLongException {
    AnswerBytes made = new AnswerBytes();
    made.blocks.add(new byte[0]);
    StringBuilder text = new StringBuilder(BLOCK_CHARACTERS);
    Consumer<String> pieces =
        piece -> {
          text.append(piece);
          if (text.length() >= BLOCK_CHARACTERS) {
            made.add(text, mostBytes);
          }
        };
    try {
      answer.content().write(pieces);
      made.add(text, mostBytes);
    } catch (Full full) {
      throw new TooLongException();
    }
    String status = answer.status().code() + " " + made.length + "\n";
    made.blocks.set(0, status.getBytes(StandardCharsets.US_ASCII));
    made.length += status.length();
    return made;
  }

  private void add(StringBuilder text, long mostBytes) {
    byte[] block = text.toString().getBytes(StandardCharsets.UTF_8);
    text.setLength(0);
    length += block.length;
    if (length > mostBytes) {
      throw new Full();
    }
    blocks.add(block);
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
