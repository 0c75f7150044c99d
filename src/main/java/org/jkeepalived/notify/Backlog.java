package org.jkeepalived.notify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Events that a FIFO has no room for yet. When they become too many, those go first that a newer
 * state of the same instance or group has put out of date.
 */
final class Backlog {

  static final int MOST = 4_096;

  private final Deque<Event> events = new ArrayDeque<>();

  boolean isEmpty() {
    return events.isEmpty();
  }

  int size() {
    return events.size();
  }

  /** The event that comes next; there must be one. */
  Event first() {
    return events.getFirst();
  }

  void removeFirst() {
    events.removeFirst();
  }

  /**
   * Adds an event.
   *
   * @return how many other events had to go for this one
   */
  int add(Event event) {
    events.addLast(event);
    if (events.size() <= MOST) {
      return 0;
    }
    int before = events.size();
    keepOnlyLastStates();
    while (events.size() > MOST) {
      events.removeFirst();
    }
    return before - events.size();
  }

  private void keepOnlyLastStates() {
    Map<Subject, Event> last = new HashMap<>();
    for (Event event : events) {
      if (event.isState()) {
        last.put(event.subject(), event);
      }
    }
    events.removeIf(event -> last.get(event.subject()) != event);
  }
}
