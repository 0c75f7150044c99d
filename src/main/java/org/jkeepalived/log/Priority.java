package org.jkeepalived.log;

import ch.qos.logback.classic.Level;

/** Syslog severities (RFC 5424, table 2) that lines are sent with. */
enum Priority {
  ERROR(3),
  WARNING(4),
  INFORMATIONAL(6),
  DEBUG(7);

  private final int code;

  Priority(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /**
   * COMPAT: what keepalived adds with {@code -D} has the severity INFO like everything else, so
   * level DEBUG, which stands for {@code -D}, is informational; only TRACE is debugging.
   */
  static Priority of(Level level) {
    if (level.isGreaterOrEqual(Level.ERROR)) {
      return ERROR;
    }
    if (level.isGreaterOrEqual(Level.WARN)) {
      return WARNING;
    }
    return level.isGreaterOrEqual(Level.DEBUG) ? INFORMATIONAL : DEBUG;
  }
}
