package org.jkeepalived.vrrp;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jkeepalived.model.SyncGroup;

/**
 * The virtual routers of one sync group: all are master, or none is; all are in FAULT, or none.
 *
 * <p>A member whose master-down timer fires is ready, until it believes an advertisement again. The
 * group takes over when the last member gets ready, so that losing packets on one link alone never
 * moves it. It steps back when one member does, and is in FAULT while one member has a fault of its
 * own. What follows is derived from how the members are, whenever one of them says that it changed.
 *
 * <p>A member that a reload adds to a group of masters joins them when it is ready: the others need
 * not step back for it, unless it finds a master that it must leave in place.
 */
public final class SyncGroupState implements SyncPeers {

  /** More steps than any change needs: a member that does not do as told is not told for ever. */
  private static final int STEPS = 8;

  /** A virtual router, and a way to command it in which a failure of ours costs that one only. */
  interface Member {
    VirtualRouter router();

    void command(Consumer<VirtualRouter> step);
  }

  /** What a group wants done. */
  interface Effects {
    /** A line for the operator, without the group's name, that keepalived always logs. */
    void log(SyncGroup group, String message);

    /** All members are in another state now, INIT when they were stopped. */
    void transition(SyncGroup group, State to);
  }

  private final Effects effects;
  private final Set<Member> joining = new LinkedHashSet<>();
  private SyncGroup group;
  private List<Member> members = List.of();
  private State state = State.INIT;
  private boolean settling;

  SyncGroupState(SyncGroup group, Effects effects) {
    this.group = Objects.requireNonNull(group);
    this.effects = Objects.requireNonNull(effects);
  }

  /** What it was made from. */
  public SyncGroup group() {
    return group;
  }

  /** The state of all members; while they differ, the one that they had in common last. */
  public State state() {
    return state;
  }

  List<Member> members() {
    return members;
  }

  // ---- life ----

  /** Parts the members: until {@link #form} tells them who is with them, none takes over. */
  void dissolve() {
    members.forEach(member -> member.router().setSyncPeers(SyncPeers.UNKNOWN));
    members = List.of();
  }

  /** Takes a new configuration of the group; its members have taken theirs. */
  void form(SyncGroup changed, List<Member> chosen, long nowNanos) {
    group = changed;
    members = List.copyOf(chosen);
    members.forEach(member -> member.router().setSyncPeers(this));
    joining.clear();
    members.stream()
        .filter(member -> is(member, State.INIT) || is(member, State.BACKUP))
        .forEach(joining::add);
    if (state == State.INIT) {
      // COMPAT: a group that a reload makes of instances that agree has nothing to tell.
      state = common();
    }
    settle(nowNanos);
  }

  /** Starts members that are in INIT. */
  void start(List<Member> newcomers, long nowNanos) {
    settling = true;
    try {
      shareFaults(members, nowNanos);
      boolean first = common() == State.INIT;
      boolean faulty = newcomers.stream().anyMatch(member -> isHeld(member) || hasOwnFault(member));
      if (first && !faulty && !startAsMasters()) {
        // COMPAT: at the start keepalived tells of the group first, unless it is in FAULT.
        transition(State.BACKUP);
      }
      startAll(newcomers, SyncGroupState::hasOwnFault, nowNanos);
      if (first && faulty && members.size() > 1) {
        effects.log(group, "Syncing instances to FAULT state");
      }
      startAll(newcomers, member -> is(member, State.INIT), nowNanos);
    } finally {
      settling = false;
    }
    settle(nowNanos);
  }

  private static void startAll(List<Member> newcomers, Predicate<Member> which, long nowNanos) {
    newcomers.stream()
        .filter(which)
        .forEach(member -> member.command(router -> router.start(nowNanos)));
  }

  /** All members have been stopped: so is the group. */
  void stop() {
    if (state != State.INIT) {
      transition(State.INIT);
    }
  }

  // ---- what a member asks and tells ----

  @Override
  public boolean wouldFollow(VirtualRouter first) {
    return running().stream().allMatch(one -> one.router() == first || isMasterOrReady(one));
  }

  @Override
  public boolean startAsMasters() {
    return members.stream().map(Member::router).allMatch(VirtualRouter::startsAsMaster);
  }

  @Override
  public void changed(long nowNanos) {
    settle(nowNanos);
  }

  // ---- what follows ----

  private void settle(long nowNanos) {
    if (settling) {
      return;
    }
    settling = true;
    try {
      for (int i = 0; i < STEPS && step(nowNanos); i++) {
        // all that matters happens in the condition
      }
    } finally {
      settling = false;
    }
    if (none(State.MASTER)) {
      joining.removeIf(member -> !is(member, State.INIT));
    }
    joining.removeIf(member -> is(member, State.MASTER) || !members.contains(member));
    State now = common();
    if (now != state && now != State.INIT) {
      transition(now);
    }
  }

  /** Does the next thing that follows; whether there was any. */
  private boolean step(long nowNanos) {
    List<Member> running = running();
    if (running.stream().anyMatch(SyncGroupState::hasOwnFault)) {
      return shareFaults(running, nowNanos);
    }
    List<Member> held = running.stream().filter(SyncGroupState::isHeld).toList();
    if (!held.isEmpty()) {
      tellOfSync(startAsMasters() ? State.MASTER : State.BACKUP);
      command(held, router -> router.clearFault(Fault.SYNC_GROUP, nowNanos));
      return true;
    }
    if (none(State.MASTER)) {
      return running.stream().allMatch(SyncGroupState::isMasterOrReady)
          && enterMaster(running, nowNanos);
    }
    if (running.stream().anyMatch(this::holdsBack)) {
      tellOfSync(State.BACKUP);
      command(running, router -> router.stepBack(nowNanos));
      return true;
    }
    return running.stream().allMatch(SyncGroupState::isMasterOrReady)
        && enterMaster(running, nowNanos);
  }

  /** Whether others may not be master because of this member. */
  private boolean holdsBack(Member member) {
    return is(member, State.BACKUP)
        && !member.router().isReady()
        && (!joining.contains(member) || member.router().followsMaster());
  }

  private boolean enterMaster(List<Member> running, long nowNanos) {
    List<Member> ready = running.stream().filter(member -> is(member, State.BACKUP)).toList();
    if (ready.isEmpty()) {
      return false;
    }
    if (!joining.containsAll(ready)) {
      tellOfSync(State.MASTER);
    }
    command(ready, router -> router.follow(nowNanos));
    return true;
  }

  /** Each member has a fault while another one has its own. */
  private boolean shareFaults(List<Member> among, long nowNanos) {
    List<Member> faulty = among.stream().filter(SyncGroupState::hasOwnFault).toList();
    boolean told = false;
    boolean changed = false;
    for (Member member : among) {
      Optional<Member> other = faulty.stream().filter(one -> one != member).findFirst();
      if (other.isPresent() == isHeld(member)) {
        continue;
      }
      changed = true;
      if (other.isEmpty()) {
        member.command(router -> router.clearFault(Fault.SYNC_GROUP, nowNanos));
        continue;
      }
      if (!told && (is(member, State.MASTER) || is(member, State.BACKUP))) {
        told = true;
        tellOfSync(State.FAULT);
      }
      String reason = other.get().router().instance().name() + " of its sync group has a fault";
      member.command(router -> router.setFault(Fault.SYNC_GROUP, reason, nowNanos));
    }
    return changed;
  }

  private void tellOfSync(State to) {
    effects.log(group, "Syncing instances to " + to + " state");
  }

  private static void command(List<Member> members, Consumer<VirtualRouter> step) {
    members.forEach(member -> member.command(step));
  }

  private void transition(State next) {
    state = next;
    effects.transition(group, next);
  }

  // ---- how the members are ----

  /** Those that were started: others are still to come, or have been stopped. */
  private List<Member> running() {
    List<Member> running = new ArrayList<>(members);
    running.removeIf(member -> is(member, State.INIT));
    return running;
  }

  private boolean none(State unwanted) {
    return members.stream().noneMatch(member -> is(member, unwanted));
  }

  /** The state of all that were started; the present one while they differ. */
  private State common() {
    List<State> different =
        running().stream().map(member -> member.router().state()).distinct().toList();
    if (different.isEmpty()) {
      return State.INIT;
    }
    return different.size() == 1 ? different.get(0) : state;
  }

  private static boolean is(Member member, State state) {
    return member.router().state() == state;
  }

  private static boolean isMasterOrReady(Member member) {
    return is(member, State.MASTER) || member.router().isReady();
  }

  private static boolean isHeld(Member member) {
    return member.router().has(Fault.SYNC_GROUP);
  }

  private static boolean hasOwnFault(Member member) {
    return member.router().hasOwnFault();
  }
}
