package org.jkeepalived.lvs.table;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the kernel balances a service. It holds what the kernel tells of one, so that any of its
 * values may come from somebody else.
 *
 * @param scheduler the kernel's name for it, such as {@code wlc}; any text
 * @param schedulerFlags bit n-1 is {@code flag-n}, for n from 1 to 3
 * @param onePacket each datagram is balanced by itself
 * @param persistence empty where clients are not bound to their real server
 */
public record ServiceSettings(
    String scheduler, int schedulerFlags, boolean onePacket, Optional<Binding> persistence) {
  public ServiceSettings {
    Objects.requireNonNull(scheduler);
    Objects.requireNonNull(persistence);
  }

  /**
   * How clients are bound to their real server.
   *
   * @param timeoutSeconds at least 1
   * @param granularity which clients count as one: a mask of 32 bits for IPv4 in the order that an
   *     address is written in, a prefix length from 1 to 128 for IPv6; empty for each by itself
   * @param engine the kernel's name of the persistence engine, such as {@code sip}
   */
  public record Binding(long timeoutSeconds, OptionalLong granularity, Optional<String> engine) {
    public Binding {
      Objects.requireNonNull(granularity);
      Objects.requireNonNull(engine);
    }
  }
}
