package org.jkeepalived.config;

import java.util.List;
import org.jkeepalived.config.grammar.Grammar;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.config.syntax.Diagnostic.Severity;

/**
 * What {@code -t} answers, as keepalived(8) documents it.
 *
 * <p>COMPAT: the 2.2.7 of Debian exits with 5 where its manual says 3 or 4, with 6 where it says 5,
 * and with 2 for a missing parameter. The manual is the contract here.
 */
public enum ExitCode {
  /** Nothing is wrong. */
  OK(0),
  /** The configuration cannot be run. */
  CANNOT_RUN(3),
  /** There are errors, but the daemon will run after modifying the configuration. */
  ERRORS(4),
  /** Scripts are configured to be run as root without {@code enable_script_security}. */
  SCRIPT_SECURITY(5);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The process's exit status. */
  public int number() {
    return number;
  }

  /**
   * The worst of some diagnostics. What we do not support yet, and what keepalived does not check,
   * is no error of the file: keepalived answers 0 to it.
   */
  public static ExitCode of(List<Diagnostic> diagnostics) {
    ExitCode worst = OK;
    for (Diagnostic diagnostic : diagnostics) {
      if (diagnostic.severity() == Severity.FATAL) {
        return CANNOT_RUN;
      }
      if (diagnostic.code().equals(Grammar.SCRIPT_SECURITY_CODE)) {
        worst = SCRIPT_SECURITY;
      } else if (diagnostic.severity() == Severity.WARNING
          && worst == OK
          && !diagnostic.code().startsWith("unsupported")
          && !Grammar.isAside(diagnostic)) {
        worst = ERRORS;
      }
    }
    return worst;
  }
}
