package org.jkeepalived.config.syntax;

import java.util.Optional;
import java.util.Set;

/** A file that is being read, line by line. */
final class OpenFile {
  private final String name;
  private final String path;
  private final String directory;
  private final String text;
  private final Optional<SourceLine> includedFrom;
  private final Optional<OpenFile> parent;
  private final int depth;
  private Set<IncludeCheck> checks;
  private int at;
  private int number;

  private OpenFile(
      String name,
      String directory,
      String text,
      Optional<SourceLine> includedFrom,
      Optional<OpenFile> parent,
      Set<IncludeCheck> checks) {
    this.name = name;
    this.path = identity(name, directory);
    this.directory = directory;
    // what an editor on another system puts in front of UTF-8 is no keyword's first character
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    this.includedFrom = includedFrom;
    this.parent = parent;
    this.depth = parent.map(file -> file.depth + 1).orElse(1);
    this.checks = checks;
  }

  /**
   * The file that the operator named.
   *
   * @param directory what its relative includes start from
   * @param checks the include checks that hold at its start
   */
  static OpenFile main(String name, String directory, String text, Set<IncludeCheck> checks) {
    return new OpenFile(name, directory, text, Optional.empty(), Optional.empty(), checks);
  }

  /** A file that a line of this one includes: it starts with the checks that hold here. */
  OpenFile included(String name, String directory, String text, SourceLine from) {
    return new OpenFile(name, directory, text, Optional.of(from), Optional.of(this), checks);
  }

  /** Whether a file is this one, or one of those around it. */
  boolean isWithin(String path) {
    Optional<OpenFile> file = Optional.of(this);
    while (file.isPresent()) {
      if (file.get().path.equals(path)) {
        return true;
      }
      file = file.get().parent;
    }
    return false;
  }

  /** The same text for the same file, however it was named. */
  static String identity(String name, String directory) {
    return directory + "/" + name.substring(name.lastIndexOf('/') + 1);
  }

  String directory() {
    return directory;
  }

  int depth() {
    return depth;
  }

  Set<IncludeCheck> checks() {
    return checks;
  }

  void setChecks(Set<IncludeCheck> newChecks) {
    this.checks = newChecks;
  }

  /** The next line; empty at the end of the file. */
  Optional<SourceLine> next() {
    if (at >= text.length()) {
      return Optional.empty();
    }
    int end = text.indexOf('\n', at);
    end = end < 0 ? text.length() : end;
    int to = end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
    SourceLine line = new SourceLine(name, ++number, text.substring(at, to), includedFrom);
    at = end + 1;
    return Optional.of(line);
  }
}
