package org.jkeepalived.notify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The state that each instance and group is in, as far as it has been told. */
final class PresentStates {

  private final Map<Subject, Event> groups = new LinkedHashMap<>();
  private final Map<Subject, Event> instances = new LinkedHashMap<>();

  void add(Event event) {
    Map<Subject, Event> states = statesLike(event);
    Subject subject = Subject.of(event);
    if (EventText.isLast(event)) {
      states.remove(subject);
    } else if (EventText.isState(event)) {
      states.put(subject, event);
    } else {
      states.computeIfPresent(subject, (same, state) -> withPriority(state, event.priority()));
    }
  }

  /** Whether the last that was told of it is a state in which it works. */
  boolean isKnownToWork(Event event) {
    return Optional.ofNullable(statesLike(event).get(Subject.of(event)))
        .filter(state -> state.what() != Event.What.FAULT)
        .isPresent();
  }

  /** Forgets the groups that there are no more: nothing is told of their removal. */
  void keepGroups(Set<String> names) {
    groups.keySet().removeIf(group -> !names.contains(group.name()));
  }

  private Map<Subject, Event> statesLike(Event event) {
    return event.subject() == Event.Subject.GROUP ? groups : instances;
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
