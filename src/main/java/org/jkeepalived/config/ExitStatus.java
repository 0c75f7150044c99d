package org.jkeepalived.config;

import java.util.List;
import org.jkeepalived.config.grammar.Grammar;
import org.jkeepalived.config.syntax.Diagnostic;
import org.jkeepalived.config.syntax.Diagnostic.Severity;

/**
 * What the process's exit status tells: of the daemon, of {@code -t}, of the command line. There is
 * no other place with such numbers.
 *
 * <p>COMPAT: keepalived(8), "Exit status". The 2.2.7 of Debian exits with 5 from {@code -t} where
 * its manual says 3 or 4, with 6 where it says 5, and with 2 for a missing parameter.
 */
public enum ExitStatus {
  /** Nothing is wrong. */
  OK(0),
  /** An option that is unknown or lacks its argument. */
  USAGE(1),
  /** The daemon cannot start, or cannot go on. */
  CANNOT_INITIALISE(2),
  /** The configuration cannot be run. */
  CONFIGURATION_UNUSABLE(3),
  /** {@code -t}: there are errors; the daemon would run with a configuration changed by them. */
  CONFIGURATION_ERRORS(4),
  /** {@code -t}: scripts are to be run as root without {@code enable_script_security}. */
  SCRIPTS_INSECURE(5);

  /**
   * COMPAT: keepalived says "daemon is already running" and exits with 0.
   *
   * <p>In the background the launcher reports the failure all the same, see {@code
   * packaging/bin/jkeepalived}.
   */
  public static final ExitStatus ALREADY_RUNNING = OK;

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  /** The number, 0 to 255, that the process exits with. */
  public int code() {
    return code;
  }

  /**
   * The worst of some diagnostics. What we do not support yet, and what keepalived does not check,
   * is no error of the file: keepalived answers 0 to it.
   */
  static ExitStatus of(List<Diagnostic> diagnostics) {
    ExitStatus worst = OK;
    for (Diagnostic diagnostic : diagnostics) {
      if (diagnostic.severity() == Severity.FATAL) {
        return CONFIGURATION_UNUSABLE;
      }
      if (diagnostic.code().equals(Grammar.SCRIPT_SECURITY_CODE)) {
        worst = SCRIPTS_INSECURE;
      } else if (diagnostic.severity() == Severity.WARNING
          && worst == OK
          && !diagnostic.code().startsWith("unsupported")
          && !Grammar.isAside(diagnostic)) {
        worst = CONFIGURATION_ERRORS;
      }
    }
    return worst;
  }
}
