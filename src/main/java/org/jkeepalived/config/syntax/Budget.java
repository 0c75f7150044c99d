package org.jkeepalived.config.syntax;

/**
 * How much a configuration may grow into: a mistake in a few lines must not eat the machine. The
 * bounds are more than twice what the 65,024 instances of keepalived.conf(5) need.
 */
final class Budget {
  /** Lines, read or generated. */
  static final int MOST_LINES = 5_000_000;

  /** Words and braces that are kept. */
  static final int MOST_WORDS = 4_000_000;

  /** Characters that are kept, in words and parameters. */
  static final long MOST_KEPT_CHARACTERS = 64L << 20;

  /** Characters that are copied when references are replaced. */
  static final long MOST_COPIED_CHARACTERS = 1L << 30;

  /** Files opened by includes, and their characters. */
  static final int MOST_FILES = 100_000;

  static final long MOST_READ_CHARACTERS = 128L << 20;

  /** Characters of one line after replacing. */
  static final int LONGEST_LINE = 64 << 10;

  /** References replaced in one line. */
  static final int MOST_REPLACEMENTS = 1000;

  /** Parameters, files and blocks that lie one in the other. */
  static final int DEEPEST = 64;

  private int lines;
  private int words;
  private int files;
  private long kept;
  private long copied;
  private long read;

  boolean line() {
    return ++lines <= MOST_LINES;
  }

  boolean keep(int someWords, long characters) {
    words += someWords;
    kept += characters;
    return words <= MOST_WORDS && kept <= MOST_KEPT_CHARACTERS;
  }

  boolean copy(int characters) {
    copied += characters;
    return copied <= MOST_COPIED_CHARACTERS;
  }

  boolean file(int characters) {
    files++;
    read += characters;
    return files <= MOST_FILES && read <= MOST_READ_CHARACTERS;
  }
}
