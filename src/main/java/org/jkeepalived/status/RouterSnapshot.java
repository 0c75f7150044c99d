package org.jkeepalived.status;

import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.track.TrackedLook;
import org.jkeepalived.track.Verdict;
import org.jkeepalived.vrrp.Fault;
import org.jkeepalived.vrrp.ReceivedAdvertisement;
import org.jkeepalived.vrrp.RunningRouter;
import org.jkeepalived.vrrp.State;
import org.jkeepalived.vrrp.Statistics;
import org.jkeepalived.vrrp.VirtualRouter;
import org.jkeepalived.vrrp.packet.ChecksumKind;

/**
 * One virtual router as it was.
 *
 * @param instance what is configured
 * @param state its state
 * @param priority its priority
 * @param source where its advertisements come from; empty until the link has an address
 * @param master the master's last advertisement; empty when none was heard, or it is master itself
 * @param troubles what keeps it from running
 * @param times its times, by the loop's clock
 * @param statistics a copy of what it had counted
 * @param reasons why it is as it is
 * @param checksums who makes checksums otherwise than it does, and how
 */
public record RouterSnapshot(
    VrrpInstance instance,
    State state,
    Priority priority,
    Optional<InetAddress> source,
    Optional<ReceivedAdvertisement> master,
    Troubles troubles,
    Times times,
    Statistics statistics,
    Reasons reasons,
    Map<InetAddress, ChecksumKind> checksums) {

  /**
   * Why it is as it is.
   *
   * @param cause of its last transition, in words; empty before there was one
   * @param maintenance who has taken it out, and until when, in words
   * @param tracked what each thing that it or its sync group tracks does to it
   */
  public record Reasons(String cause, Optional<String> maintenance, List<TrackedLook> tracked) {
    public static final Reasons NONE = new Reasons("", Optional.empty(), List.of());

    public Reasons {
      Objects.requireNonNull(cause);
      Objects.requireNonNull(maintenance);
      tracked = List.copyOf(tracked);
    }
  }

  /**
   * Its priority, with what it tracks.
   *
   * @param effective what it advertises, 1 to 255
   * @param total the sum before it was brought into that range
   */
  public record Priority(int effective, int total) {}

  /**
   * What keeps a virtual router from running.
   *
   * @param faults what is wrong with itself or its own link; none unless it is in FAULT
   * @param tracked how many things that it tracks are a fault
   * @param waiting how many scripts it waits for, that have not answered yet
   * @param neverRan whether it is in FAULT since it was started
   */
  public record Troubles(Set<Fault> faults, int tracked, int waiting, boolean neverRan) {
    public static final Troubles NONE = new Troubles(Set.of(), 0, 0, false);

    public Troubles {
      faults = Set.copyOf(faults);
    }

    private static Troubles of(RunningRouter running, Verdict verdict) {
      Set<Fault> faults = EnumSet.noneOf(Fault.class);
      if (running.router().state() == State.FAULT) {
        faults.addAll(running.router().faults().keySet());
        // what it tracks is counted, and what its sync group has is not its own
        faults.remove(Fault.TRACKED);
        faults.remove(Fault.SYNC_GROUP);
      }
      boolean neverRan =
          running.router().state() == State.FAULT && running.lastLeft() == State.INIT;
      return new Troubles(faults, verdict.faults(), verdict.waiting(), neverRan);
    }

    /** Whether it would be in FAULT without its sync group, too. */
    boolean isFaulty() {
      return tracked > 0 || !faults.isEmpty();
    }
  }

  /**
   * Times of a virtual router.
   *
   * @param lastTransitionNanos when the state changed last; empty before it first did
   * @param deadlineNanos when it next advertises or takes the master for gone; empty in INIT and
   *     FAULT
   * @param masterDownNanos how long without an advertisement until a master counts as gone
   * @param lastSentNanos when it advertised last; empty before it first did
   */
  public record Times(
      OptionalLong lastTransitionNanos,
      OptionalLong deadlineNanos,
      long masterDownNanos,
      OptionalLong lastSentNanos) {

    /** Of one that has never advertised. */
    public Times(
        OptionalLong lastTransitionNanos, OptionalLong deadlineNanos, long masterDownNanos) {
      this(lastTransitionNanos, deadlineNanos, masterDownNanos, OptionalLong.empty());
    }
  }

  public RouterSnapshot {
    Objects.requireNonNull(instance);
    Objects.requireNonNull(state);
    Objects.requireNonNull(priority);
    Objects.requireNonNull(source);
    Objects.requireNonNull(master);
    Objects.requireNonNull(troubles);
    Objects.requireNonNull(times);
    Objects.requireNonNull(statistics);
    Objects.requireNonNull(reasons);
    Objects.requireNonNull(checksums);
  }

  /** One whose neighbours make checksums as it does. */
  RouterSnapshot(
      VrrpInstance instance,
      State state,
      Priority priority,
      Optional<InetAddress> source,
      Optional<ReceivedAdvertisement> master,
      Troubles troubles,
      Times times,
      Statistics statistics,
      Reasons reasons) {
    this(instance, state, priority, source, master, troubles, times, statistics, reasons, Map.of());
  }

  /** One that nobody asks why. */
  RouterSnapshot(
      VrrpInstance instance,
      State state,
      Priority priority,
      Optional<InetAddress> source,
      Optional<ReceivedAdvertisement> master,
      Troubles troubles,
      Times times,
      Statistics statistics) {
    this(instance, state, priority, source, master, troubles, times, statistics, Reasons.NONE);
  }

  static RouterSnapshot of(RunningRouter running, Verdict verdict, List<TrackedLook> tracked) {
    VirtualRouter router = running.router();
    return new RouterSnapshot(
        router.instance(),
        router.state(),
        new Priority(router.priority(), router.totalPriority()),
        router.source(),
        router.master(),
        Troubles.of(running, verdict),
        new Times(
            router.state() == State.INIT
                ? OptionalLong.empty()
                : OptionalLong.of(running.lastTransitionNanos()),
            running.protocolDeadlineNanos(),
            router.masterDownNanos(),
            running.lastSentNanos()),
        router.statistics().copy(),
        new Reasons(
            router.cause(), Optional.ofNullable(router.faults().get(Fault.MAINTENANCE)), tracked),
        running.otherChecksums());
  }

  /**
   * Where it wants to be: where it is, once it has started.
   *
   * <p>COMPAT: what its sync group has kept from starting wants to be BACKUP, whatever it is
   * configured to be at first; what went into FAULT with its group later wants to be in FAULT. What
   * has no peers to speak to wants to be BACKUP, too.
   */
  State wantedState() {
    if (troubles.faults().contains(Fault.NO_PEERS)) {
      return State.BACKUP;
    }
    if (state == State.FAULT && troubles.neverRan() && !troubles.isFaulty()) {
      return State.BACKUP;
    }
    if (state != State.INIT) {
      return state;
    }
    return instance.election().initialMaster() ? State.MASTER : State.BACKUP;
  }

  /** The interval that advertisements come in: the master's, or one's own. */
  long masterIntervalNanos() {
    // a version 2 backup keeps to its own interval, and one that resigns has none that counts
    boolean masters = instance.protocol().version() == 3 && master.isPresent();
    return masters && master.get().priority() > 0
        ? master.get().intervalNanos()
        : instance.protocol().advertIntervalNanos();
  }
}
