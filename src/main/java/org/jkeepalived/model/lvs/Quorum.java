package org.jkeepalived.model.lvs;

import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.model.Command;

/**
 * When a pool is fit to serve.
 *
 * @param weight what its live servers must weigh together; never more than all of them do
 * @param hysteresis by how much it is missed before it is lost, and exceeded before it is gained;
 *     less than {@code weight}, or 0
 * @param up what runs when it is gained
 * @param down what runs when it is lost
 */
public record Quorum(long weight, long hysteresis, Optional<Command> up, Optional<Command> down) {
  public Quorum {
    Objects.requireNonNull(up);
    Objects.requireNonNull(down);
  }
}
