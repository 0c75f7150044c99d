package org.jkeepalived.status;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.model.FileTracker;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.time.Moment;
import org.jkeepalived.track.Condition;
import org.jkeepalived.vrrp.RunningRouter;
import org.jkeepalived.vrrp.VirtualRouters;

/**
 * Takes a snapshot in parts, so that packets and timers get their turn in between: 10,000 virtual
 * routers are spread over so much memory that copying all at once holds the thread up for 10 ms and
 * more. Each virtual router is seen whole, and all of them within a few hundredths of a second.
 * Lives on the thread that owns {@code routers}.
 */
public final class SnapshotInParts {

  private static final int ROUTERS_AT_ONCE = 500;

  private final VirtualRouters routers;
  private final boolean clear;
  private final Iterator<RunningRouter> remaining;
  private final List<RouterSnapshot> taken = new ArrayList<>();

  /**
   * @param clear set the statistics to zero once they are copied
   */
  public SnapshotInParts(VirtualRouters routers, boolean clear) {
    this.routers = routers;
    this.clear = clear;
    remaining = routers.all().iterator();
  }

  /** Takes the next part; says whether there is more. */
  public boolean takePart() {
    for (int i = 0; i < ROUTERS_AT_ONCE && remaining.hasNext(); i++) {
      RunningRouter next = remaining.next();
      VrrpInstance instance = next.router().instance();
      taken.add(RouterSnapshot.of(next, routers.verdict(instance), routers.tracked(instance)));
      if (clear) {
        next.router().statistics().clear();
      }
    }
    return remaining.hasNext();
  }

  /**
   * Puts the parts together.
   *
   * @param sockets the descriptors that VRRP is sent and heard on
   * @param figures how the daemon itself does
   */
  public VrrpSnapshot whole(Sockets sockets, Figures figures, Moment moment) {
    return new VrrpSnapshot(
        moment,
        routers.configuration(),
        taken,
        routers.groups().stream()
            .map(group -> new GroupSnapshot(group.group(), group.state()))
            .toList(),
        trackerStatus(),
        strays(),
        new VrrpSnapshot.Machine(
            routers.links().all().stream().map(routers.debounce()::shown).toList(),
            routers.links().allAddresses(),
            sockets,
            figures));
  }

  private VrrpSnapshot.Strays strays() {
    Map<VirtualRouters.Stray, Long> counted = new EnumMap<>(VirtualRouters.Stray.class);
    for (VirtualRouters.Stray stray : VirtualRouters.Stray.values()) {
      counted.put(stray, routers.get(stray));
    }
    return new VrrpSnapshot.Strays(counted);
  }

  /** What is known on this thread, which is not how it was found out. */
  private TrackerStatus trackerStatus() {
    Map<String, Long> files = new HashMap<>();
    for (FileTracker tracker : routers.configuration().trackers().files()) {
      Optional<Condition> known = routers.condition(tracker.target());
      known.ifPresent(condition -> files.put(tracker.name(), condition.number()));
    }
    Map<String, Boolean> delayed = new HashMap<>();
    for (LinkState link : routers.links().all()) {
      delayed.put(link.name(), routers.debounce().isDelayed(link.name()));
    }
    return new TrackerStatus(Map.of(), files, Map.of(), Map.of(), delayed);
  }
}
