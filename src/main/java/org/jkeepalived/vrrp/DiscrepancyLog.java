package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;

/**
 * Lets a line for each kind of discrepancy through when it is new, and once a minute after that.
 */
final class DiscrepancyLog {

  private final Map<Discrepancy, RepeatedMessage> messages = new EnumMap<>(Discrepancy.class);

  DiscrepancyLog() {
    for (Discrepancy kind : Discrepancy.values()) {
      messages.put(kind, new RepeatedMessage());
    }
  }

  /**
   * Whether to log a discrepancy now.
   *
   * @param from who sent the advertisement
   * @param value what it says: a number of addresses, an interval
   */
  boolean admit(Discrepancy kind, InetAddress from, int value, long nowNanos) {
    return messages.get(kind).admit(from, value, nowNanos);
  }
}
