package org.jkeepalived.notify;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.notify.VrrpEvent.Transition;

/** The state that each instance and group is in, as far as it has been told and still counts. */
final class PresentStates {

  private final Map<Subject, Transition> groups = new LinkedHashMap<>();
  private final Map<Subject, Transition> instances = new LinkedHashMap<>();
  private final Set<Subject> leaving = new HashSet<>();
  private Map<String, VrrpInstance.Key> configured = Map.of();

  void add(VrrpEvent event) {
    Map<Subject, Transition> states = statesLike(event);
    if (event.standing() == Event.Standing.END) {
      states.remove(event.subject());
      leaving.remove(event.subject());
    } else if (event instanceof Transition entered) {
      states.put(event.subject(), entered);
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

  /**
   * A configuration is about to be in force. Groups that it has no more are forgotten: nothing is
   * told of their removal. Instances that it has no more, or on another link or with another VRID,
   * are no news any longer until their removal is told.
   */
  void configure(Configuration next) {
    Set<String> names = next.groups().stream().map(SyncGroup::name).collect(Collectors.toSet());
    groups.keySet().removeIf(group -> !names.contains(group.name()));
    Map<String, VrrpInstance.Key> keys = new HashMap<>();
    next.instances().forEach(instance -> keys.put(instance.name(), instance.key()));
    for (Subject instance : instances.keySet()) {
      Optional.ofNullable(configured.get(instance.name()))
          .filter(before -> !before.equals(keys.get(instance.name())))
          .ifPresent(before -> leaving.add(instance));
    }
    configured = keys;
  }

  private Map<Subject, Transition> statesLike(VrrpEvent event) {
    return event.subject().kind() == Subject.Kind.GROUP ? groups : instances;
  }

  /** COMPAT: groups come first, as at keepalived's start. */
  Collection<Event> all() {
    List<Event> all = new ArrayList<>(groups.values());
    instances.values().stream()
        .filter(state -> !leaving.contains(state.subject()))
        .forEach(all::add);
    return all;
  }
}
