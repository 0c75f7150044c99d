package org.jkeepalived.notify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The state that each instance and group is in, as far as it has been told. */
final class PresentStates {

  private final Map<Subject, Event> groups = new LinkedHashMap<>();
  private final Map<Subject, Event> instances = new LinkedHashMap<>();

  void add(Event event) {
    Map<Subject, Event> states = event.subject() == Event.Subject.GROUP ? groups : instances;
    Subject subject = Subject.of(event);
    if (EventText.isLast(event)) {
      states.remove(subject);
    } else if (EventText.isState(event)) {
      states.put(subject, event);
    } else {
      states.computeIfPresent(subject, (same, state) -> withPriority(state, event.priority()));
    }
  }

  private static Event withPriority(Event state, int priority) {
    return new Event(state.subject(), state.name(), state.what(), priority, state.notifications());
  }

  /** COMPAT: groups come first, as at keepalived's start. */
  Collection<Event> all() {
    List<Event> all = new ArrayList<>(groups.values());
    all.addAll(instances.values());
    return all;
  }
}
