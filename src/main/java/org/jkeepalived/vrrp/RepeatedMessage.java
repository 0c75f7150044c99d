package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Keeps a message that every advertisement of a stubborn neighbour would cause from filling the
 * log: it is due when the neighbour or what it says is new, and once a minute after that.
 */
final class RepeatedMessage {

  private static final long QUIET_NANOS = 60_000_000_000L;

  private Optional<InetAddress> source = Optional.empty();
  private int value;
  private long saidNanos;

  boolean isDue(InetAddress from, int newValue, long nowNanos) {
    boolean due =
        source.isEmpty()
            || value != newValue
            || !source.get().equals(from)
            || nowNanos - saidNanos >= QUIET_NANOS;
    if (due) {
      source = Optional.of(from);
      value = newValue;
      saidNanos = nowNanos;
    }
    return due;
  }
}
