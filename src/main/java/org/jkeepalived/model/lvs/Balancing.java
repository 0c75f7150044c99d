package org.jkeepalived.model.lvs;

import java.util.Objects;
import java.util.Optional;

/**
 * How a service is told to the kernel.
 *
 * @param flags of the scheduler: bit n-1 is {@code flag-n}, for n from 1 to 3
 * @param onePacket {@code ops}: each datagram is balanced by itself
 * @param persistence how clients are bound to their real server; empty where they are not
 * @param forwarding that of real servers which name none
 */
public record Balancing(
    Scheduler scheduler,
    int flags,
    boolean onePacket,
    Optional<Persistence> persistence,
    Forwarding forwarding) {
  public Balancing {
    Objects.requireNonNull(scheduler);
    Objects.requireNonNull(persistence);
    Objects.requireNonNull(forwarding);
  }
}
