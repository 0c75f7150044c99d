package org.jkeepalived.lvs.check;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes a chunked body apart, RFC 9112 section 7.1. It never throws on what it reads. */
final class ChunkReader {

  /** A size with its extension may be that long. */
  private static final int MOST_LINE = 1_024;

  private static final int MOST_TRAILER = 16_384;
  private static final int MOST_DIGITS = 15;

  private enum Part {
    SIZE,
    EXTENSION,
    DATA,
    DATA_END,
    TRAILER,
    ENDED
  }

  private final Consumer<ByteBuffer> data;
  private Part part = Part.SIZE;
  private long left;
  private int digits;
  private int lineLength;
  private int trailerLength;
  private Optional<String> fault = Optional.empty();

  /**
   * @param data takes what is in the chunks
   */
  ChunkReader(Consumer<ByteBuffer> data) {
    this.data = data;
  }

  /** Reads on; stops behind the end of the body, or at what is wrong. */
  void read(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !hasEnded() && fault.isEmpty()) {
      if (part == Part.DATA) {
        readData(bytes);
      } else {
        readFraming(bytes.get());
      }
    }
  }

  boolean hasEnded() {
    return part == Part.ENDED;
  }

  Optional<String> fault() {
    return fault;
  }

  private void readData(ByteBuffer bytes) {
    int taken = (int) Math.min(left, bytes.remaining());
    data.accept(bytes.slice(bytes.position(), taken));
    bytes.position(bytes.position() + taken);
    left -= taken;
    if (left == 0) {
      part = Part.DATA_END;
    }
  }

  private void readFraming(byte next) {
    switch (part) {
      case SIZE -> readSize(next);
      case EXTENSION -> {
        lineLength++;
        if (next == '\n') {
          beginChunk();
        } else if (lineLength > MOST_LINE) {
          fault = Optional.of("chunk size line longer than " + MOST_LINE + " bytes");
        }
      }
      case DATA_END -> {
        if (next == '\n') {
          part = Part.SIZE;
          left = 0;
          digits = 0;
          lineLength = 0;
        } else if (next != '\r') {
          fault = Optional.of("chunk longer than its size");
        }
      }
      case TRAILER -> readTrailer(next);
      case DATA, ENDED -> throw new IllegalStateException(part.toString());
    }
  }

  private void readSize(byte next) {
    int digit = Character.digit(next, 16);
    if (digit >= 0) {
      left = left << 4 | digit;
      digits++;
      if (digits > MOST_DIGITS) {
        fault = Optional.of("chunk size too large");
      }
    } else if (digits == 0) {
      fault = Optional.of("chunk without a size");
    } else if (next == '\n') {
      beginChunk();
    } else {
      part = Part.EXTENSION;
    }
  }

  private void beginChunk() {
    part = left == 0 ? Part.TRAILER : Part.DATA;
    lineLength = 0;
  }

  private void readTrailer(byte next) {
    trailerLength++;
    if (trailerLength > MOST_TRAILER) {
      fault = Optional.of("trailer longer than " + MOST_TRAILER + " bytes");
    } else if (next == '\n') {
      if (lineLength == 0) {
        part = Part.ENDED;
      }
      lineLength = 0;
    } else if (next != '\r') {
      lineLength++;
    }
  }
}
