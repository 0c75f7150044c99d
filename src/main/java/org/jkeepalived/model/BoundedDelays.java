package org.jkeepalived.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How the state of links is found out, with delays that virtual routers can live with: who speaks
 * on a link that is down must know that before a backup takes over.
 *
 * <p>COMPAT: keepalived takes a delay that is not less than two advertisement intervals of an
 * instance on that link for a little less than those two, and only says so.
 *
 * @param links what holds
 * @param exceeded the instances whose link had a delay that was too long, in the file's order
 */
public record BoundedDelays(LinkWatch links, List<VrrpInstance> exceeded) {

  private static final long NANOS_PER_MICRO = 1_000;

  /** Two intervals, less this part of one. */
  private static final int PART = 256;

  public BoundedDelays {
    Objects.requireNonNull(links);
    exceeded = List.copyOf(exceeded);
  }

  /** The delays of a configuration, for its instances. */
  public static BoundedDelays of(Configuration configuration) {
    Map<String, LinkWatch.Delays> delays = new LinkedHashMap<>(configuration.links().delays());
    List<VrrpInstance> exceeded = new ArrayList<>();
    for (VrrpInstance instance : configuration.instances()) {
      String link = instance.key().interfaceName();
      LinkWatch.Delays wanted = delays.get(link);
      if (wanted != null) {
        long intervalNanos = instance.protocol().advertIntervalNanos();
        LinkWatch.Delays bounded =
            new LinkWatch.Delays(
                bounded(wanted.downNanos(), intervalNanos),
                bounded(wanted.upNanos(), intervalNanos));
        if (!bounded.equals(wanted)) {
          delays.put(link, bounded);
          exceeded.add(instance);
        }
      }
    }
    for (VrrpInstance instance : configuration.instances()) {
      // what stands on a link goes down with it
      instance
          .links()
          .all()
          .filter(own -> delays.containsKey(own.base()))
          .forEach(own -> delays.putIfAbsent(own.name(), delays.get(own.base())));
    }
    return new BoundedDelays(
        new LinkWatch(
            delays,
            configuration.links().polled(),
            configuration.links().buffers(),
            configuration.links().silentGroups()),
        exceeded);
  }

  private static long bounded(long delayNanos, long intervalNanos) {
    if (delayNanos < 2 * intervalNanos) {
      return delayNanos;
    }
    long intervalMicros = intervalNanos / NANOS_PER_MICRO;
    return (2 * intervalMicros - intervalMicros / PART) * NANOS_PER_MICRO;
  }
}
