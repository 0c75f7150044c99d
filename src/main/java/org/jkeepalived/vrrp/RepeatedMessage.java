package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Keeps one kind of message, which every advertisement of a stubborn neighbour would cause, from
 * filling the log: admits the message when the neighbour or its value is new, and once a minute
 * after that.
 */
final class RepeatedMessage {

  private static final long QUIET_NANOS = 60_000_000_000L;

  private Optional<InetAddress> source = Optional.empty();
  private int value;
  private long saidNanos;

  /**
   * Whether to log the message now; one that is admitted begins a new minute.
   *
   * @param newValue what the neighbour says, such as its priority
   */
  boolean admit(InetAddress from, int newValue, long nowNanos) {
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
