package org.jkeepalived.vrrp;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jkeepalived.model.VrrpInstance;

/**
 * Holds virtual routers back in INIT until it is known how they are, and lets the members of a sync
 * group through together: one whose link is only being opened has a fault that is none, and its
 * sync group would leave MASTER for it.
 *
 * <p>COMPAT: nor does anything start before its scripts have run once.
 */
final class StartGate {

  private final SyncGroups groups;
  private final Predicate<VrrpInstance> known;
  private final Set<RunningRouter> waiting = new LinkedHashSet<>();
  private boolean open;

  /**
   * @param known whether it is known how an instance is: its link's port has answered, and all that
   *     can be a fault of it has been looked at
   */
  StartGate(SyncGroups groups, Predicate<VrrpInstance> known) {
    this.groups = groups;
    this.known = known;
  }

  /** One more that is to be started. */
  void add(RunningRouter newcomer) {
    waiting.add(newcomer);
  }

  /** One that a reload has removed is not to be started any more. */
  void remove(RunningRouter removed) {
    waiting.remove(removed);
  }

  /** From now on virtual routers start, in this order. */
  void open(Collection<RunningRouter> all, long nowNanos) {
    open = true;
    waiting.addAll(all);
    startThoseKnown(nowNanos);
  }

  /** Those that are held back. */
  Collection<RunningRouter> waiting() {
    return open ? List.copyOf(waiting) : List.of();
  }

  /** Nothing starts any more. */
  void close() {
    open = false;
    waiting.clear();
  }

  /** Starts all that wait and need not wait any more. */
  void startThoseKnown(long nowNanos) {
    if (waiting.isEmpty() || !open || !groups.areFormed()) {
      return;
    }
    List<RunningRouter> ready = waiting.stream().filter(this::mayStart).toList();
    ready.forEach(waiting::remove);
    groups.start(ready, nowNanos);
  }

  /** Whether it is known how all members of its sync group are that wait as well. */
  private boolean mayStart(RunningRouter one) {
    return groups.together(one).stream()
        .filter(waiting::contains)
        .allMatch(member -> known.test(member.router().instance()));
  }
}
