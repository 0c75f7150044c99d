package org.jkeepalived.config;

import java.util.List;
import org.jkeepalived.config.grammar.Grammar;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.config.syntax.Diagnostic.Severity;

/**
 * What {@code -t} answers.
 *
 * <p>COMPAT: keepalived(8) documents 3, 4 and 5; the real programs, 2.2.7 and 2.4.3 alike, exit
 * with the numbers here, and tools in the field test for those.
 */
public enum ExitCode {
  /** Nothing is wrong. */
  OK(0),
  /** The configuration cannot be read to its end: a parameter that nothing can stand in for. */
  FATAL(2),
  /** There are errors: what they concern is left out, or runs otherwise than it is written. */
  ERRORS(5),
  /** Scripts are configured to be run as root without {@code enable_script_security}. */
  SCRIPT_SECURITY(6),
  /** A file is missing that {@code include_check} asks for. */
  FILE_MISSING(6);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The process's exit status. */
  public int number() {
    return number;
  }

  /**
   * The worst of some diagnostics. What has no effect here yet, and what keepalived does not check,
   * is no error of the file: keepalived answers 0 to it. But an instance that is not started is
   * one, whatever the reason: nobody must take a node for sound that would do nothing.
   */
  public static ExitCode of(List<Diagnostic> diagnostics) {
    ExitCode worst = OK;
    for (Diagnostic diagnostic : diagnostics) {
      ExitCode one = of(diagnostic);
      worst = one.weight() > worst.weight() ? one : worst;
    }
    return worst;
  }

  private static ExitCode of(Diagnostic diagnostic) {
    if (Grammar.isAside(diagnostic) || diagnostic.severity() == Severity.NOTE) {
      return OK;
    }
    return switch (diagnostic.code()) {
      case Grammar.SCRIPT_SECURITY_CODE -> SCRIPT_SECURITY;
      case "include-missing", "include-no-match", "include-incomplete" -> FILE_MISSING;
      // COMPAT: keepalived answers 0 to a main file that is not there, which nobody can want
      case "no-configuration" -> FATAL;
      case Grammar.MISSING_PARAMETER_CODE ->
          diagnostic.severity() == Severity.FATAL ? FATAL : ERRORS;
      default -> ERRORS;
    };
  }

  private int weight() {
    return switch (this) {
      case OK -> 0;
      case ERRORS -> 1;
      case SCRIPT_SECURITY -> 2;
      case FILE_MISSING -> 3;
      case FATAL -> 4;
    };
  }
}
