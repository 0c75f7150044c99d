package org.jkeepalived.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the state of links is found out.
 *
 * @param delays {@code interface_up_down_delays}, by link
 * @param polled {@code linkbeat_interfaces} and {@code linkbeat_use_polling}, by link
 */
public record LinkWatch(Map<String, Delays> delays, Map<String, Polling> polled) {
  /** What the kernel reports, at once. */
  public static final LinkWatch KERNEL = new LinkWatch(Map.of(), Map.of());

  public LinkWatch {
    delays = Collections.unmodifiableMap(new LinkedHashMap<>(delays));
    polled = Collections.unmodifiableMap(new LinkedHashMap<>(polled));
  }

  /** How long a link must have been down, or up, until it counts as that; 0 to 255 s. */
  public record Delays(long downNanos, long upNanos) {}

  /** What the kernel is asked for instead of waiting for its reports. */
  public enum Polling {
    /** The first of the three that the link's driver knows. */
    ANY,
    MII,
    ETHTOOL,
    IOCTL
  }
}
