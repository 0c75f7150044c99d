package org.jkeepalived.log;

import ch.qos.logback.classic.Level;

/** Syslog severities (RFC 5424, table 2) that lines are sent with. */
enum Priority {
  ERROR(3, "err"),
  WARNING(4, "warning"),
  INFORMATIONAL(6, "info"),
  DEBUG(7, "debug");

  private final int code;
  private final String word;

  Priority(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** As syslog(3) and journalctl(1) call it. */
  String word() {
    return word;
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
