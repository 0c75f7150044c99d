package org.jkeepalived.vrrp;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spreads the advertisements of many masters over their interval. Virtual routers that became
 * master together, as all of a machine do when its peer dies, would advertise together ever after:
 * whatever keeps the thread for a moment would make all of them late, and all backups of them would
 * take over in one heap.
 *
 * <p>Each sends its second advertisement a bit sooner than an interval after its first, and keeps
 * that beat. Sooner is harmless: backups wait for what is too late. Members of a sync group, which
 * change together, keep together.
 */
final class AdvertisementSpread {

  /** Fewer than these are not in each other's way: all of their advertisements take 0.3 ms. */
  static final int MANY = 32;

  /**
   * So many share a place, where there are that many: each place wakes this thread, and the peers'.
   */
  static final int TOGETHER = 8;

  /** Ten thousand that woke the thread in more would cost more CPU than keepalived takes. */
  static final int MOST_PLACES = 500;

  private AdvertisementSpread() {}

  /** Says to each of all virtual routers of the daemon when it is its turn. */
  static void over(Collection<RunningRouter> routers, SyncGroups groups) {
    Map<List<SyncGroupState.Member>, Integer> places = new LinkedHashMap<>();
    for (RunningRouter running : routers) {
      places.putIfAbsent(groups.together(running), places.size());
    }
    int units = places.size();
    int shares = units < MANY ? 1 : Math.min(units / TOGETHER, MOST_PLACES);
    for (RunningRouter running : routers) {
      long share = (long) places.get(groups.together(running)) * shares / units;
      running.router().setHeadStart((double) share / shares);
    }
  }
}
