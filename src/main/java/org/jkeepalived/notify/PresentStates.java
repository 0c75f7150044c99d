package org.jkeepalived.notify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.notify.VrrpEvent.Transition;

/** The state that each instance and group is in, as far as it has been told. */
final class PresentStates {

  private final Map<Subject, Transition> groups = new LinkedHashMap<>();
  private final Map<Subject, Transition> instances = new LinkedHashMap<>();

  void add(VrrpEvent event) {
    Map<Subject, Transition> states = statesLike(event);
    if (event.standing() == Event.Standing.END) {
      states.remove(event.subject());
    } else if (event instanceof Transition entered) {
      states.put(event.subject(), entered);
    } else if (event instanceof VrrpEvent.Renamed renamed) {
      renamed.entered().ifPresent(entered -> states.put(event.subject(), entered));
    } else {
      states.computeIfPresent(
          event.subject(), (same, state) -> state.withPriority(event.priority()));
    }
  }

  /** Whether the last that was told of it is a state in which it works. */
  boolean isKnownToWork(VrrpEvent event) {
    return Optional.ofNullable(statesLike(event).get(event.subject()))
        .filter(state -> !state.isFault())
        .isPresent();
  }

  /** Forgets the groups that there are no more: nothing is told of their removal. */
  void keepGroups(Set<String> names) {
    groups.keySet().removeIf(group -> !names.contains(group.name()));
  }

  private Map<Subject, Transition> statesLike(VrrpEvent event) {
    return event.subject().kind() == Subject.Kind.GROUP ? groups : instances;
  }

  /** COMPAT: groups come first, as at keepalived's start. */
  Collection<Event> all() {
    List<Event> all = new ArrayList<>(groups.values());
    all.addAll(instances.values());
    return all;
  }
}
