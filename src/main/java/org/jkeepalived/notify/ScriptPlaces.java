package org.jkeepalived.notify;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How many scripts of one kind of objects run at once: ten thousand real servers that fail together
 * are not ten thousand processes. Whoever finds no place stands in line; who has run goes to its
 * end.
 */
final class ScriptPlaces {

  private final int most;
  private final int mostWaiting;
  private final Set<ScriptQueue> taken = new LinkedHashSet<>();
  private final Set<ScriptQueue> line = new LinkedHashSet<>();
  private int waiting;

  /**
   * @param most how many scripts run at once
   * @param mostWaiting how many may wait, in all queues together, before former states are left out
   */
  ScriptPlaces(int most, int mostWaiting) {
    this.most = most;
    this.mostWaiting = mostWaiting;
  }

  static ScriptPlaces unlimited() {
    return new ScriptPlaces(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /**
   * Gives a place, or has the queue stand in line: {@link ScriptQueue#startNext} is called then.
   */
  boolean take(ScriptQueue queue) {
    if (taken.size() < most) {
      line.remove(queue);
      taken.add(queue);
      return true;
    }
    if (line.add(queue)) {
      taken.forEach(ScriptQueue::placeIsWanted);
    }
    return false;
  }

  /** The queue's script has ended. */
  void giveBack(ScriptQueue queue) {
    taken.remove(queue);
    while (taken.size() < most && !line.isEmpty()) {
      Iterator<ScriptQueue> first = line.iterator();
      ScriptQueue next = first.next();
      first.remove();
      next.startNext();
    }
  }

  /** The queue has nothing to run any more. */
  void leaveLine(ScriptQueue queue) {
    line.remove(queue);
  }

  /** How many queues stand in line. */
  int wanted() {
    return line.size();
  }

  /** So many scripts more, or fewer, wait in a queue. */
  void waitingChanged(int difference) {
    waiting += difference;
  }

  boolean isCrowded() {
    return waiting > mostWaiting;
  }
}
