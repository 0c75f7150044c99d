package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;

/**
 * Lets a line for each kind of discrepancy through when it is new, and once a minute after that.
 */
final class DiscrepancyLog {

  /** Empty with neighbours that are configured alike, as most are. */
  private Map<Discrepancy, RepeatedMessage> messages = Map.of();

  /**
   * Whether to log a discrepancy now.
   *
   * @param from who sent the advertisement
   * @param value what it says: a number of addresses, an interval
   */
  boolean admit(Discrepancy kind, InetAddress from, int value, long nowNanos) {
    if (messages.isEmpty()) {
      messages = new EnumMap<>(Discrepancy.class);
    }
    return messages
        .computeIfAbsent(kind, any -> new RepeatedMessage())
        .admit(from, value, nowNanos);
  }
}
