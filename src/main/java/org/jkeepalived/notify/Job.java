package org.jkeepalived.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.model.Command;
import org.jkeepalived.model.Notifications.Occasion;
import org.jkeepalived.script.CommandRunner.Order;

/**
 * One script to run for one event.
 *
 * @param event why
 * @param order what
 */
record Job(Event event, Order order) {

  /** What an event has run, in this order: the occasion's own script, then {@code notify}. */
  static List<Job> of(Event event) {
    List<Job> jobs = new ArrayList<>(2);
    ownOccasion(event)
        .map(occasion -> event.notifications().scripts().get(occasion))
        .ifPresent(command -> jobs.add(job(event, command, List.of())));
    Optional.ofNullable(event.notifications().scripts().get(Occasion.ANY))
        .filter(command -> EventText.isState(event))
        .ifPresent(command -> jobs.add(job(event, command, EventText.arguments(event))));
    return jobs;
  }

  private static Job job(Event event, Command command, List<String> arguments) {
    String label = "(" + event.name() + ") notify script " + command;
    return new Job(event, new Order(label, command, arguments, OptionalLong.empty()));
  }

  // COMPAT: of what a reload removes, only notify hears, and notify_deleted
  private static Optional<Occasion> ownOccasion(Event event) {
    return switch (event.what()) {
      case MASTER -> Optional.of(Occasion.MASTER);
      case BACKUP -> Optional.of(Occasion.BACKUP);
      case FAULT -> Optional.of(Occasion.FAULT);
      case STOP -> Optional.of(Occasion.STOP);
      case DELETED -> Optional.of(Occasion.DELETED);
      case MASTER_RX_LOWER_PRI -> Optional.of(Occasion.MASTER_RX_LOWER_PRI);
      case MASTER_PRIORITY, BACKUP_PRIORITY -> Optional.empty();
    };
  }
}
