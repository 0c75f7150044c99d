package org.jkeepalived.vrrp;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jkeepalived.model.SyncGroup;
import org.jkeepalived.notify.Subject;
import org.jkeepalived.notify.VrrpEvent;
import org.jkeepalived.vrrp.Effects.Level;

/** All sync groups of the daemon, and their effects made real. */
final class SyncGroups implements SyncGroupState.Effects {

  /** COMPAT: the priority that scripts and FIFOs are told for a group. */
  private static final int NO_PRIORITY = 0;

  private final VrrpListener listener;
  private final Map<String, SyncGroupState> groups = new LinkedHashMap<>();
  private final Map<SyncGroupState.Member, SyncGroupState> byMember = new HashMap<>();
  private boolean formed;

  SyncGroups(VrrpListener listener) {
    this.listener = listener;
  }

  List<SyncGroupState> all() {
    return List.copyOf(groups.values());
  }

  /** Members act on their own until {@link #form}: a reload is under way. */
  void dissolve() {
    formed = false;
    groups.values().forEach(SyncGroupState::dissolve);
  }

  /** Takes the groups of a configuration; groups of the same name go on. */
  void form(List<SyncGroup> wanted, Map<String, RunningRouter> routers, long nowNanos) {
    Map<String, SyncGroupState> before = new LinkedHashMap<>(groups);
    groups.clear();
    byMember.clear();
    for (SyncGroup group : wanted) {
      SyncGroupState state =
          Optional.ofNullable(before.get(group.name()))
              .orElseGet(() -> new SyncGroupState(group, this));
      List<SyncGroupState.Member> members =
          group.members().stream().map(name -> (SyncGroupState.Member) routers.get(name)).toList();
      state.form(group, members, nowNanos);
      groups.put(group.name(), state);
      members.forEach(member -> byMember.put(member, state));
    }
    formed = true;
    for (RunningRouter running : routers.values()) {
      if (!byMember.containsKey(running)) {
        running.router().setSyncPeers(SyncPeers.NONE);
        running.command(router -> router.clearFault(Fault.SYNC_GROUP, nowNanos));
      }
    }
  }

  /** All that are in a virtual router's sync group, itself among them; it alone without one. */
  List<SyncGroupState.Member> together(RunningRouter running) {
    SyncGroupState group = byMember.get(running);
    return group == null ? List.of(running) : group.members();
  }

  /** Whether who belongs together is known: not while a reload is under way. */
  boolean areFormed() {
    return formed;
  }

  /** Starts virtual routers in their order, those of one group together. */
  void start(Collection<RunningRouter> newcomers, long nowNanos) {
    for (RunningRouter newcomer : newcomers) {
      newcomer.prepare();
    }
    Set<SyncGroupState.Member> left = new LinkedHashSet<>(newcomers);
    for (RunningRouter next : newcomers) {
      Optional<SyncGroupState> group = Optional.ofNullable(byMember.get(next));
      if (group.isEmpty()) {
        next.start(nowNanos);
      } else if (left.contains(next)) {
        group.get().start(group.get().members().stream().filter(left::remove).toList(), nowNanos);
      }
    }
  }

  /** Every virtual router has been stopped: so are their groups. */
  void stop() {
    groups.values().forEach(SyncGroupState::stop);
  }

  // ---- SyncGroupState.Effects ----

  @Override
  public void log(SyncGroup group, String message) {
    listener.log(Level.INFO, "VRRP_Group(" + group.name() + ") " + message);
  }

  @Override
  public void transition(SyncGroup group, State to) {
    Subject subject = Subject.group(group.name());
    listener.happened(
        switch (to) {
          case MASTER -> entered(subject, VrrpEvent.Entered.MASTER, group);
          case BACKUP -> entered(subject, VrrpEvent.Entered.BACKUP, group);
          case FAULT -> entered(subject, VrrpEvent.Entered.FAULT, group);
          case INIT -> new VrrpEvent.Stopped(subject, NO_PRIORITY, group.notifications());
        });
  }

  private static VrrpEvent entered(Subject subject, VrrpEvent.Entered state, SyncGroup group) {
    return new VrrpEvent.Transition(subject, state, NO_PRIORITY, group.notifications());
  }
}
