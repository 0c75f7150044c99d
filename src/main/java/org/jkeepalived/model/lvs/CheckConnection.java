package org.jkeepalived.model.lvs;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * How a check reaches what it asks.
 *
 * @param target whom it asks: the real server as it was written, unless the check names another
 * @param source {@code bindto}: the address it speaks from
 * @param sourcePort {@code bind_port}; 0 for any
 * @param link {@code bind_if}
 * @param mark {@code fwmark} of its packets; 0 for none
 * @param timeoutNanos {@code connect_timeout}, more than 0
 */
public record CheckConnection(
    ServerAddress target,
    Optional<InetAddress> source,
    int sourcePort,
    Optional<String> link,
    long mark,
    long timeoutNanos) {
  public CheckConnection {
    Objects.requireNonNull(target);
    Objects.requireNonNull(source);
    Objects.requireNonNull(link);
  }
}
