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
    event
        .occasion()
        .map(occasion -> event.notifications().scripts().get(occasion))
        .ifPresent(command -> jobs.add(job(event, command, List.of())));
    Optional.ofNullable(event.notifications().scripts().get(Occasion.ANY))
        .filter(command -> event.isState())
        .ifPresent(command -> jobs.add(job(event, command, event.arguments())));
    return jobs;
  }

  private static Job job(Event event, Command command, List<String> arguments) {
    String label = "(" + event.subject().name() + ") notify script " + command;
    return new Job(event, new Order(label, command, arguments, OptionalLong.empty()));
  }
}
