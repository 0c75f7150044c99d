package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;

/**
 * Whose a packet is that came in on one link: by the group that it was sent to, or that it was sent
 * to none, and by its VRID.
 */
final class DispatchTable {

  private static final int VRIDS = 256;

  private final List<Group> groups = new ArrayList<>();

  /** Those that speak to peers; of one VRID there are several only with peers of their own. */
  private final List<List<RunningRouter>> unicast = new ArrayList<>();

  /** One multicast group's virtual routers by VRID. */
  private record Group(InetAddress group, byte[] bytes, RunningRouter[] byVrid) {
    boolean isEmpty() {
      for (RunningRouter router : byVrid) {
        if (router != null) {
          return false;
        }
      }
      return true;
    }
  }

  DispatchTable() {
    for (int vrid = 0; vrid < VRIDS; vrid++) {
      unicast.add(List.of());
    }
  }

  void add(RunningRouter router) {
    VrrpInstance.Key key = router.router().instance().key();
    int vrid = key.virtualRouterId();
    if (key.isUnicast()) {
      List<RunningRouter> grown = new ArrayList<>(unicast.get(vrid));
      grown.add(router);
      unicast.set(vrid, List.copyOf(grown));
    } else {
      group(key.group().get()).byVrid()[vrid] = router;
    }
  }

  private Group group(InetAddress address) {
    Optional<Group> known =
        groups.stream().filter(entry -> entry.group().equals(address)).findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    Group made = new Group(address, address.getAddress(), new RunningRouter[VRIDS]);
    groups.add(made);
    return made;
  }

  void remove(RunningRouter router) {
    VrrpInstance.Key key = router.router().instance().key();
    int vrid = key.virtualRouterId();
    unicast.set(vrid, unicast.get(vrid).stream().filter(other -> other != router).toList());
    for (Group group : groups) {
      if (group.byVrid()[vrid] == router) {
        group.byVrid()[vrid] = null;
      }
    }
    groups.removeIf(Group::isEmpty);
  }

  /** The multicast groups that somebody listens to. */
  Set<InetAddress> groups() {
    return groups.stream().map(Group::group).collect(Collectors.toUnmodifiableSet());
  }

  /** Whose packet that is. */
  Optional<RunningRouter> find(ReceivedDatagram datagram, int vrid) {
    if (!datagram.isToGroup()) {
      return findUnicast(datagram, unicast.get(vrid));
    }
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      if (datagram.isTo(group.bytes())) {
        return Optional.ofNullable(group.byVrid()[vrid]);
      }
    }
    return Optional.empty();
  }

  /**
   * COMPAT: where several share a VRID, each hears only its own peers, with {@code
   * check_unicast_src} or without (keepalived 2.2.7).
   */
  private static Optional<RunningRouter> findUnicast(
      ReceivedDatagram datagram, List<RunningRouter> candidates) {
    if (candidates.size() == 1) {
      return Optional.of(candidates.get(0));
    }
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.get(i).isPeer(datagram)) {
        return Optional.of(candidates.get(i));
      }
    }
    return Optional.empty();
  }
}
