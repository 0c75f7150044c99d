package org.jkeepalived.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Who hears of the transitions of an instance or a sync group.
 *
 * @param scripts what runs, by occasion
 * @param deleted {@code notify_deleted}, with or without a script: an instance that a reload
 *     removes is said to be DELETED and not in FAULT
 * @param priorityChanges {@code notify_priority_changes}: the FIFOs hear of priorities too
 * @param mail {@code smtp_alert}
 */
public record Notifications(
    Map<Occasion, Command> scripts, boolean deleted, boolean priorityChanges, boolean mail) {
  /** Nobody. */
  public static final Notifications NONE = new Notifications(Map.of(), false, false, false);

  /** When a script runs. */
  public enum Occasion {
    MASTER,
    BACKUP,
    FAULT,
    STOP,
    DELETED,
    /** {@code notify}: each of those above, after the occasion's own script. */
    ANY,
    /** A master heard an advertisement of lower priority. */
    MASTER_RX_LOWER_PRI
  }

  public Notifications {
    EnumMap<Occasion, Command> ordered = new EnumMap<>(Occasion.class);
    ordered.putAll(scripts);
    scripts = Collections.unmodifiableMap(ordered);
  }
}
