package org.jkeepalived.status;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Text as UTF-8 in blocks, so that a long one needs no memory twice; of a bounded length. */
public final class TextBlocks {

  private static final int BLOCK_CHARACTERS = 32 * 1024;

  private final List<byte[]> blocks = new ArrayList<>();
  private long length;

  /** Puts text together, piece by piece. */
  @FunctionalInterface
  public interface Writer {
    void write(Consumer<String> pieces);
  }

  /** Leaves the writer, of whom no more is wanted. */
  private static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Full() {
      super("full", null, false, false);
    }
  }

  private TextBlocks() {}

  /**
   * Has text written.
   *
   * @param mostBytes how long it may be
   * @return empty where it is longer
   */
  public static Optional<TextBlocks> of(Writer writer, long mostBytes) {
    TextBlocks made = new TextBlocks();
    StringBuilder text = new StringBuilder(BLOCK_CHARACTERS);
    Consumer<String> pieces =
        piece -> {
          text.append(piece);
          if (text.length() >= BLOCK_CHARACTERS) {
            made.add(text, mostBytes);
          }
        };
    try {
      writer.write(pieces);
      made.add(text, mostBytes);
    } catch (Full full) {
      return Optional.empty();
    }
    return Optional.of(made);
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

  /** How many bytes there are. */
  public long length() {
    return length;
  }

  /** The blocks, one after the other; nobody changes them. */
  public List<byte[]> blocks() {
    return List.copyOf(blocks);
  }
}
