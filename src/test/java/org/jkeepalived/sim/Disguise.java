package org.jkeepalived.sim;

import java.util.List;
import java.util.Optional;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.model.Unicast;
import org.jkeepalived.model.VrrpInstance;

/** Sabotage by configuration: the process is given another one than the watchers know of. */
record Disguise(Sabotage sabotage) {

  List<VrrpInstance> of(List<VrrpInstance> instances) {
    return instances.stream().map(this::of).toList();
  }

  List<SyncGroup> groups(List<SyncGroup> groups) {
    return switch (sabotage) {
      case UNGROUPED -> List.of();
      case FORGETS_A_MEMBER -> groups.stream().map(Disguise::withoutTheLast).toList();
      default -> groups;
    };
  }

  private static Unicast unbounded(Unicast lists) {
    return lists.peers(
        lists.peers().stream().map(peer -> new Unicast.Peer(peer.address())).toList());
  }

  private static SyncGroup withoutTheLast(SyncGroup group) {
    List<String> members = group.members();
    return new SyncGroup(
        group.name(),
        members.subList(0, members.size() - 1),
        group.things(),
        group.notifications());
  }

  private VrrpInstance of(VrrpInstance instance) {
    VrrpInstance.Protocol protocol = instance.protocol();
    VrrpInstance.Election election = instance.election();
    return switch (sabotage) {
      case HASTY -> instance.protocol(protocol.downTimerAdverts(protocol.downTimerAdverts() - 1));
      case BOASTFUL -> instance.election(election.priority(Math.min(255, election.priority() + 1)));
      case TIMID -> instance.election(election.preempt(false));
      case TRUSTING -> instance.protocol(protocol.unicast(protocol.unicast().checkSource(false)));
      case FAR_SIGHTED -> instance.protocol(protocol.unicast(unbounded(protocol.unicast())));
      case SHY -> instance.protocol(protocol.unicast(protocol.unicast().checkSource(true)));
      case FROM_ANOTHER_ADDRESS -> instance.protocol(protocol.source(Optional.empty()));
      case RUDE -> instance.election(election.preempt(true));
      default -> instance;
    };
  }
}
