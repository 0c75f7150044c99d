package org.jkeepalived.sim;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.vrrp.RunningRouter;
import org.jkeepalived.vrrp.address.Announcer;
import org.jkeepalived.vrrp.address.PacedAnnouncer;

/**
 * Production's announcer, unless it is sabotaged: what it sends is looked at, and once each address
 * that it was asked to announce has been the watchers hear of it.
 */
final class WatchedAnnouncer implements Announcer {

  private final SimulatedNode node;
  private final PacedAnnouncer real;
  private final List<Set<InetAddress>> owed = new ArrayList<>();

  /** Those that have announced their addresses since they became masters. */
  private final Set<Object> silent = new LinkedHashSet<>();

  WatchedAnnouncer(SimulatedNode node, int routers, TimerQueue timers) {
    this.node = node;
    real =
        new PacedAnnouncer(
            this::sent,
            name -> node.routers().links().named(name),
            timers,
            node::clockNanos,
            line -> {});
    for (int router = 0; router < routers; router++) {
      owed.add(new LinkedHashSet<>());
    }
  }

  boolean step() {
    return real.step();
  }

  @Override
  public void announce(
      Object owner, String name, List<VirtualAddress> addresses, int repeat, Announcements plan) {
    if (node.sabotage() == Sabotage.NEVER_ANNOUNCES
        || (node.sabotage() == Sabotage.ANNOUNCES_ONCE && !silent.add(owner))) {
      return;
    }
    Set<InetAddress> expected = owed(owner);
    expected.clear();
    addresses.forEach(address -> expected.add(address.address()));
    real.announce(owner, name, addresses, repeat, plan);
  }

  @Override
  public void cancel(Object owner) {
    silent.remove(owner);
    owed(owner).clear();
    real.cancel(owner);
  }

  private Set<InetAddress> owed(Object owner) {
    return owed.get(ScenarioDice.router(((RunningRouter) owner).router().instance().name()));
  }

  private void sent(LinkState link, InetAddress address) {
    int router = ScenarioDice.router(address);
    node.observations().announced(router, address);
    if (owed.get(router).remove(address) && owed.get(router).isEmpty()) {
      node.observations().announcedAll(router);
    }
  }
}
