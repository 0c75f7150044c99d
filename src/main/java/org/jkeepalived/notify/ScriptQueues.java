package org.jkeepalived.notify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The notify scripts of all instances, groups, virtual servers and real servers: one queue for each
 * that has something to run, so that a script that hangs delays nobody else's.
 */
final class ScriptQueues {

  /** How many scripts run at once for real servers, and as many for virtual servers. */
  static final int MOST_AT_ONCE = 64;

  /** How many may wait, of all real servers, before former states are left out. */
  static final int MOST_WAITING_AT_ALL = 4_096;

  private final NotifyContext context;
  private final Runnable whenIdle;
  private final Map<Subject, ScriptQueue> queues = new LinkedHashMap<>();
  private final Map<Subject.Kind, ScriptPlaces> places = new EnumMap<>(Subject.Kind.class);

  /**
   * @param whenIdle called each time that the last script has ended
   */
  ScriptQueues(NotifyContext context, Runnable whenIdle) {
    this.context = context;
    this.whenIdle = whenIdle;
    for (Subject.Kind kind : Subject.Kind.values()) {
      places.put(kind, placesOf(kind));
    }
  }

  /** A failover of thousands of instances waits for no place. */
  private static ScriptPlaces placesOf(Subject.Kind kind) {
    return switch (kind) {
      case INSTANCE, GROUP -> ScriptPlaces.unlimited();
      case VIRTUAL_SERVER, REAL_SERVER -> new ScriptPlaces(MOST_AT_ONCE, MOST_WAITING_AT_ALL);
    };
  }

  boolean isIdle() {
    return queues.isEmpty();
  }

  void add(Event event) {
    Subject owner = event.subject();
    ScriptQueue queue = queues.computeIfAbsent(owner, same -> queueOf(owner));
    queue.add(event, queuesBefore(event));
    if (queue.isIdle()) {
      queues.remove(owner);
    }
  }

  private ScriptQueue queueOf(Subject owner) {
    return new ScriptQueue(context, owner, places.get(owner.kind()), () -> forget(owner));
  }

  private List<ScriptQueue> queuesBefore(Event event) {
    if (event.scripts().isEmpty() || event.subject().kind() != Subject.Kind.VIRTUAL_SERVER) {
      return List.of();
    }
    return queues.values().stream()
        .filter(queue -> queue.owner().virtualServer().equals(Optional.of(event.subject())))
        .toList();
  }

  private void forget(Subject owner) {
    ScriptQueue idle = queues.remove(owner);
    owner.virtualServer().map(queues::get).ifPresent(queue -> queue.mayGoBefore(idle));
    if (queues.isEmpty()) {
      whenIdle.run();
    }
  }

  /** The daemon stops: see {@link ScriptQueue#finish}. */
  void finish(long endByNanos) {
    new ArrayList<>(queues.values()).forEach(queue -> queue.finish(endByNanos));
  }

  /** The daemon waits no longer. */
  void abandon() {
    new ArrayList<>(queues.values()).forEach(ScriptQueue::abandon);
  }
}
