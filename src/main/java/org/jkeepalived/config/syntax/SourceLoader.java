package org.jkeepalived.config.syntax;

import java.util.List;
import java.util.Optional;

/** Where configuration text comes from: the file system in the daemon, a map in tests. */
public interface SourceLoader {

  /**
   * Resolves the pattern of an include statement.
   *
   * @param directory the directory of the including file
   * @param pattern a path, absolute or relative to {@code directory}, with shell wildcards and
   *     braces
   * @return what there is, sorted as glob(3) sorts; empty when nothing matches
   */
  List<String> resolve(String directory, String pattern);

  /** Reads a whole file; empty with the reason in {@link Read#error()} when it cannot be read. */
  Read read(String path);

  /**
   * A file's text, or why there is none.
   *
   * @param text the decoded text
   * @param error the system's reason, such as {@code No such file or directory}
   */
  record Read(Optional<String> text, Optional<String> error) {}
}
