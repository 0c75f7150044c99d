package org.jkeepalived.config;

import java.util.List;
import org.jkeepalived.config.grammar.Grammar;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.config.syntax.Diagnostic.Severity;

/**
 * What the process's exit status tells: of the daemon, of {@code -t}, of the command line. There is
 * no other place with such numbers.
 *
 * <p>COMPAT: keepalived(8) documents 3, 4 and 5; the real programs, 2.2.7 and 2.4.3 alike, exit
 * with the numbers here, and tools in the field test for those.
 */
public enum ExitStatus {
  /** Nothing is wrong. */
  OK(0),
  /** An option that is unknown or lacks its argument. */
  USAGE(1),
  /**
   * The daemon cannot start, or cannot go on. {@code -t}: the configuration cannot be read to its
   * end: a parameter is missing that nothing can stand in for.
   */
  FATAL(2),
  /** COMPAT: this process lacks a right without which no virtual router can be heard. */
  MISSING_PERMISSION(4),
  /** {@code -t}: what is wrong is left out, or runs otherwise than it is written. */
  CONFIGURATION_ERRORS(5),
  /** {@code -t}: scripts are to be run as root without {@code enable_script_security}. */
  SCRIPTS_INSECURE(6),
  /** There is no configuration, or a file is missing that {@code include_check} asks for. */
  FILE_MISSING(6);

  /**
   * COMPAT: keepalived says "daemon is already running" and exits with 0.
   *
   * <p>In the background the launcher reports the failure all the same, see {@code
   * packaging/bin/jkeepalived}.
   */
  public static final ExitStatus ALREADY_RUNNING = OK;

  private static final String NO_CONFIGURATION = "no-configuration";

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  /** The number, 0 to 255, that the process exits with. */
  public int code() {
    return code;
  }

  /**
   * What {@code -t} answers: the worst of some diagnostics. What has no effect here yet, and what
   * keepalived does not check, is no error of the file: keepalived answers 0 to it. But an instance
   * that is not started is one, whatever the reason: nobody must take a node for sound that would
   * do nothing.
   */
  static ExitStatus ofTest(List<Diagnostic> diagnostics) {
    ExitStatus worst = OK;
    for (Diagnostic diagnostic : diagnostics) {
      ExitStatus one = of(diagnostic);
      worst = one.weight() > worst.weight() ? one : worst;
    }
    return worst;
  }

  /** What a daemon answers whose configuration cannot be run. */
  static ExitStatus ofRefusal(List<Diagnostic> diagnostics) {
    return diagnostics.stream().anyMatch(one -> one.code().equals(NO_CONFIGURATION))
        ? FILE_MISSING
        : FATAL;
  }

  private static ExitStatus of(Diagnostic diagnostic) {
    if (Grammar.isAside(diagnostic) || diagnostic.severity() == Severity.NOTE) {
      return OK;
    }
    return switch (diagnostic.code()) {
      case Grammar.SCRIPT_SECURITY_CODE -> SCRIPTS_INSECURE;
      case "include-missing", "include-no-match", "include-incomplete" -> FILE_MISSING;
      // COMPAT: keepalived answers 0 to a main file that is not there, which nobody can want
      case NO_CONFIGURATION -> FATAL;
      case Grammar.MISSING_PARAMETER_CODE ->
          diagnostic.severity() == Severity.FATAL ? FATAL : CONFIGURATION_ERRORS;
      default -> CONFIGURATION_ERRORS;
    };
  }

  private int weight() {
    return switch (this) {
      case OK, USAGE, MISSING_PERMISSION -> 0;
      case CONFIGURATION_ERRORS -> 1;
      case SCRIPTS_INSECURE -> 2;
      case FILE_MISSING -> 3;
      case FATAL -> 4;
    };
  }
}
