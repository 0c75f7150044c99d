package org.jkeepalived.vrrp;

import java.util.List;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.notify.VrrpEvent;

/**
 * What a virtual router wants done. The daemon carries it out on the network and in the kernel, the
 * simulator on its model of them, the unit tests write it down. Nothing here may block or throw.
 */
public interface Effects {

  /** The deadlines a virtual router keeps. */
  enum Alarm {
    /** Master: the next advertisement. Backup: the master counts as gone. */
    PROTOCOL,
    /** The second set of announcements after a transition or a lower-priority advertisement. */
    ANNOUNCE_AGAIN,
    /** The periodic refreshing announcements of a master. */
    REFRESH,
    /** The periodic announcements of a master on links that are not its own. */
    REFRESH_OTHER_LINKS,
    /** Whether the kernel accepts the addresses now. */
    TRY_ADDRESSES
  }

  /** Who should read a message. */
  enum Level {
    ERROR,
    WARNING,
    /** What keepalived always logs. */
    INFO,
    /** What keepalived logs only with {@code -D}. */
    DETAIL
  }

  /**
   * Sends one advertisement now.
   *
   * @param priority 0 to 255, 0 to resign
   */
  void advertise(int priority);

  /**
   * Adds objects to the kernel; what is there already is not touched. How it went comes back
   * through {@link VirtualRouter#kernelAnswered}.
   */
  void take(List<KernelObject> objects);

  /** Removes objects from the kernel. */
  void release(List<KernelObject> objects);

  /**
   * Announces every address (gratuitous ARP) once they are in the kernel.
   *
   * @param repeat how many times each, 1 to 255
   */
  void announce(int repeat);

  /** Announces once every address on a link that is not the instance's own. */
  void announceOnOtherLinks();

  /** Forgets announcements that have not been sent yet. */
  void cancelAnnouncements();

  void arm(Alarm alarm, long deadlineNanos);

  void disarm(Alarm alarm);

  /** Moves an alarm that is armed, not to before now. */
  void shift(Alarm alarm, long byNanos, long nowNanos);

  /** A line for the operator, without the instance's name. */
  void log(Level level, String message);

  /**
   * Tells the operator of a state that is about to be entered.
   *
   * @param message the line, as keepalived's
   */
  default void entering(State next, String message) {
    log(Level.INFO, message);
  }

  /** Something happened that is no transition. */
  void tell(VrrpEvent event);

  /** Says that the state changed; called after everything the change entails was asked for. */
  void transition(State from, State to, long nowNanos);
}
