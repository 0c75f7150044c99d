package org.jkeepalived.config.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects diagnostics; the same one about the same place, as sequences repeat it, only once. */
final class SyntaxReport {
  /** More than anybody reads; the first fatal ones are kept in any case. */
  private static final int MOST = 1000;

  private static final int MOST_FATAL = 100;

  private record Known(String message, SourceLine line, int column) {}

  private final Pool pool;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Set<Known> known = new HashSet<>();
  private int fatal;
  private int leftOut;

  SyntaxReport(Pool pool) {
    this.pool = pool;
  }

  void note(String code, String message, Text text) {
    add(code, Diagnostic.Severity.NOTE, message, subject(text), Optional.empty(), List.of());
  }

  void warning(String code, String message, Text text) {
    add(code, Diagnostic.Severity.WARNING, message, subject(text), Optional.empty(), List.of());
  }

  void warning(String code, String message, Text text, String remedy) {
    add(code, Diagnostic.Severity.WARNING, message, subject(text), Optional.of(remedy), List.of());
  }

  void fatal(String code, String message, Text text, String remedy) {
    add(code, Diagnostic.Severity.FATAL, message, subject(text), Optional.of(remedy), List.of());
  }

  void add(
      String code,
      Diagnostic.Severity severity,
      String message,
      Optional<Token> subject,
      Optional<String> remedy,
      List<Token> related) {
    boolean isFatal = severity == Diagnostic.Severity.FATAL;
    if (isFatal ? fatal == MOST_FATAL : diagnostics.size() - fatal == MOST) {
      leftOut++;
      return;
    }
    if (subject.isPresent()) {
      Place place = subject.get().place();
      if (!known.add(new Known(message, place.line(), place.startColumn()))) {
        return;
      }
    }
    if (isFatal) {
      fatal++;
    }
    diagnostics.add(new Diagnostic(code, severity, message, subject, remedy, related));
  }

  List<Diagnostic> diagnostics() {
    if (leftOut == 0) {
      return diagnostics;
    }
    List<Diagnostic> all = new ArrayList<>(diagnostics);
    all.add(
        new Diagnostic(
            "too-many-diagnostics",
            Diagnostic.Severity.WARNING,
            "There are " + leftOut + " more messages",
            Optional.empty(),
            Optional.of("Mend the first ones, then look again"),
            List.of()));
    return all;
  }

  private Optional<Token> subject(Text text) {
    return Optional.of(new Token(text.chars(), false, text.place(pool)));
  }
}
