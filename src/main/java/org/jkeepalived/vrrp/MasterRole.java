package org.jkeepalived.vrrp;

import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.routing.Routing;
import org.jkeepalived.notify.Subject;
import org.jkeepalived.notify.VrrpEvent;
import org.jkeepalived.vrrp.Effects.Alarm;
import org.jkeepalived.vrrp.Effects.Level;
import org.jkeepalived.vrrp.address.InstanceObjects;

/**
 * What a virtual router does as master (RFC 3768 section 6.4.3, RFC 9568 section 6.4.3): it
 * advertises, holds and announces the addresses, and decides whether another master is the better
 * one. It never changes the state: it answers which state follows.
 */
final class MasterRole {

  /** How a master ends. */
  enum Farewell {
    /** Another master is there: the addresses go, and nothing is sent. */
    SILENT,
    /** Nobody is master now: priority 0 is sent, and the addresses go. */
    RESIGN,
    /** Priority 0 is sent, and the addresses stay in the kernel. */
    RESIGN_WITH_ADDRESSES
  }

  private static final int RESIGN = MasterWatch.RESIGN;
  private static final int OWNER = RouterParameters.OWNER;

  private final RouterParameters parameters;
  private final Effects effects;
  private final Statistics statistics;
  private final AddressClaim claim;
  private final AnnouncementSchedule announcements;
  private final RepeatedMessage lowerPriorityMessage = new RepeatedMessage();

  /**
   * From when on listeners hear of a lower priority again: no flood of packets is one of scripts.
   */
  private long lowerPriorityEventNanos;

  MasterRole(
      RouterParameters parameters, Effects effects, Statistics statistics, AddressClaim claim) {
    this.parameters = parameters;
    this.effects = effects;
    this.statistics = statistics;
    this.claim = claim;
    announcements = new AnnouncementSchedule(parameters, effects, claim);
  }

  AnnouncementSchedule announcements() {
    return announcements;
  }

  // ---- to and from master ----

  /** The first advertisement, sent before anything else is done: every backup waits for it. */
  void advertise() {
    advertise(parameters.priority());
  }

  /**
   * Takes the addresses. They are announced once the kernel has them: nobody can use an announced
   * address that is not there.
   */
  void enter(long nowNanos) {
    lowerPriorityEventNanos = nowNanos;
    statistics.count(Counter.BECAME_MASTER);
    logUnless(answers(), "setting firewall drop rule");
    effects.log(Level.DETAIL, "setting VIPs.");
    Routing routing = parameters.instance().addresses().routing();
    logUnless(routing.routes().isEmpty(), "setting Virtual Routes");
    logUnless(routing.rules().isEmpty(), "setting Virtual Rules");
    claim.take(parameters.instance());
    long interval = parameters.instance().protocol().advertIntervalNanos();
    effects.arm(Alarm.PROTOCOL, nowNanos + interval - (long) (interval * parameters.headStart()));
    announcements.armRefresh(nowNanos);
  }

  void leave(Farewell farewell) {
    if (farewell != Farewell.SILENT) {
      advertise(RESIGN);
      statistics.count(Counter.PRIORITY_ZERO_SENT);
      effects.log(Level.DETAIL, "sent 0 priority");
    }
    if (farewell != Farewell.RESIGN_WITH_ADDRESSES) {
      Routing routing = parameters.instance().addresses().routing();
      logUnless(routing.rules().isEmpty(), "removing Virtual Rules");
      logUnless(routing.routes().isEmpty(), "removing Virtual Routes");
      effects.log(Level.DETAIL, "removing VIPs.");
      logUnless(answers(), "removing firewall drop rule");
      statistics.count(Counter.RELEASED_MASTER);
      announcements.cancel();
      claim.release(parameters.instance());
    }
  }

  private boolean answers() {
    return parameters.instance().conduct().firewall().isEmpty();
  }

  private void logUnless(boolean nothing, String line) {
    if (!nothing) {
      effects.log(Level.DETAIL, line);
    }
  }

  // ---- another master ----

  /**
   * Another master advertised.
   *
   * @return BACKUP if that one is the better master, else MASTER
   */
  State receive(ReceivedAdvertisement received, long nowNanos) {
    int ours = parameters.priority();
    if (ours == OWNER && parameters.instance().conduct().ownerIgnoreAdverts()) {
      return State.MASTER;
    }
    if (received.priority() == RESIGN) {
      if (mayAnswer(nowNanos)) {
        effects.log(Level.DETAIL, "Master received priority 0 message");
        answer(nowNanos);
      } else {
        announcements.oweMeeting(nowNanos, roomForAnswerNanos(nowNanos));
      }
      return State.MASTER;
    }
    if (received.priority() > ours) {
      effects.log(
          Level.INFO,
          receivedFrom("Master received", received)
              + " with higher priority "
              + received.priority()
              + ", ours "
              + ours);
      advertiseBeforeYielding(received);
      return State.BACKUP;
    }
    if (received.priority() == ours && parameters.isBelow(received.source())) {
      effects.log(
          Level.INFO,
          receivedFrom("Master received", received)
              + " with same priority "
              + received.priority()
              + " but higher IP address than ours");
      if (ours == OWNER) {
        logTwoOwners(received);
      }
      advertiseBeforeYielding(received);
      return State.BACKUP;
    }
    outrank(received, nowNanos);
    return State.MASTER;
  }

  /**
   * Before it yields to a better master a router that is not strict says so with one last
   * advertisement: where two masters met after a partition that may be the only one that the other
   * ever hears from us, and what makes the other announce its addresses again.
   *
   * <p>But never where our interval is the shorter one: other backups would learn our interval (RFC
   * 9568 section 6.4.2), find the better master silent before it speaks again, and take over, with
   * a last advertisement of their own when they step back: a cluster that never rests.
   */
  private void advertiseBeforeYielding(ReceivedAdvertisement better) {
    VrrpInstance instance = parameters.instance();
    boolean misleads =
        instance.protocol().version() == 3
            && instance.protocol().advertIntervalNanos() < better.intervalNanos();
    boolean wanted = instance.conduct().higherPrioritySendAdvert() || !instance.conduct().strict();
    if (wanted && !misleads) {
      advertise(parameters.priority());
    }
  }

  private void outrank(ReceivedAdvertisement lower, long nowNanos) {
    if (lowerPriorityMessage.admit(lower.source(), lower.priority(), nowNanos)
        && parameters.budget().line(nowNanos)) {
      if (lower.priority() == OWNER) {
        logTwoOwners(lower);
      }
      effects.log(
          Level.INFO,
          receivedFrom("Received", lower)
              + " with lower priority "
              + lower.priority()
              + ", ours "
              + parameters.priority()
              + ", forcing new election");
    }
    if (nowNanos - lowerPriorityEventNanos >= 0) {
      lowerPriorityEventNanos =
          nowNanos + parameters.instance().protocol().advertIntervalNanos() / 2;
      VrrpInstance told = parameters.instance();
      effects.tell(
          new VrrpEvent.LowerPriorityAdvertisement(
              Subject.instance(told.name()), parameters.priority(), told.notifications()));
    }
    if (!mayAnswer(nowNanos)) {
      announcements.oweMeeting(nowNanos, roomForAnswerNanos(nowNanos));
    } else if (parameters.instance().conduct().lowerPriorityNoAdvert()) {
      announcements.announceAfterMeeting(nowNanos);
    } else {
      answer(nowNanos);
    }
  }

  /** One that shares the interval with others keeps its beat: all of them are met at once. */
  private void answer(long nowNanos) {
    if (parameters.headStart() > 0) {
      advertise(parameters.priority());
    } else {
      advertiseNow(nowNanos);
    }
    announcements.announceAfterMeeting(nowNanos);
  }

  private boolean mayAnswer(long nowNanos) {
    return parameters
        .budget()
        .answer(parameters.instance().protocol().advertIntervalNanos(), nowNanos);
  }

  private long roomForAnswerNanos(long nowNanos) {
    return parameters
        .budget()
        .nextAnswerNanos(parameters.instance().protocol().advertIntervalNanos(), nowNanos);
  }

  private static String receivedFrom(String who, ReceivedAdvertisement received) {
    return who + " advert from " + NumericAddress.of(received.source());
  }

  private void logTwoOwners(ReceivedAdvertisement other) {
    effects.log(
        Level.WARNING,
        "CONFIGURATION ERROR: "
            + NumericAddress.of(other.source())
            + " has priority 255 too; only one machine can own the addresses: lower the priority of"
            + " the other");
  }

  // ---- the beat ----

  /**
   * The advertisement timer fired.
   *
   * @return BACKUP if the timer is later than {@code timer_expired_backup} allows, else MASTER
   */
  State advertisementTimer(long deadlineNanos, long nowNanos) {
    long latenessNanos = nowNanos - deadlineNanos;
    long allowed = parameters.instance().election().timerExpiredBackupNanos();
    if (allowed > 0 && latenessNanos > allowed) {
      effects.log(
          Level.WARNING,
          "timer expired "
              + MasterWatch.seconds(latenessNanos)
              + " s late, more than timer_expired_backup allows: another master may be active");
      return State.BACKUP;
    }
    advertise(parameters.priority());
    armAdvertisement(deadlineNanos, nowNanos);
    return State.MASTER;
  }

  /** Takes a changed configuration: what the others have to know is advertised at once. */
  void reconfigure(VrrpInstance before, boolean otherPriority, long nowNanos) {
    VrrpInstance instance = parameters.instance();
    if (!before.addresses().equals(instance.addresses())
        || !InstanceObjects.of(before).equals(InstanceObjects.of(instance))) {
      claim.replace(before, instance);
    }
    if (!before.protocol().equals(instance.protocol())
        || !before.addresses().advertised().equals(instance.addresses().advertised())
        || otherPriority) {
      advertiseNow(nowNanos);
    }
    announcements.reconfigure(before, nowNanos);
  }

  private void advertiseNow(long nowNanos) {
    advertise(parameters.priority());
    armAdvertisement(nowNanos, nowNanos);
  }

  /** Keeps to the beat: a little lateness does not push back every advertisement that follows. */
  private void armAdvertisement(long deadlineNanos, long nowNanos) {
    long interval = parameters.instance().protocol().advertIntervalNanos();
    long next = deadlineNanos + interval;
    effects.arm(Alarm.PROTOCOL, next - nowNanos < interval / 2 ? nowNanos + interval : next);
  }

  private void advertise(int advertisedPriority) {
    statistics.count(Counter.ADVERTISEMENTS_SENT);
    effects.advertise(advertisedPriority);
  }
}
