package org.jkeepalived.config.syntax;

import java.util.List;
import java.util.Optional;

/** Where configuration text comes from: the file system in the daemon, a map in tests. */
public interface SourceLoader {

  /**
   * The directory that a file's relative includes start from, and the value of {@code ${_PWD}}.
   *
   * @param path the file's name as it was opened
   * @return an absolute directory without a slash at its end, except the root's
   */
  String directoryOf(String path);

  /**
   * Finds the files of one include pattern.
   *
   * @param directory the directory of the including file
   * @param pattern a path, absolute or relative to {@code directory}, with shell wildcards; its
   *     braces have been expanded
   * @return the paths there are, relative ones if the pattern is, sorted as glob(3) sorts; empty
   *     when nothing matches
   */
  List<String> resolve(String directory, String pattern);

  /**
   * Whether there is a directory of that name.
   *
   * @param directory the directory of the including file
   * @param path absolute, or relative to {@code directory}
   */
  boolean isDirectory(String directory, String path);

  /**
   * Reads a whole file; empty with the reason in {@link Read#error()} when it cannot be read.
   *
   * @param path absolute, or relative to where the process was started
   */
  Read read(String path);

  /**
   * A file's text, or why there is none.
   *
   * @param text the decoded text
   * @param error why not, as keepalived says it behind the file's name: {@code is a directory},
   *     {@code is not a regular non-executable file}, {@code open problem (Permission denied)}
   */
  record Read(Optional<String> text, Optional<String> error) {
    /** A file that could be read. */
    public static Read of(String text) {
      return new Read(Optional.of(text), Optional.empty());
    }

    /** A file that could not. */
    public static Read failed(String error) {
      return new Read(Optional.empty(), Optional.of(error));
    }
  }
}
