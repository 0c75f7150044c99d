package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.Refusal;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.notify.Subject;
import org.jkeepalived.notify.VrrpEvent;
import org.jkeepalived.vrrp.Effects.Alarm;
import org.jkeepalived.vrrp.Effects.Level;
import org.jkeepalived.vrrp.MasterRole.Farewell;

/**
 * The state machine of one virtual router (RFC 3768 section 6.4, RFC 9568 section 6.4), with
 * keepalived's behaviour where it differs. Events and the time come in, effects go out; it reads no
 * clock, owns no thread and does no I/O.
 *
 * <p>Events come in here. What is done in a state stands in {@link MasterRole} and {@link
 * BackupRole}, what both go by in {@link RouterParameters}, how the state changes in {@link
 * RouterState}, which transitions there are in {@link Transitions}. A member of a sync group asks
 * its {@link SyncPeers} before it becomes master, and tells them when there is something to go by.
 */
public final class VirtualRouter {

  private final Effects effects;
  private final Statistics statistics = new Statistics();
  private final Faults faults = new Faults();
  private final PeerNews news = new PeerNews();
  private final RouterParameters parameters;
  private final MasterWatch watch;
  private final AddressClaim claim;
  private final MissingRouting missingRouting;
  private final MasterRole master;
  private final BackupRole backup;
  private final RouterState state;

  public VirtualRouter(VrrpInstance instance, Effects effects) {
    this.effects = Objects.requireNonNull(effects);
    parameters = new RouterParameters(instance);
    watch = new MasterWatch(instance);
    claim = new AddressClaim(effects);
    missingRouting = new MissingRouting(effects);
    master = new MasterRole(parameters, effects, statistics, claim);
    backup = new BackupRole(parameters, effects, watch, news);
    state = new RouterState(parameters, effects, watch, master, backup, news);
  }

  // ---- how it is ----

  public VrrpInstance instance() {
    return parameters.instance();
  }

  public State state() {
    return state.get();
  }

  /** Why it is in its state, in words for the operator; empty before it was started. */
  public String cause() {
    // what was wrong first may be over, or told otherwise, while something else is wrong
    return state.is(State.FAULT) ? reasons() : state.cause();
  }

  public Statistics statistics() {
    return statistics;
  }

  /** What the packets of others may cause. */
  PacketBudget budget() {
    return parameters.budget();
  }

  /** The effective priority, 1 to 255. */
  public int priority() {
    return parameters.priority();
  }

  /** The priority with all that the tracked things add; any number. */
  public int totalPriority() {
    return parameters.totalPriority();
  }

  /**
   * The last advertisement of the master, be it one that this one is about to replace; empty while
   * there is none, or this one is master.
   */
  public Optional<ReceivedAdvertisement> master() {
    return state.is(State.MASTER) ? Optional.empty() : watch.heard();
  }

  /** What keeps this virtual router in FAULT, with the reason in words. */
  public Map<Fault, String> faults() {
    return faults.reasons();
  }

  boolean has(Fault fault) {
    return faults.has(fault);
  }

  /** Whether there is a fault that is not another member's of the sync group. */
  boolean hasOwnFault() {
    return faults.hasOwn();
  }

  /** As a backup: whether only the sync peers keep this one from being master. */
  boolean isReady() {
    return state.is(State.BACKUP) && backup.isReady();
  }

  /** As a backup: whether somebody else is a master that this one leaves in place. */
  boolean followsMaster() {
    return state.is(State.BACKUP) && backup.followsMaster();
  }

  /** Whether this one is to be master at first, without an election. */
  boolean startsAsMaster() {
    return state.startsAsMaster();
  }

  /** Whether {@code address} sent the advertisement that was believed last. */
  public boolean isKnownMaster(InetAddress address) {
    return watch.isKnown(address);
  }

  /** The address that our advertisements come from, once it is known. */
  public Optional<InetAddress> source() {
    return parameters.source();
  }

  /** How long without an advertisement until the master counts as gone. */
  public long masterDownNanos() {
    return parameters.masterDownNanos(watch.intervalNanos());
  }

  /**
   * Says how much sooner than an interval after the first this one is to send its second
   * advertisement whenever it becomes master.
   *
   * @param intervals from 0 to less than 1
   */
  void setHeadStart(double intervals) {
    parameters.setHeadStart(intervals);
  }

  // ---- life ----

  /** Leaves INIT. */
  public void start(long nowNanos) {
    if (!state.is(State.INIT)) {
      throw new IllegalStateException(instance().name() + " is " + state() + ", not INIT");
    }
    faults.reasons().forEach(this::logReason);
    if (priority() != instance().election().priority()) {
      logPriority(instance().election().priority());
    }
    if (faults.isEmpty()) {
      state.enterInitially("started", " (init)", nowNanos);
    } else {
      state.enterFault(reasons(), nowNanos);
    }
    news.deliver(nowNanos);
  }

  private String reasons() {
    return String.join(", ", faults.reasons().values());
  }

  /**
   * Enters INIT from anywhere: resigns and releases what it holds.
   *
   * @param releaseAddresses false leaves the addresses in the kernel (--dont-release-vrrp)
   */
  public void stop(boolean releaseAddresses, long nowNanos) {
    claim.endTrial();
    state.stop(releaseAddresses ? Farewell.RESIGN : Farewell.RESIGN_WITH_ADDRESSES, nowNanos);
  }

  /** Sets the address that our advertisements come from; between equal priorities it decides. */
  public void setSource(InetAddress address) {
    parameters.setSource(address);
  }

  /** Sets those that this one is master with, or not at all, from now on. */
  void setSyncPeers(SyncPeers others) {
    news.setPeers(others);
  }

  // ---- events ----

  /** An advertisement that passed the receive checks, not our own. */
  public void receive(ReceivedAdvertisement received, long nowNanos) {
    statistics.count(Counter.ADVERTISEMENTS_RECEIVED);
    if (received.priority() == MasterWatch.RESIGN) {
      statistics.count(Counter.PRIORITY_ZERO_RECEIVED);
    }
    switch (state.get()) {
      case BACKUP -> backup.receive(received, nowNanos);
      case MASTER -> {
        if (master.receive(received, nowNanos) == State.BACKUP) {
          state.yieldTo(received, nowNanos);
        }
      }
      case INIT, FAULT -> {
        // RFC 9568 section 6.4.1: nothing is done in Initialize; a fault is keepalived's Initialize
      }
    }
    news.deliver(nowNanos);
  }

  /** An alarm that was armed came due. */
  public void alarm(Alarm alarm, long deadlineNanos, long nowNanos) {
    switch (alarm) {
      case PROTOCOL -> protocolTimer(deadlineNanos, nowNanos);
      case ANNOUNCE_AGAIN -> master.announcements().announceAgain(nowNanos);
      case REFRESH -> master.announcements().refresh(nowNanos);
      case REFRESH_OTHER_LINKS -> master.announcements().refreshOtherLinks(nowNanos);
      case TRY_ADDRESSES -> tryAddresses(nowNanos);
    }
    news.deliver(nowNanos);
  }

  private void protocolTimer(long deadlineNanos, long nowNanos) {
    long latenessNanos = nowNanos - deadlineNanos;
    if (latenessNanos > instance().protocol().advertIntervalNanos() / 2) {
      statistics.count(Counter.LATE_TIMERS);
    }
    if (state.is(State.MASTER)) {
      if (master.advertisementTimer(deadlineNanos, nowNanos) == State.BACKUP) {
        state.stepBack("its timer was later than timer_expired_backup", Farewell.SILENT, nowNanos);
      }
    } else if (state.is(State.BACKUP)
        && backup.masterDownTimer(latenessNanos, nowNanos) == State.MASTER) {
      if (news.peers().wouldFollow(this)) {
        state.takeOver(() -> backup.whyGone(nowNanos), nowNanos);
      } else {
        backup.waitForPeers(nowNanos);
      }
    }
  }

  /**
   * Something that it needs is missing. Setting a fault again only changes its reason. The reason
   * is told, but for {@link Fault#TRACKED}: whoever knows what is tracked tells of each thing.
   */
  public void setFault(Fault fault, String reason, long nowNanos) {
    boolean changed = faults.put(fault, reason);
    if (state.is(State.INIT)) {
      return;
    }
    if (changed) {
      if (fault != Fault.TRACKED) {
        logReason(fault, reason);
      }
      news.note();
    }
    try {
      if (!state.is(State.FAULT)) {
        state.enterFault(reasons(), nowNanos);
      }
    } finally {
      // Even if that fails, the sync peers must not go on as if nothing were wrong here.
      news.deliver(nowNanos);
    }
  }

  /** What was missing is there again. */
  public void clearFault(Fault fault, long nowNanos) {
    if (!faults.remove(fault) || !state.is(State.FAULT)) {
      return;
    }
    news.note();
    if (faults.isEmpty()) {
      boolean wanted = fault == Fault.MAINTENANCE;
      state.enterInitially(
          wanted ? "its maintenance is over" : "what was wrong is over", "", nowNanos);
    }
    news.deliver(nowNanos);
  }

  /** The reason for another member's fault has been told by that member. */
  private void logReason(Fault fault, String reason) {
    if (fault != Fault.SYNC_GROUP) {
      effects.log(Level.WARNING, reason);
    }
  }

  // ---- the kernel ----

  /**
   * The kernel's answer to {@link Effects#take}: one for each call, in their order.
   *
   * @param refused what could not be added; empty when all is there
   */
  public void kernelAnswered(List<Refusal> refused, long nowNanos) {
    List<Refusal> addresses = missingRouting.sortOut(refused);
    switch (claim.answered(addresses)) {
      case OUTDATED -> {
        // a later answer tells how things are
      }
      case ACCEPTED -> clearFault(Fault.ADDRESS_REFUSED, nowNanos);
      case HELD -> {
        if (state.is(State.MASTER)) {
          master.announcements().announceTaken(nowNanos);
        }
      }
      case REFUSED -> refused(addresses.get(0).reason(), nowNanos);
    }
    news.deliver(nowNanos);
  }

  private void refused(String reason, long nowNanos) {
    if (state.is(State.MASTER)) {
      setFault(Fault.ADDRESS_REFUSED, reason, nowNanos);
    }
    if (faults.has(Fault.ADDRESS_REFUSED)) {
      effects.arm(Alarm.TRY_ADDRESSES, nowNanos + claim.tryAgainNanos());
    }
  }

  /** Links or addresses of the machine changed: what was refused may be accepted now. */
  public void machineChanged(long nowNanos) {
    tryAddresses(nowNanos);
  }

  private void tryAddresses(long nowNanos) {
    if (!state.is(State.FAULT) || !faults.has(Fault.ADDRESS_REFUSED)) {
      return;
    }
    if (claim.isRefused(instance())) {
      claim.tryOut(instance());
    } else {
      // the file does not name it any more
      claim.endTrial();
      clearFault(Fault.ADDRESS_REFUSED, nowNanos);
    }
  }

  /**
   * What routes need may be there again, or routes be gone with what they needed: the kernel tells
   * of none of the IPv4 routes that it drops with a link.
   *
   * @param onlyMissing nothing is gone: only what was refused can be otherwise now
   */
  public void routingInDoubt(boolean onlyMissing) {
    if (state.is(State.MASTER)
        && !instance().addresses().routing().isEmpty()
        && (!onlyMissing || missingRouting.isSomething())) {
      claim.takeAgain(instance());
    }
  }

  /** Somebody else removed one of our objects from the kernel. */
  public void objectLost(KernelObject object) {
    if (!state.is(State.MASTER) || !object.isTracked()) {
      return;
    }
    effects.log(
        Level.INFO,
        "Netlink reflector reports " + object.lossText() + " by somebody else, putting it back");
    if (object.kind() == KernelObject.Kind.ADDRESS) {
      statistics.count(Counter.ADDRESSES_RESTORED);
      claim.take(instance());
    } else {
      claim.takeAgain(instance());
    }
  }

  // ---- priority and configuration ----

  /**
   * Sets what the tracked things add to the priority. It counts at once, but other machines are not
   * told before the next advertisement; what changes before the start is told at the start.
   *
   * @param added the sum over all of them; to an owner's priority nothing is added
   */
  public void adjustPriority(int added, long nowNanos) {
    int before = priority();
    parameters.setAdjustment(added);
    if (priority() == before) {
      return;
    }
    if (!state.is(State.INIT)) {
      logPriority(before);
    }
    if (state.is(State.BACKUP)) {
      backup.changePriority(before, nowNanos);
    }
    tellPriority();
  }

  /**
   * Takes a changed configuration of the same virtual router (same {@link VrrpInstance.Key})
   * without leaving its state; not even another name or version is a reason to.
   *
   * @param added what the things that it tracks now add to the priority
   */
  public void reconfigure(VrrpInstance changed, int added, long nowNanos) {
    VrrpInstance before = instance();
    if (!changed.key().equals(before.key())) {
      throw new IllegalArgumentException("not the same virtual router: " + changed.name());
    }
    final int priorityBefore = priority();
    parameters.setInstance(changed);
    parameters.setAdjustment(added);
    boolean otherPriority = priority() != priorityBefore;
    if (otherPriority && !state.is(State.INIT)) {
      logPriority(priorityBefore);
    }
    AddressDifference.between(before, changed)
        .lines()
        .forEach(line -> effects.log(Level.INFO, line));
    RoutingDifference.lines(before.addresses().routing(), changed.addresses().routing())
        .forEach(line -> effects.log(Level.INFO, line));
    watch.reconfigure(before, changed, state.is(State.BACKUP));
    if (state.is(State.MASTER)) {
      master.reconfigure(before, otherPriority, nowNanos);
    } else if (state.is(State.BACKUP)) {
      backup.reconfigure(before, otherPriority, nowNanos);
    }
    if (otherPriority) {
      tellPriority();
    }
  }

  private void logPriority(int before) {
    effects.log(Level.INFO, "Changing effective priority from " + before + " to " + priority());
  }

  private void tellPriority() {
    boolean isMaster = state.is(State.MASTER);
    if (isMaster || state.is(State.BACKUP)) {
      VrrpInstance told = instance();
      effects.tell(
          new VrrpEvent.PriorityChange(
              Subject.instance(told.name()), isMaster, priority(), told.notifications()));
    }
  }

  // ---- sync peers ----

  /** The sync peers are masters, and this one is {@linkplain #isReady ready}. */
  void follow(long nowNanos) {
    if (isReady()) {
      state.followPeers(nowNanos);
    }
  }

  /**
   * One of the sync peers is not master any more.
   *
   * <p>COMPAT: keepalived says nothing here, and who should be master next has to miss us for three
   * intervals. Priority 0 says it at once; and a better master that is there already announces its
   * addresses again, after we have let go of ours.
   */
  void stepBack(long nowNanos) {
    if (state.is(State.MASTER)) {
      state.stepBack("its sync group is not whole", Farewell.RESIGN, nowNanos);
    }
  }
}
