package org.jkeepalived.model;

import java.util.Objects;
import java.util.Optional;

/**
 * {@code notify_fifo} and its kin: a named pipe that states are written to.
 *
 * @param path the pipe, which is made if it is not there
 * @param owner whose it is made; empty for the daemon's own user
 * @param script what reads from it, with the path as its last argument
 */
public record Fifo(String path, Optional<Account> owner, Optional<Command> script) {
  public Fifo {
    Objects.requireNonNull(path);
    Objects.requireNonNull(owner);
    Objects.requireNonNull(script);
  }
}
