package org.jkeepalived.config.syntax;

import java.util.function.Supplier;

/**
 * Reads a configuration: the language of keepalived.conf(5), not its keywords.
 *
 * <p>It never throws on what it reads and always ends: what a configuration may grow into is
 * bounded ({@link Limits}: 3,000,000 lines, 4,000,000 words, a {@link MemoryRoom}, 64 levels of
 * parameters, sequences, files and blocks, 64 KiB and 1,000 replacements a line). Beyond that a
 * fatal diagnostic says so and the tree is what was read up to there.
 */
public final class ConfigurationParser {
  /** The code of the diagnostic that says that reading has stopped there. */
  public static final String TOO_LARGE_CODE = "configuration-too-large";

  private final SourceLoader loader;
  private final ParseOptions options;
  private final Supplier<MemoryRoom> room;

  /** A parser that may be used again and again, from one thread at a time. */
  public ConfigurationParser(SourceLoader loader, ParseOptions options) {
    this(loader, options, MemoryRoom::ofHeap);
  }

  /**
   * @param room for all that it reads, together
   */
  public ConfigurationParser(SourceLoader loader, ParseOptions options, MemoryRoom room) {
    this(loader, options, () -> room);
  }

  /**
   * @param mostBytes how much memory a result may take, roughly
   */
  ConfigurationParser(SourceLoader loader, ParseOptions options, long mostBytes) {
    this(loader, options, () -> MemoryRoom.of(mostBytes));
  }

  private ConfigurationParser(
      SourceLoader loader, ParseOptions options, Supplier<MemoryRoom> room) {
    this.loader = loader;
    this.options = options;
    this.room = room;
  }

  /**
   * Reads a file and all that it includes.
   *
   * <p>{@code include}, {@code include_check}, {@code random_seed}, conditions, parameters and
   * sequences are carried out; {@code include_check} and {@code random_seed} also stay in the tree.
   * A file that cannot be read is a fatal diagnostic without a subject.
   *
   * @param path the main file, as the operator named it
   */
  public SyntaxTree parse(String path) {
    return new Expansion(loader, options, room.get()).run(path);
  }
}
