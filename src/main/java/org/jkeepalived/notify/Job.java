package org.jkeepalived.notify;

import java.util.List;
import java.util.OptionalLong;
import org.jkeepalived.script.CommandRunner.Order;

/**
 * One script to run for one event.
 *
 * @param event why
 * @param order what
 */
record Job(Event event, Order order) {

  /** What an event has run, in its order. */
  static List<Job> of(Event event) {
    return event.scripts().stream().map(script -> job(event, script)).toList();
  }

  private static Job job(Event event, Event.Script script) {
    String label = "(" + event.subject().name() + ") notify script " + script.command();
    return new Job(
        event, new Order(label, script.command(), script.arguments(), OptionalLong.empty()));
  }
}
