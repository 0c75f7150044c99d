package org.jkeepalived.status;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the daemon itself does, since it was started or its statistics were cleared. keepalived
 * counts nothing of the kind.
 *
 * @param links what went through each link's port, by the link's index
 * @param unicast what went to peers and came from them
 * @param threads those that own something
 */
public record Figures(Map<Integer, Traffic> links, Traffic unicast, List<ThreadFigures> threads) {

  public static final Figures NONE = new Figures(Map.of(), Traffic.NONE, List.of());

  /**
   * A thread.
   *
   * @param name what it is called
   * @param maxLatenessNanos the latest that one of its timers fired
   * @param failures how many times something was thrown on it
   * @param lost whether it has given up
   */
  public record ThreadFigures(String name, long maxLatenessNanos, long failures, boolean lost) {
    public ThreadFigures {
      Objects.requireNonNull(name);
    }
  }

  public Figures {
    SortedMap<Integer, Traffic> ordered = Collections.unmodifiableSortedMap(new TreeMap<>(links));
    links = ordered;
    Objects.requireNonNull(unicast);
    threads = List.copyOf(threads);
  }
}
