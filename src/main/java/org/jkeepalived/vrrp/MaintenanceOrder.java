package org.jkeepalived.vrrp;

import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.time.Moment;

/**
 * The operator wants a virtual router to stand aside.
 *
 * @param asker who has said so
 * @param text what it is, for the log and whoever looks: {@code maintenance until Nov 30 11:00:00,
 *     asked for by root (process 123)}
 * @param end when it is over, by both clocks; empty for one that holds until somebody ends it
 * @param kept whether it holds over a restart, too
 */
public record MaintenanceOrder(String asker, String text, Optional<Moment> end, boolean kept) {
  public MaintenanceOrder {
    Objects.requireNonNull(asker);
    Objects.requireNonNull(text);
    Objects.requireNonNull(end);
  }

  boolean isOver(long nowNanos) {
    return end.isPresent() && nowNanos - end.get().nowNanos() >= 0;
  }
}
