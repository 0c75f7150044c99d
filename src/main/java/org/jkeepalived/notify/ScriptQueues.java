package org.jkeepalived.notify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** The notify scripts of all instances and groups: one queue for each that has something to run. */
final class ScriptQueues {

  private final NotifyContext context;
  private final Runnable whenIdle;
  private final Map<Subject, ScriptQueue> queues = new LinkedHashMap<>();

  /**
   * @param whenIdle called each time that the last script has ended
   */
  ScriptQueues(NotifyContext context, Runnable whenIdle) {
    this.context = context;
    this.whenIdle = whenIdle;
  }

  boolean isIdle() {
    return queues.isEmpty();
  }

  void add(Event event) {
    Subject subject = event.subject();
    ScriptQueue queue =
        queues.computeIfAbsent(subject, name -> new ScriptQueue(context, () -> forget(subject)));
    queue.add(event);
    if (queue.isIdle()) {
      queues.remove(subject);
    }
  }

  private void forget(Subject subject) {
    queues.remove(subject);
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
