package org.jkeepalived.vrrp;

import org.jkeepalived.model.VrrpInstance;

/**
 * The formulas of RFC 3768 section 6.1 (version 2) and RFC 9568 section 6.1 (version 3), in one
 * place.
 */
final class VrrpTimes {

  private static final long SECOND_NANOS = 1_000_000_000L;

  private VrrpTimes() {}

  /**
   * Skew_Time: the higher the priority, the sooner a backup takes over.
   *
   * @param priority 1 to 255, the effective one
   * @param masterIntervalNanos the interval the master advertises with; version 3 only
   */
  static long skewNanos(int version, int priority, long masterIntervalNanos) {
    long unit = version == 2 ? SECOND_NANOS : masterIntervalNanos;
    return (256 - priority) * unit / 256;
  }

  /** Master_Down_Interval: how long without an advertisement before the master counts as gone. */
  static long masterDownNanos(
      VrrpInstance.Protocol protocol, int priority, long masterIntervalNanos) {
    return protocol.downTimerAdverts() * masterIntervalNanos
        + skewNanos(protocol.version(), priority, masterIntervalNanos);
  }
}
