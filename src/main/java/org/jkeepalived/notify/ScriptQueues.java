package org.jkeepalived.notify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The notify scripts of all instances, groups and virtual servers: one queue for each that has
 * something to run.
 */
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
    Subject owner = event.scriptQueue();
    ScriptQueue queue =
        queues.computeIfAbsent(owner, same -> new ScriptQueue(context, () -> forget(owner)));
    queue.add(event);
    if (queue.isIdle()) {
      queues.remove(owner);
    }
  }

  private void forget(Subject owner) {
    queues.remove(owner);
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
