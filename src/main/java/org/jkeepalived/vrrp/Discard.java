package org.jkeepalived.vrrp;

/**
 * Why a received packet was not believed, in the order of the checks. Each belongs to the line of
 * keepalived's statistics file that counts it.
 */
public enum Discard {
  NOT_ALLOWED(StatisticsLine.NOT_ALLOWED),
  TOO_SHORT(StatisticsLine.LENGTH),
  TOO_LONG(StatisticsLine.LENGTH),
  TTL(StatisticsLine.TTL),
  SOURCE(StatisticsLine.SOURCE),
  VERSION(StatisticsLine.VERSION),
  TYPE(StatisticsLine.TYPE),
  CHECKSUM(StatisticsLine.CHECKSUM),
  AUTHENTICATION_TYPE_UNKNOWN(StatisticsLine.AUTHENTICATION_TYPE_UNKNOWN),
  AUTHENTICATION_TYPE_MISMATCH(StatisticsLine.AUTHENTICATION_TYPE_MISMATCH),
  AUTHENTICATION_FAILURE(StatisticsLine.AUTHENTICATION_FAILURE),
  /** With an authentication header, and it is to have none; or the other way round. */
  AUTHENTICATION_HEADER(StatisticsLine.AUTHENTICATION_TYPE_MISMATCH),
  /** The security parameters index is not the source address. */
  AUTHENTICATION_INDEX(StatisticsLine.AUTHENTICATION_FAILURE),
  /** The check value is wrong: another key, or the packet was changed on its way. */
  AUTHENTICATION_VALUE(StatisticsLine.AUTHENTICATION_FAILURE),
  /** The sequence number is not newer than the last one. */
  AUTHENTICATION_REPLAY(StatisticsLine.AUTHENTICATION_FAILURE),
  INTERVAL(StatisticsLine.INTERVAL);

  /** The lines under "Packet Errors" and "Authentication Errors". */
  public enum StatisticsLine {
    LENGTH,
    TTL,
    /** COMPAT: keepalived does not count who is no peer. */
    SOURCE,
    /** Ours: who is not among those that may speak. */
    NOT_ALLOWED,
    VERSION,
    TYPE,
    CHECKSUM,
    INTERVAL,
    /** Of packets with a {@link Discrepancy}, which are not discarded. */
    ADDRESS_LIST,
    AUTHENTICATION_TYPE_UNKNOWN,
    AUTHENTICATION_TYPE_MISMATCH,
    AUTHENTICATION_FAILURE
  }

  private final StatisticsLine line;

  Discard(StatisticsLine line) {
    this.line = line;
  }

  public StatisticsLine line() {
    return line;
  }
}
