package org.jkeepalived.config.syntax;

import java.util.Locale;

/**
 * How much a configuration may grow into: a mistake in a few lines must not eat the machine. The
 * bounds are about twice what the 65,024 instances of keepalived.conf(5) need, except for memory,
 * which depends on the heap there is.
 */
final class Limits {
  /** Lines, read or generated. */
  static final int MOST_LINES = 3_000_000;

  /** Words and braces that are kept. */
  static final int MOST_WORDS = 4_000_000;

  /** Characters that are copied when lines are taken apart and put together. */
  static final long MOST_COPIED_CHARACTERS = 1L << 29;

  /** Files that includes name. */
  static final int MOST_FILES = 100_000;

  /** Their characters. */
  static final long MOST_READ_CHARACTERS = 64L << 20;

  /** Characters of one line, before and after replacing. */
  static final int LONGEST_LINE = 64 << 10;

  /** References replaced in one line. */
  static final int MOST_REPLACEMENTS = 1000;

  /** Parameters, sequences, files and blocks that lie one in the other. */
  static final int DEEPEST = 64;

  private final MemoryRoom room;
  private int lines;
  private int words;
  private int files;
  private long copied;
  private long read;

  /**
   * @param room for the result, roughly
   */
  Limits(MemoryRoom room) {
    this.room = room;
  }

  boolean line() {
    return ++lines <= MOST_LINES;
  }

  boolean keep(int someWords) {
    words += someWords;
    return words <= MOST_WORDS && room.suffices();
  }

  boolean copy(int characters) {
    copied += characters;
    return copied <= MOST_COPIED_CHARACTERS;
  }

  /** An include names one more file. */
  boolean file() {
    return ++files <= MOST_FILES;
  }

  /** So much was read of one, and is kept until all is read. */
  boolean read(String text) {
    read += text.length();
    allocate(MemoryRoom.textBytes(text));
    return read <= MOST_READ_CHARACTERS && room.suffices();
  }

  /** Counts memory that is kept; {@link #keep} says when it is too much. */
  void allocate(long someBytes) {
    room.allocate(someBytes);
  }

  /** How many lines were read or generated. */
  int lines() {
    return lines;
  }

  /** How much memory the result takes so far. */
  long bytes() {
    return room.takenBytes();
  }

  /** Which bound was met. */
  String met() {
    if (lines > MOST_LINES) {
      return String.format(Locale.ROOT, "%,d lines", MOST_LINES);
    }
    if (words > MOST_WORDS) {
      return String.format(Locale.ROOT, "%,d words", MOST_WORDS);
    }
    if (copied > MOST_COPIED_CHARACTERS) {
      return String.format(Locale.ROOT, "%,d replaced characters", MOST_COPIED_CHARACTERS);
    }
    if (files > MOST_FILES) {
      return String.format(Locale.ROOT, "%,d files", MOST_FILES);
    }
    if (read > MOST_READ_CHARACTERS) {
      return size(MOST_READ_CHARACTERS) + " of files";
    }
    return "the " + size(room.mostBytes()) + " of memory there are for it";
  }

  /** A number of bytes as a person reads it. */
  static String size(long bytes) {
    return bytes < 1 << 20
        ? (bytes + (1 << 10) - 1) / (1 << 10) + " KiB"
        : bytes / (1 << 20) + " MiB";
  }
}
