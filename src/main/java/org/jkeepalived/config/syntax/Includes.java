package org.jkeepalived.config.syntax;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the files of an include statement, and says what is missing as keepalived says it. */
final class Includes {
  /** COMPAT: keepalived's own longest line. */
  private static final int LONGEST_PATTERN = 1024;

  private final SourceLoader loader;
  private final SyntaxReport report;
  private final Pool pool;
  private final Limits limits;

  Includes(SourceLoader loader, SyntaxReport report, Pool pool, Limits limits) {
    this.loader = loader;
    this.report = report;
    this.pool = pool;
    this.limits = limits;
  }

  /**
   * An include statement.
   *
   * @param checks what the keyword adds to the checks in force
   * @param pattern all the rest of the line: COMPAT: neither blanks nor quotes end it
   */
  record Request(Set<IncludeCheck> checks, String pattern) {
    /** The statement on a line, if it is one. */
    static Optional<Request> of(String line) {
      if (!line.startsWith("include")) {
        return Optional.empty();
      }
      int end = 0;
      while (end < line.length() && !Blanks.isBlank(line.charAt(end))) {
        end++;
      }
      String pattern = line.substring(end).trim();
      return IncludeCheck.ofKeyword(line.substring(0, end))
          .map(checks -> new Request(checks, pattern));
    }
  }

  /**
   * Reads the files that a statement asks for.
   *
   * @param from the file that holds it
   * @return those that can be read, in the order they are to be read; empty if all that is read
   *     would be more than there is room for: no more files are opened then
   */
  Optional<List<OpenFile>> open(Request request, OpenFile from, Text at) {
    EnumSet<IncludeCheck> checks = EnumSet.noneOf(IncludeCheck.class);
    checks.addAll(request.checks());
    checks.addAll(from.checks());
    List<OpenFile> opened = new ArrayList<>();
    List<String> names = find(request, checks, from.directory(), at);
    if (names.size() > Limits.MOST_FILES) {
      return Optional.empty();
    }
    for (String name : names) {
      String path = name.startsWith("/") ? name : from.directory() + "/" + name;
      String directory = loader.directoryOf(path);
      // one that is not read counts as well: forty files that include each other have no end
      if (!limits.file()) {
        return Optional.empty();
      }
      if (from.isWithin(OpenFile.identity(path, directory))) {
        unreadable(
            name, "open problem (it includes itself)", Diagnostic.Severity.WARNING, checks, at);
      } else if (from.depth() >= Limits.DEEPEST) {
        unreadable(
            name, "open problem (Too many open files)", Diagnostic.Severity.WARNING, checks, at);
      } else {
        SourceLoader.Read read = loader.read(path);
        if (!limits.read(read.text().orElse(""))) {
          return Optional.empty();
        }
        if (read.text().isPresent()) {
          opened.add(from.included(name, directory, read.text().get(), at.line()));
        } else {
          String reason = read.error().orElse("is missing");
          unreadable(name, reason, Diagnostic.Severity.NOTE, checks, at);
        }
      }
    }
    return Optional.of(opened);
  }

  private List<String> find(Request request, Set<IncludeCheck> checks, String directory, Text at) {
    String pattern = request.pattern();
    Optional<List<String>> names =
        pattern.length() > LONGEST_PATTERN ? Optional.empty() : Braces.expand(pattern);
    if (names.isEmpty()) {
      report.warning(
          "too-many-alternatives",
          "Config files missing '" + pattern + "'.",
          at,
          "Name fewer files in one include");
      return List.of();
    }
    List<String> found = new ArrayList<>();
    boolean allWild = true;
    boolean someMissing = false;
    for (String name : names.get()) {
      List<String> matches = loader.resolve(directory, name);
      found.addAll(matches);
      if (found.size() > Limits.MOST_FILES) {
        return found;
      }
      boolean wild = Wildcards.in(name) && isInDirectory(name, directory);
      allWild &= wild;
      someMissing |= matches.isEmpty() && !wild;
    }
    boolean braces = names.get().size() > 1;
    if (found.isEmpty()) {
      missing(pattern, allWild, braces, checks, at);
    } else if (someMissing) {
      add(
          "include-incomplete",
          "Some config files missing: \"" + pattern + "\".",
          checks.contains(IncludeCheck.BRACE_MATCH),
          at);
    }
    return found;
  }

  /**
   * Whether the directory is there that the first wildcard looks into. COMPAT: a pattern in a
   * directory that is missing is told of as a name without wildcards.
   */
  private boolean isInDirectory(String pattern, String directory) {
    int slash = pattern.lastIndexOf('/', Wildcards.first(pattern));
    return slash <= 0 || loader.isDirectory(directory, pattern.substring(0, slash));
  }

  private void missing(
      String pattern, boolean wild, boolean braces, Set<IncludeCheck> checks, Text at) {
    boolean evenWild = checks.contains(IncludeCheck.WILDCARD_MATCH);
    if (!wild) {
      // COMPAT: match does not look at names with braces
      boolean plain = checks.contains(IncludeCheck.MATCH) && !braces;
      boolean inBraces = checks.contains(IncludeCheck.BRACE_MATCH) && braces;
      add(
          "include-missing",
          "Config files missing '" + pattern + "'.",
          evenWild || plain || inBraces,
          at);
    } else if (evenWild) {
      add("include-no-match", "No config files matched '" + pattern + "'.", true, at);
    }
  }

  /** A file that was found but is not read. */
  private void unreadable(
      String file,
      String reason,
      Diagnostic.Severity otherwise,
      Set<IncludeCheck> checks,
      Text at) {
    String message = "Configuration file '" + file + "' " + reason + " - skipping";
    boolean insisted = checks.contains(IncludeCheck.READABLE);
    report.add(
        "include-unreadable",
        insisted ? Diagnostic.Severity.FATAL : otherwise,
        message,
        Optional.of(new Token(at.chars(), false, at.place(pool))),
        Optional.of("Take the file out of the include, or make it readable"),
        List.of());
  }

  private void add(String code, String message, boolean insisted, Text at) {
    if (insisted) {
      report.fatal(code, message, at, "Create the file, or use include without checks");
    } else {
      report.note(code, message, at);
    }
  }
}
