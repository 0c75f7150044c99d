package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jkeepalived.model.VirtualAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.notify.Event;
import org.jkeepalived.vrrp.Effects.Alarm;
import org.jkeepalived.vrrp.Effects.Level;

/**
 * The state machine of one virtual router (RFC 3768 section 6.4, RFC 9568 section 6.4), with
 * keepalived's behaviour where it differs. Events and the time come in, effects go out; it reads no
 * clock, owns no thread and does no I/O.
 *
 * <pre>
 * from \ to   BACKUP                            MASTER                          FAULT
 * INIT        start                             start of an address owner       start with a fault
 * BACKUP      -                                 master-down timer,              first fault
 *                                               syncPeers follow
 * MASTER      higher priority heard,            -                               first fault,
 *             timer later than allowed,                                         address refused
 *             syncPeers step back
 * FAULT       last fault gone                   last fault gone (owner)         -
 * any         -                                 -                               (INIT: stop)
 * </pre>
 *
 * <p>Only {@link #transition} writes the state. A member of a sync group asks its {@link SyncPeers}
 * before it becomes master, and tells them when there is something to go by.
 */
public final class VirtualRouter {

  private static final int RESIGN = MasterWatch.RESIGN;
  private static final int OWNER = 255;

  /** The bounds of a priority that tracked things change. */
  private static final int LEAST = 1;

  private static final int MOST = 254;

  /** How long after a refusal the kernel is asked again. */
  private static final long TRY_AGAIN_NANOS = 30_000_000_000L;

  private final Effects effects;
  private final Statistics statistics = new Statistics();
  private final Map<Fault, String> faults = new EnumMap<>(Fault.class);
  private final RepeatedMessage lowerPriorityMessage = new RepeatedMessage();
  private final PreemptDelay preemptDelay = new PreemptDelay();
  private final MasterWatch watch;
  private final AddressClaim claim;

  private VrrpInstance instance;
  private State state = State.INIT;
  private Optional<InetAddress> source = Optional.empty();

  /** What the tracked things add to the priority. */
  private int adjustment;

  private SyncPeers syncPeers = SyncPeers.NONE;

  /** Its master-down timer has fired, and only its syncPeers keep it from being master. */
  private boolean ready;

  /** Whether its syncPeers have something to go by that they have not been told. */
  private boolean news;

  private boolean listenedAgain;
  private int announceAgainRepeat;

  /** From when on a lower priority may be told of again: no flood of packets is one of scripts. */
  private long tellLowerNanos;

  public VirtualRouter(VrrpInstance instance, Effects effects) {
    this.instance = Objects.requireNonNull(instance);
    this.effects = Objects.requireNonNull(effects);
    watch = new MasterWatch(instance);
    claim = new AddressClaim(effects);
  }

  public VrrpInstance instance() {
    return instance;
  }

  public State state() {
    return state;
  }

  public Statistics statistics() {
    return statistics;
  }

  /** The effective priority, 1 to 255. */
  public int priority() {
    return isOwner() ? OWNER : Math.max(LEAST, Math.min(MOST, totalPriority()));
  }

  /** The priority with all that the tracked things add; any number. */
  public int totalPriority() {
    return instance.election().priority() + (isOwner() ? 0 : adjustment);
  }

  private boolean isOwner() {
    return instance.election().priority() == OWNER;
  }

  /** Who was master when last heard of; empty while nobody was, or we are. */
  public Optional<ReceivedAdvertisement> master() {
    return state == State.MASTER ? Optional.empty() : watch.master();
  }

  /** What keeps it in FAULT, with the reason in words. */
  public Map<Fault, String> faults() {
    return Map.copyOf(faults);
  }

  /** Those that it is master with, or not at all, from now on. */
  void syncPeers(SyncPeers others) {
    syncPeers = others;
  }

  /** As a backup: whether only its syncPeers keep it from being master. */
  boolean isReady() {
    return ready;
  }

  /** As a backup: whether somebody else is a master that it leaves in place. */
  boolean followsMaster() {
    return state == State.BACKUP
        && !ready
        && watch.master().filter(heard -> heard.priority() != RESIGN).isPresent();
  }

  boolean has(Fault fault) {
    return faults.containsKey(fault);
  }

  /** Whether it has a fault that is not another member's of its sync group. */
  boolean hasOwnFault() {
    return faults.size() > (faults.containsKey(Fault.SYNC_GROUP) ? 1 : 0);
  }

  /** Whether it needs no election to be master at first. */
  boolean startsAsMaster() {
    return priority() == OWNER && instance.election().initialMaster();
  }

  /** Whether {@code address} sent the advertisement that was believed last. */
  public boolean isKnownMaster(InetAddress address) {
    return watch.isKnown(address);
  }

  /** The address that our advertisements come from, for the decision between equal priorities. */
  public void sourceAddress(InetAddress address) {
    source = Optional.of(address);
  }

  /** The address that our advertisements come from, once it is known. */
  public Optional<InetAddress> source() {
    return source;
  }

  /** How long without an advertisement until the master counts as gone. */
  public long masterDownNanos() {
    return VrrpTimes.masterDownNanos(instance.protocol(), priority(), watch.intervalNanos());
  }

  /** Leaves INIT. */
  public void start(long nowNanos) {
    requireState(State.INIT);
    watch.listenFrom(nowNanos);
    if (!faults.isEmpty()) {
      faults.forEach(this::logReason);
      enterFault(nowNanos);
    } else {
      enterInitially(nowNanos, " (init)");
    }
    tellCompanions(nowNanos);
  }

  /**
   * Enters INIT from anywhere: resigns and releases what it holds.
   *
   * @param releaseAddresses false leaves the addresses in the kernel (--dont-release-vrrp)
   */
  public void stop(boolean releaseAddresses, long nowNanos) {
    if (state == State.MASTER) {
      resign(releaseAddresses);
    }
    claim.endTrial();
    disarmAll();
    if (state != State.INIT) {
      transition(State.INIT, nowNanos);
    }
  }

  /** An advertisement that passed the receive checks, not our own. */
  public void heard(ReceivedAdvertisement heard, long nowNanos) {
    statistics.count(Counter.ADVERTISEMENTS_RECEIVED);
    if (heard.priority() == RESIGN) {
      statistics.count(Counter.PRIORITY_ZERO_RECEIVED);
    }
    switch (state) {
      case BACKUP -> heardAsBackup(heard, nowNanos);
      case MASTER -> heardAsMaster(heard, nowNanos);
      case INIT, FAULT -> {
        // RFC 9568 section 6.4.1: nothing is done in Initialize; a fault is keepalived's Initialize
      }
    }
    tellCompanions(nowNanos);
  }

  /** An alarm that was armed came due. */
  public void alarm(Alarm alarm, long deadlineNanos, long nowNanos) {
    switch (alarm) {
      case PROTOCOL -> protocolTimer(deadlineNanos, nowNanos);
      case ANNOUNCE_AGAIN -> announceNow(announceAgainRepeat);
      case REFRESH -> {
        announceNow(instance.announcements().refreshRepeat());
        effects.arm(Alarm.REFRESH, nowNanos + instance.announcements().refreshNanos());
      }
      case TRY_ADDRESSES -> tryAddresses();
    }
    tellCompanions(nowNanos);
  }

  /** Something that it needs is missing. Setting a fault again only changes its reason. */
  public void fault(Fault fault, String reason, long nowNanos) {
    boolean changed = !reason.equals(faults.put(fault, reason));
    if (state == State.INIT) {
      return;
    }
    if (changed) {
      logReason(fault, reason);
      news = true;
    }
    try {
      if (state != State.FAULT) {
        enterFault(nowNanos);
      }
    } finally {
      // Even if that fails, they must not go on as if nothing were wrong here.
      tellCompanions(nowNanos);
    }
  }

  /** What was missing is there again. */
  public void faultGone(Fault fault, long nowNanos) {
    if (faults.remove(fault) == null || state != State.FAULT) {
      return;
    }
    news = true;
    if (faults.isEmpty()) {
      watch.listenFrom(nowNanos);
      enterInitially(nowNanos, "");
    }
    tellCompanions(nowNanos);
  }

  /** Another member's fault has been told by that one. */
  private void logReason(Fault fault, String reason) {
    if (fault != Fault.SYNC_GROUP) {
      effects.log(Level.WARNING, reason);
    }
  }

  /**
   * The kernel's answer to {@link Effects#takeAddresses} and {@link Effects#replaceAddresses}: one
   * for each call, in their order.
   *
   * @param refusal why an address could not be added; empty when all are there
   */
  public void addressesTaken(Optional<String> refusal, long nowNanos) {
    switch (claim.answered()) {
      case OUTDATED -> {
        // a later answer tells how things are
      }
      case TRIAL -> {
        if (refusal.isEmpty()) {
          faultGone(Fault.ADDRESS_REFUSED, nowNanos);
        } else {
          effects.arm(Alarm.TRY_ADDRESSES, nowNanos + TRY_AGAIN_NANOS);
        }
      }
      case CLAIM -> {
        if (state == State.MASTER) {
          claimAnswered(refusal, nowNanos);
        }
      }
    }
    tellCompanions(nowNanos);
  }

  private void claimAnswered(Optional<String> refusal, long nowNanos) {
    if (refusal.isPresent()) {
      fault(Fault.ADDRESS_REFUSED, refusal.get(), nowNanos);
      effects.arm(Alarm.TRY_ADDRESSES, nowNanos + TRY_AGAIN_NANOS);
    } else if (claim.isAnnouncementOwed()) {
      claim.announced();
      VrrpInstance.Announcements plan = instance.announcements();
      announceTwice(plan.repeat(), plan.delayNanos(), nowNanos);
    }
  }

  /** The links or addresses of the machine changed: a refused address may be accepted now. */
  public void surroundingsChanged() {
    tryAddresses();
  }

  /** Somebody else removed one of our addresses from the kernel. */
  public void addressLost(VirtualAddress address) {
    if (state != State.MASTER || !address.tracked()) {
      return;
    }
    effects.log(
        Level.INFO,
        "Netlink reflector reports IP "
            + address.address().getHostAddress()
            + " removed from "
            + address.device()
            + " by somebody else, putting it back");
    statistics.count(Counter.ADDRESSES_RESTORED);
    claim.take(instance);
  }

  /**
   * What the tracked things add to the priority changed. It counts at once, but nobody is told
   * before the next advertisement.
   *
   * @param added the sum over all of them; nothing to an owner
   */
  public void tracked(int added, long nowNanos) {
    int before = priority();
    adjustment = added;
    if (priority() == before) {
      return;
    }
    logPriority(before);
    if (state == State.BACKUP) {
      // RFC 9568 section 6.1: who is to be master first waits shortest
      effects.shift(Alarm.PROTOCOL, skewNanos(priority()) - skewNanos(before), nowNanos);
    }
    tellPriority();
  }

  private void logPriority(int before) {
    effects.log(Level.INFO, "Changing effective priority from " + before + " to " + priority());
  }

  private void tellPriority() {
    if (state == State.MASTER) {
      effects.tell(Event.What.MASTER_PRIORITY);
    } else if (state == State.BACKUP) {
      effects.tell(Event.What.BACKUP_PRIORITY);
    }
  }

  private long skewNanos(int priority) {
    return VrrpTimes.skewNanos(instance.protocol().version(), priority, watch.intervalNanos());
  }

  /**
   * Takes a changed configuration of the same virtual router (same {@link VrrpInstance.Key} and
   * version) without leaving its state.
   *
   * @param added what the things that it tracks now add to the priority
   */
  public void reconfigure(VrrpInstance changed, int added, long nowNanos) {
    if (!changed.key().equals(instance.key())
        || changed.protocol().version() != instance.protocol().version()) {
      throw new IllegalArgumentException("not the same virtual router: " + changed.name());
    }
    VrrpInstance before = instance;
    final int priorityBefore = priority();
    instance = changed;
    adjustment = added;
    if (priority() != priorityBefore) {
      logPriority(priorityBefore);
    }
    watch.reconfigure(changed, state == State.BACKUP);
    if (state == State.MASTER) {
      reconfigureMaster(before, priority() != priorityBefore, nowNanos);
    } else if (state == State.BACKUP) {
      if (!before.protocol().equals(changed.protocol()) || priority() != priorityBefore) {
        ready = false;
        effects.arm(Alarm.PROTOCOL, nowNanos + masterDownNanos());
      }
      if (!changed.election().preempt() || changed.election().preemptDelayNanos() == 0) {
        preemptDelay.reset();
      }
    }
    if (priority() != priorityBefore) {
      tellPriority();
    }
  }

  private void reconfigureMaster(VrrpInstance before, boolean otherPriority, long nowNanos) {
    if (!before.addresses().equals(instance.addresses())) {
      claim.replace(before, instance);
    }
    if (!before.protocol().equals(instance.protocol())
        || !before.addresses().advertised().equals(instance.addresses().advertised())
        || otherPriority) {
      advertise(priority());
      armAdvertisement(nowNanos, nowNanos);
    }
    if (before.announcements().refreshNanos() != instance.announcements().refreshNanos()) {
      armRefresh(nowNanos);
    }
  }

  // ---- BACKUP ----

  private void heardAsBackup(ReceivedAdvertisement heard, long nowNanos) {
    listenedAgain = false;
    if (heard.priority() == RESIGN) {
      effects.log(Level.DETAIL, "Backup received priority 0 advertisement");
      believe(heard, nowNanos);
      effects.arm(Alarm.PROTOCOL, nowNanos + skewNanos(priority()));
      return;
    }
    boolean preempts = instance.election().preempt() || priority() == OWNER;
    if (!preempts || heard.priority() >= priority()) {
      preemptDelay.reset();
      believe(heard, nowNanos);
      effects.arm(Alarm.PROTOCOL, nowNanos + masterDownNanos());
    } else {
      heardLowerAsBackup(heard, nowNanos);
    }
  }

  private void believe(ReceivedAdvertisement heard, long nowNanos) {
    news |= !followsMaster();
    ready = false;
    watch.believe(heard, instance, nowNanos);
  }

  /** RFC 9568 section 6.4.2: discarded, so that the master-down timer expires and we take over. */
  private void heardLowerAsBackup(ReceivedAdvertisement heard, long nowNanos) {
    if (instance.election().preemptDelayNanos() > 0) {
      if (preemptDelay.start(instance.election().preemptDelayNanos(), nowNanos)) {
        effects.log(
            Level.DETAIL,
            String.format(
                Locale.ROOT,
                "start preempt delay (%.6f)",
                instance.election().preemptDelayNanos() / 1e9));
      }
      // COMPAT: the delay comes on top of the master-down interval: until it is over a
      // lower-priority master counts as any other, and one that dies meanwhile is replaced in time.
      if (!preemptDelay.isOver(nowNanos)) {
        believe(heard, nowNanos);
        effects.arm(Alarm.PROTOCOL, nowNanos + masterDownNanos());
        return;
      }
    }
    watch.disregard(heard);
    if (lowerPriorityMessage.isDue(heard.source(), heard.priority(), nowNanos)) {
      effects.log(
          Level.INFO,
          "received lower priority ("
              + heard.priority()
              + ") advert from "
              + heard.source().getHostAddress()
              + " - discarding");
    }
  }

  // ---- MASTER ----

  private void heardAsMaster(ReceivedAdvertisement heard, long nowNanos) {
    if (priority() == OWNER && instance.conduct().ownerIgnoreAdverts()) {
      return;
    }
    if (heard.priority() == RESIGN) {
      effects.log(Level.DETAIL, "Master received priority 0 message");
      advertise(priority());
      armAdvertisement(nowNanos, nowNanos);
      announceAfterMeeting(nowNanos);
    } else if (heard.priority() > priority()) {
      effects.log(
          Level.INFO,
          "Master received advert from "
              + heard.source().getHostAddress()
              + " with higher priority "
              + heard.priority()
              + ", ours "
              + priority());
      yieldTo(heard, nowNanos);
    } else if (heard.priority() == priority() && isHigherThanOurs(heard.source())) {
      effects.log(
          Level.INFO,
          "Master received advert from "
              + heard.source().getHostAddress()
              + " with same priority "
              + heard.priority()
              + " but higher IP address than ours");
      if (priority() == OWNER) {
        logTwoOwners(heard);
      }
      yieldTo(heard, nowNanos);
    } else {
      outrank(heard, nowNanos);
    }
  }

  private void logTwoOwners(ReceivedAdvertisement heard) {
    effects.log(
        Level.WARNING,
        "CONFIGURATION ERROR: "
            + heard.source().getHostAddress()
            + " has priority 255 too; only one machine can own the addresses: lower the priority of"
            + " the other");
  }

  private boolean isHigherThanOurs(InetAddress other) {
    return source.isPresent()
        && Arrays.compareUnsigned(other.getAddress(), source.get().getAddress()) > 0;
  }

  /**
   * Steps back before a better master. Unless strict, says so with one last advertisement: where
   * two masters met after a partition it may be the only one that the other ever hears from us, and
   * what makes it announce its addresses again.
   *
   * <p>But never where our interval is the shorter one: other backups would learn it (RFC 9568
   * section 6.4.2), find the better master silent before it speaks again, and take over, with a
   * last advertisement of their own when they step back: a cluster that never rests.
   */
  private void yieldTo(ReceivedAdvertisement heard, long nowNanos) {
    boolean misleads =
        instance.protocol().version() == 3
            && instance.protocol().advertIntervalNanos() < heard.intervalNanos();
    boolean wanted = instance.conduct().higherPrioritySendAdvert() || !instance.conduct().strict();
    if (wanted && !misleads) {
      advertise(priority());
    }
    effects.log(Level.INFO, "Entering BACKUP STATE");
    leaveMaster();
    watch.believe(heard, instance, nowNanos);
    preemptDelay.reset();
    effects.arm(Alarm.PROTOCOL, nowNanos + masterDownNanos());
    transition(State.BACKUP, nowNanos);
  }

  private void outrank(ReceivedAdvertisement heard, long nowNanos) {
    if (lowerPriorityMessage.isDue(heard.source(), heard.priority(), nowNanos)) {
      if (heard.priority() == OWNER) {
        logTwoOwners(heard);
      }
      effects.log(
          Level.INFO,
          "Received advert from "
              + heard.source().getHostAddress()
              + " with lower priority "
              + heard.priority()
              + ", ours "
              + priority()
              + ", forcing new election");
    }
    if (nowNanos - tellLowerNanos >= 0) {
      tellLowerNanos = nowNanos + instance.protocol().advertIntervalNanos() / 2;
      effects.tell(Event.What.MASTER_RX_LOWER_PRI);
    }
    if (!instance.conduct().lowerPriorityNoAdvert()) {
      advertise(priority());
      armAdvertisement(nowNanos, nowNanos);
    }
    announceAfterMeeting(nowNanos);
  }

  /** Another master was there: hosts may have its hardware address in mind. */
  private void announceAfterMeeting(long nowNanos) {
    if (!claim.isAnnouncementOwed()) {
      VrrpInstance.Announcements plan = instance.announcements();
      announceTwice(plan.lowerPriorityRepeat(), plan.lowerPriorityDelayNanos(), nowNanos);
    }
  }

  // ---- timers ----

  private void protocolTimer(long deadlineNanos, long nowNanos) {
    long latenessNanos = nowNanos - deadlineNanos;
    if (latenessNanos > instance.protocol().advertIntervalNanos() / 2) {
      statistics.count(Counter.LATE_TIMERS);
    }
    if (state == State.MASTER) {
      advertisementTimer(deadlineNanos, latenessNanos, nowNanos);
    } else if (state == State.BACKUP) {
      masterDownTimer(latenessNanos, nowNanos);
    }
  }

  private void advertisementTimer(long deadlineNanos, long latenessNanos, long nowNanos) {
    long allowed = instance.election().timerExpiredBackupNanos();
    if (allowed > 0 && latenessNanos > allowed) {
      effects.log(
          Level.WARNING,
          "timer expired "
              + MasterWatch.seconds(latenessNanos)
              + " s late, more than timer_expired_backup allows: another master may be active");
      effects.log(Level.INFO, "Entering BACKUP STATE");
      leaveMaster();
      listenAnew(nowNanos);
      transition(State.BACKUP, nowNanos);
      return;
    }
    advertise(priority());
    armAdvertisement(deadlineNanos, nowNanos);
  }

  private void listenAnew(long nowNanos) {
    watch.listenFrom(nowNanos);
    effects.arm(Alarm.PROTOCOL, nowNanos + masterDownNanos());
  }

  /**
   * What had arrived by now has been read. A timer that is later than a whole interval says that
   * this process did not run, and may have missed what nobody kept for it: one more interval of
   * listening costs less than two masters.
   */
  private void masterDownTimer(long latenessNanos, long nowNanos) {
    if (latenessNanos >= watch.intervalNanos() && !listenedAgain) {
      listenedAgain = true;
      ready = false;
      effects.log(
          Level.WARNING,
          "timer expired "
              + MasterWatch.seconds(latenessNanos)
              + " s late, this process was not running: listening for another interval before"
              + " taking over");
      effects.arm(Alarm.PROTOCOL, nowNanos + watch.intervalNanos() + skewNanos(priority()));
      return;
    }
    if (syncPeers.wouldFollow(this)) {
      takeOver(() -> watch.whyGone(priority(), nowNanos), nowNanos);
    } else {
      waitForCompanions(nowNanos);
    }
  }

  /** The timer goes on, so that a process that did not run for a while listens again. */
  private void waitForCompanions(long nowNanos) {
    if (!ready) {
      ready = true;
      news = true;
      effects.log(
          Level.INFO,
          "Receive advertisement timeout: "
              + watch.whyGone(priority(), nowNanos)
              + "; waiting for the rest of its sync group");
    }
    effects.arm(Alarm.PROTOCOL, nowNanos + masterDownNanos());
  }

  // ---- syncPeers ----

  /** Its syncPeers are masters, and it is {@linkplain #isReady ready}. */
  void follow(long nowNanos) {
    if (state == State.BACKUP && ready) {
      advertise(priority());
      enterMaster(nowNanos);
    }
  }

  /**
   * One of its syncPeers is not master any more.
   *
   * <p>COMPAT: keepalived says nothing here, and who should be master next has to miss us for three
   * intervals. Priority 0 says it at once; and a better master that is there already announces its
   * addresses again, after we have let go of ours.
   */
  void stepBack(long nowNanos) {
    if (state != State.MASTER) {
      return;
    }
    effects.log(Level.INFO, "Entering BACKUP STATE");
    resign(true);
    listenAnew(nowNanos);
    transition(State.BACKUP, nowNanos);
  }

  private void tellCompanions(long nowNanos) {
    if (news) {
      news = false;
      syncPeers.changed(nowNanos);
    }
  }

  /** Keeps to the beat: a little lateness does not push back every advertisement that follows. */
  private void armAdvertisement(long deadlineNanos, long nowNanos) {
    long interval = instance.protocol().advertIntervalNanos();
    long next = deadlineNanos + interval;
    effects.arm(Alarm.PROTOCOL, next - nowNanos < interval / 2 ? nowNanos + interval : next);
  }

  private void armRefresh(long nowNanos) {
    long refreshNanos = instance.announcements().refreshNanos();
    if (refreshNanos > 0) {
      effects.arm(Alarm.REFRESH, nowNanos + refreshNanos);
    } else {
      effects.disarm(Alarm.REFRESH);
    }
  }

  /** Unless the kernel is still busy with the addresses: its answer announces them anyway. */
  private void announceNow(int repeat) {
    if (!claim.isAnnouncementOwed()) {
      effects.announce(repeat);
    }
  }

  private void announceTwice(int repeat, long delayNanos, long nowNanos) {
    if (repeat == 0) {
      return;
    }
    effects.announce(repeat);
    if (delayNanos > 0) {
      announceAgainRepeat = repeat;
      effects.arm(Alarm.ANNOUNCE_AGAIN, nowNanos + delayNanos);
    }
  }

  // ---- transitions ----

  private void enterInitially(long nowNanos, String why) {
    watch.forget(instance);
    preemptDelay.reset();
    listenedAgain = false;
    if (startsAsMaster() && syncPeers.startAsMasters()) {
      takeOver(() -> "we own the addresses (priority 255)", nowNanos);
    } else {
      effects.log(Level.INFO, "Entering BACKUP STATE" + why);
      effects.arm(Alarm.PROTOCOL, nowNanos + masterDownNanos());
      transition(State.BACKUP, nowNanos);
    }
  }

  private void takeOver(Supplier<String> why, long nowNanos) {
    advertise(priority());
    effects.log(Level.INFO, "Receive advertisement timeout: " + why.get());
    enterMaster(nowNanos);
  }

  /**
   * First the advertisement, which has been sent, then the addresses, then (once they are there)
   * the announcements: every backup waits for the first, and nobody can use an announced address
   * that is not there.
   */
  private void enterMaster(long nowNanos) {
    effects.log(Level.INFO, "Entering MASTER STATE");
    tellLowerNanos = nowNanos;
    statistics.count(Counter.BECAME_MASTER);
    effects.log(Level.DETAIL, "setting VIPs.");
    claim.take(instance);
    watch.forget(instance);
    listenedAgain = false;
    preemptDelay.reset();
    armAdvertisement(nowNanos, nowNanos);
    armRefresh(nowNanos);
    transition(State.MASTER, nowNanos);
  }

  private void enterFault(long nowNanos) {
    effects.log(Level.INFO, "Entering FAULT STATE");
    if (state == State.MASTER) {
      resign(true);
    }
    disarmAll();
    preemptDelay.reset();
    transition(State.FAULT, nowNanos);
  }

  private void resign(boolean releaseAddresses) {
    advertise(RESIGN);
    statistics.count(Counter.PRIORITY_ZERO_SENT);
    effects.log(Level.DETAIL, "sent 0 priority");
    if (releaseAddresses) {
      leaveMaster();
    }
  }

  private void leaveMaster() {
    effects.log(Level.DETAIL, "removing VIPs.");
    statistics.count(Counter.RELEASED_MASTER);
    effects.cancelAnnouncements();
    effects.disarm(Alarm.ANNOUNCE_AGAIN);
    effects.disarm(Alarm.REFRESH);
    claim.release(instance);
  }

  private void tryAddresses() {
    if (state == State.FAULT && faults.containsKey(Fault.ADDRESS_REFUSED)) {
      claim.tryOut(instance);
    }
  }

  private void disarmAll() {
    for (Alarm alarm : Alarm.values()) {
      effects.disarm(alarm);
    }
  }

  private void advertise(int advertisedPriority) {
    statistics.count(Counter.ADVERTISEMENTS_SENT);
    effects.advertise(advertisedPriority);
  }

  private void transition(State next, long nowNanos) {
    State from = state;
    if (from == next) {
      throw new IllegalStateException(instance.name() + ": " + from + " to itself");
    }
    if (from == State.INIT && next == State.MASTER && priority() != OWNER) {
      throw new IllegalStateException(instance.name() + ": only an owner starts as master");
    }
    state = next;
    ready = false;
    news = true;
    effects.transition(from, next, nowNanos);
  }

  private void requireState(State expected) {
    if (state != expected) {
      throw new IllegalStateException(instance.name() + " is " + state + ", not " + expected);
    }
  }
}
