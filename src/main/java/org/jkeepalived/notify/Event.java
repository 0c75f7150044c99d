package org.jkeepalived.notify;

import java.util.Objects;
import org.jkeepalived.model.Notifications;

/**
 * Something that happened to an instance or a sync group.
 *
 * @param subject whether {@code name} is an instance's or a group's
 * @param name the instance's or group's
 * @param what what happened
 * @param priority the effective priority, 1 to 255; COMPAT: of a group, 0
 * @param notifications whom to tell
 */
public record Event(
    Subject subject, String name, What what, int priority, Notifications notifications) {

  /** Whom it happened to; scripts and FIFOs are told the constant's name. */
  public enum Subject {
    INSTANCE,
    GROUP
  }

  /** What can happen; scripts and FIFOs are told the constant's name. */
  public enum What {
    MASTER,
    BACKUP,
    FAULT,
    STOP,
    /** A reload has removed it; without {@code notify_deleted} that is told as a FAULT. */
    DELETED,
    MASTER_RX_LOWER_PRI,
    MASTER_PRIORITY,
    BACKUP_PRIORITY
  }

  /** Hears of events, in their order. May not block. */
  @FunctionalInterface
  public interface Listener {
    void happened(Event event);
  }

  public Event {
    Objects.requireNonNull(subject);
    Objects.requireNonNull(name);
    Objects.requireNonNull(what);
    Objects.requireNonNull(notifications);
  }
}
