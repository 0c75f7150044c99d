package org.jkeepalived.sim;

import java.util.PriorityQueue;

/** The one true clock of a simulation, and what is going to happen. Starts at zero. */
final class VirtualTime {

  private record Event(long atNanos, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(atNanos, other.atNanos);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long nowNanos;
  private long nextOrder;

  long nowNanos() {
    return nowNanos;
  }

  /** How many events have happened. */
  long happened() {
    return nextOrder - events.size();
  }

  void at(long atNanos, Runnable what) {
    if (atNanos < nowNanos) {
      throw new IllegalArgumentException(atNanos + " is past");
    }
    events.add(new Event(atNanos, nextOrder++, what));
  }

  void after(long delayNanos, Runnable what) {
    at(nowNanos + delayNanos, what);
  }

  /** When something happens next; {@code Long.MAX_VALUE} for never. */
  long nextNanos() {
    Event next = events.peek();
    return next == null ? Long.MAX_VALUE : next.atNanos();
  }

  void runNext() {
    Event next = events.remove();
    nowNanos = next.atNanos();
    next.what().run();
  }
}
