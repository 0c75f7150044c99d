package org.jkeepalived.vrrp;

import org.jkeepalived.model.Announcements;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.Effects.Alarm;

/**
 * When a master announces its addresses (gratuitous ARP): when the kernel has them, once more after
 * a delay, after it met another master, and to refresh what the neighbours know.
 *
 * <p>Nothing is announced while the kernel is still busy with the addresses: its answer has them
 * announced anyway, and nobody can use an announced address that is not there.
 */
final class AnnouncementSchedule {

  private final RouterParameters parameters;
  private final Effects effects;
  private final AddressClaim claim;

  /** How often the second set announces each address. */
  private int secondRepeat;

  /** Another master was there that could not be answered yet. */
  private boolean meetingOwed;

  AnnouncementSchedule(RouterParameters parameters, Effects effects, AddressClaim claim) {
    this.parameters = parameters;
    this.effects = effects;
    this.claim = claim;
  }

  private Announcements plan() {
    return parameters.instance().announcements();
  }

  /** The kernel has all addresses: announces them, if that is still owed. */
  void announceTaken(long nowNanos) {
    if (claim.isAnnouncementOwed()) {
      claim.announced();
      announceTwice(plan().repeat(), plan().delayNanos(), nowNanos);
    }
  }

  /** Another master was there: hosts may have its hardware address in mind. */
  void announceAfterMeeting(long nowNanos) {
    if (meetingOwed) {
      meetingOwed = false;
      effects.disarm(Alarm.ANNOUNCE_AGAIN);
    }
    if (!claim.isAnnouncementOwed()) {
      announceTwice(plan().lowerPriorityRepeat(), plan().lowerPriorityDelayNanos(), nowNanos);
    }
  }

  /**
   * The same of one more master than can be answered now: what the last of them has announced is
   * not to be what hosts have in mind.
   *
   * @param waitNanos until there is room for an answer
   */
  void oweMeeting(long nowNanos, long waitNanos) {
    meetingOwed = true;
    effects.arm(Alarm.ANNOUNCE_AGAIN, nowNanos + waitNanos);
  }

  /** {@link Alarm#ANNOUNCE_AGAIN} is due. */
  void announceAgain(long nowNanos) {
    if (meetingOwed) {
      announceAfterMeeting(nowNanos);
    } else {
      announceUnlessOwed(secondRepeat);
    }
  }

  /** {@link Alarm#REFRESH} is due. */
  void refresh(long nowNanos) {
    announceUnlessOwed(plan().refreshRepeat());
    effects.arm(Alarm.REFRESH, nowNanos + plan().refreshNanos());
  }

  /** {@link Alarm#REFRESH_OTHER_LINKS} is due. */
  void refreshOtherLinks(long nowNanos) {
    if (!claim.isAnnouncementOwed()) {
      effects.announceOnOtherLinks();
    }
    armOtherLinks(nowNanos);
  }

  /** Starts the refreshing announcements, if the configuration has any. */
  void armRefresh(long nowNanos) {
    if (plan().refreshNanos() > 0) {
      effects.arm(Alarm.REFRESH, nowNanos + plan().refreshNanos());
    }
    if (parameters.instance().announcesOnOtherLinks()) {
      armOtherLinks(nowNanos);
    }
  }

  private void armOtherLinks(long nowNanos) {
    effects.arm(Alarm.REFRESH_OTHER_LINKS, nowNanos + plan().otherLinks().refreshNanos());
  }

  /** Starts anew the refreshing announcements that are to come at other times than before. */
  void reconfigure(VrrpInstance before, long nowNanos) {
    if (before.announcements().refreshNanos() != plan().refreshNanos()) {
      if (plan().refreshNanos() > 0) {
        effects.arm(Alarm.REFRESH, nowNanos + plan().refreshNanos());
      } else {
        effects.disarm(Alarm.REFRESH);
      }
    }
    boolean wanted = parameters.instance().announcesOnOtherLinks();
    boolean otherPlan = !before.announcements().otherLinks().equals(plan().otherLinks());
    if (wanted && (otherPlan || !before.announcesOnOtherLinks())) {
      armOtherLinks(nowNanos);
    } else if (!wanted) {
      effects.disarm(Alarm.REFRESH_OTHER_LINKS);
    }
  }

  /** Forgets everything that was still to be announced. */
  void cancel() {
    meetingOwed = false;
    effects.cancelAnnouncements();
    effects.disarm(Alarm.ANNOUNCE_AGAIN);
    effects.disarm(Alarm.REFRESH);
    effects.disarm(Alarm.REFRESH_OTHER_LINKS);
  }

  private void announceUnlessOwed(int repeat) {
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
      secondRepeat = repeat;
      effects.arm(Alarm.ANNOUNCE_AGAIN, nowNanos + delayNanos);
    }
  }
}
