package org.jkeepalived.config.grammar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.config.syntax.Diagnostic.Severity;
import org.jkeepalived.config.syntax.Place;
import org.jkeepalived.config.syntax.Token;

/** Collects what there is to say, in the order in which it was found. */
final class GrammarReport {

  /** How the codes of diagnostics begin that {@code keepalived -t} does not have. */
  static final String ASIDE = "aside";

  /** More than anybody reads: one wrong line in a sequence is wrong in each of its instances. */
  private static final int MOST = 1000;

  private static final int MOST_FATAL = 100;

  private record Known(String message, Optional<Place> place) {}

  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Set<Known> known = new HashSet<>();
  private int fatal;
  private int leftOut;

  /** Says something about a word: keepalived prints the word's file and line before it. */
  void at(Token subject, Severity severity, String code, String message) {
    add(severity, code, message, Optional.of(subject), Optional.empty(), List.of());
  }

  /** Says something about a word, and what to do about it. */
  void at(Token subject, Severity severity, String code, String message, String remedy) {
    add(severity, code, message, Optional.of(subject), Optional.of(remedy), List.of());
  }

  /** The usual case: the configuration runs, changed. */
  void warn(Token subject, String code, String message) {
    at(subject, Severity.WARNING, code, message);
  }

  /**
   * Says what keepalived tells its log only, or nobody: the configuration is none the worse for it.
   */
  void aside(Token subject, String code, String message) {
    at(subject, Severity.WARNING, ASIDE + "-" + code, message);
  }

  /** The same, and what to do about it. */
  void aside(Token subject, String code, String message, String remedy) {
    at(subject, Severity.WARNING, ASIDE + "-" + code, message, remedy);
  }

  /**
   * Says something that shows only when the whole file has been read. keepalived names no line
   * there; {@code place} is where a person should look.
   */
  void whole(Token place, Severity severity, String code, String message) {
    add(severity, code, message, Optional.empty(), Optional.empty(), List.of(place));
  }

  /** The same, with several places and a remedy. */
  void whole(List<Token> places, Severity severity, String code, String message, String remedy) {
    add(severity, code, message, Optional.empty(), Optional.of(remedy), places);
  }

  private void add(
      Severity severity,
      String code,
      String message,
      Optional<Token> subject,
      Optional<String> remedy,
      List<Token> related) {
    // the first of what makes the configuration unfit to run is never left out
    boolean isFatal = severity == Severity.FATAL;
    Known one = new Known(message, subject.map(Token::place));
    if (isFatal ? fatal >= MOST_FATAL : diagnostics.size() - fatal >= MOST) {
      leftOut += known.contains(one) ? 0 : 1;
      return;
    }
    if (!known.add(one)) {
      return;
    }
    fatal += isFatal ? 1 : 0;
    diagnostics.add(new Diagnostic(code, severity, message, subject, remedy, related));
  }

  List<Diagnostic> diagnostics() {
    List<Diagnostic> all = new ArrayList<>(diagnostics);
    if (leftOut > 0) {
      all.add(
          new Diagnostic(
              "too-many-diagnostics",
              Severity.WARNING,
              "There are " + leftOut + " more messages",
              Optional.empty(),
              Optional.of("mend the first ones, then look again"),
              List.of()));
    }
    return all;
  }
}
