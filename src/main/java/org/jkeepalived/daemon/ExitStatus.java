package org.jkeepalived.daemon;

/**
 * What the process's exit code tells: keepalived(8), "Exit status", and what 2.2.7 was seen to do.
 */
public enum ExitStatus {
  OK(0),
  /** An option that is unknown or lacks its argument. */
  USAGE(1),
  CANNOT_INITIALISE(2),
  /** {@code -t}: the configuration cannot be run. */
  CONFIGURATION_UNUSABLE(3),
  /** {@code -t}: there are errors; the daemon would run with a configuration changed by them. */
  CONFIGURATION_CHANGED(4),
  /** {@code -t}: scripts are configured without script security. */
  SCRIPTS_INSECURE(5),
  /** The daemon found no configuration file. */
  CONFIGURATION_MISSING(6);

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

  public int code() {
    return code;
  }
}
