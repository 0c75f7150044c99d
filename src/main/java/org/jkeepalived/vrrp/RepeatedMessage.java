package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps one kind of message, which every advertisement of a stubborn neighbour would cause, from
 * filling the log: admits the message when the neighbour or its value is new, and once a minute
 * after that; of many neighbours that take turns, a few each minute.
 */
final class RepeatedMessage {

  private static final long QUIET_NANOS = 60_000_000_000L;
  private static final int MOST_KNOWN = 8;

  private record Saying(InetAddress source, int value) {}

  /** When each was admitted last, the oldest first; empty with neighbours that are of one mind. */
  private Map<Saying, Long> saidNanos = Map.of();

  /**
   * Whether to log the message now; one that is admitted begins a new minute.
   *
   * @param value what the neighbour says, such as its priority
   */
  boolean admit(InetAddress from, int value, long nowNanos) {
    if (saidNanos.isEmpty()) {
      saidNanos = new LinkedHashMap<>();
    }
    saidNanos.values().removeIf(said -> nowNanos - said >= QUIET_NANOS);
    Saying saying = new Saying(from, value);
    if (saidNanos.containsKey(saying) || saidNanos.size() >= MOST_KNOWN) {
      return false;
    }
    saidNanos.put(saying, nowNanos);
    return true;
  }
}
