package org.jkeepalived.vrrp;

import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.time.SecondsText;
import org.jkeepalived.vrrp.Effects.Alarm;
import org.jkeepalived.vrrp.Effects.Level;

/**
 * What a virtual router does as backup (RFC 3768 section 6.4.2, RFC 9568 section 6.4.2): it listens
 * for a master, and finds out when there is none, or only one that it is to replace. It never
 * changes the state.
 */
final class BackupRole {

  private static final int RESIGN = MasterWatch.RESIGN;

  private final RouterParameters parameters;
  private final Effects effects;
  private final MasterWatch watch;
  private final PeerNews news;
  private final PreemptDelay preemptDelay = new PreemptDelay();
  private final RepeatedMessage lowerPriorityMessage = new RepeatedMessage();

  /** The master-down timer has fired, and only the sync peers keep this one from being master. */
  private boolean ready;

  /** This process did not run, and the interval of listening that this costs has been granted. */
  private boolean listenedAgain;

  BackupRole(RouterParameters parameters, Effects effects, MasterWatch watch, PeerNews news) {
    this.parameters = parameters;
    this.effects = effects;
    this.watch = watch;
    this.news = news;
  }

  // ---- to and from backup ----

  /** Listens for a master, none being known. */
  void enter(long nowNanos) {
    watch.forget(parameters.instance());
    watch.listenFrom(nowNanos);
    armMasterDown(nowNanos);
  }

  /** Follows the master that it has just yielded to. */
  void enterBelow(ReceivedAdvertisement better, long nowNanos) {
    watch.believe(better, parameters.instance(), nowNanos);
    armMasterDown(nowNanos);
  }

  void leave() {
    ready = false;
    listenedAgain = false;
    preemptDelay.reset();
  }

  // ---- what the sync peers ask ----

  /** Whether only the sync peers keep this one from being master. */
  boolean isReady() {
    return ready;
  }

  /** Whether somebody else is a master that this one leaves in place. */
  boolean followsMaster() {
    return !ready && watch.master().filter(master -> master.priority() != RESIGN).isPresent();
  }

  // ---- a master ----

  void receive(ReceivedAdvertisement received, long nowNanos) {
    listenedAgain = false;
    if (received.priority() == RESIGN) {
      effects.log(Level.DETAIL, "Backup received priority 0 advertisement");
      believe(received, nowNanos);
      effects.arm(Alarm.PROTOCOL, nowNanos + parameters.skewNanos(watch.intervalNanos()));
      return;
    }
    boolean preempts =
        parameters.instance().election().preempt()
            || parameters.priority() == RouterParameters.OWNER;
    if (!preempts || received.priority() >= parameters.priority()) {
      preemptDelay.reset();
      believe(received, nowNanos);
      armMasterDown(nowNanos);
    } else {
      receiveLower(received, nowNanos);
    }
  }

  private void believe(ReceivedAdvertisement received, long nowNanos) {
    if (!followsMaster()) {
      news.note();
    }
    ready = false;
    watch.believe(received, parameters.instance(), nowNanos);
  }

  /** RFC 9568 section 6.4.2: discarded, so that the master-down timer expires and we take over. */
  private void receiveLower(ReceivedAdvertisement lower, long nowNanos) {
    long delayNanos = parameters.instance().election().preemptDelayNanos();
    if (delayNanos > 0) {
      if (preemptDelay.start(delayNanos, nowNanos)) {
        effects.log(Level.DETAIL, "start preempt delay (" + SecondsText.of(delayNanos, 6) + ")");
      }
      // COMPAT: the delay comes on top of the master-down interval: until it is over a
      // lower-priority master counts as any other, and one that dies meanwhile is replaced in time.
      if (!preemptDelay.isOver(nowNanos)) {
        believe(lower, nowNanos);
        armMasterDown(nowNanos);
        return;
      }
    }
    watch.disregard(lower);
    if (lowerPriorityMessage.admit(lower.source(), lower.priority(), nowNanos)
        && parameters.budget().line(nowNanos)) {
      effects.log(
          Level.INFO,
          "received lower priority ("
              + lower.priority()
              + ") advert from "
              + NumericAddress.of(lower.source())
              + " - discarding");
    }
  }

  // ---- none ----

  /**
   * The master-down timer fired; what had arrived by now has been read. A timer that is later than
   * a whole interval says that this process did not run, and may have missed what nobody kept for
   * it: one more interval of listening costs less than two masters.
   *
   * @return MASTER if there is no master that counts, else BACKUP
   */
  State masterDownTimer(long latenessNanos, long nowNanos) {
    if (latenessNanos < watch.intervalNanos() || listenedAgain) {
      return State.MASTER;
    }
    listenedAgain = true;
    ready = false;
    effects.log(
        Level.WARNING,
        "timer expired "
            + MasterWatch.seconds(latenessNanos)
            + " s late, this process was not running: listening for another interval before"
            + " taking over");
    long intervalNanos = watch.intervalNanos();
    effects.arm(Alarm.PROTOCOL, nowNanos + intervalNanos + parameters.skewNanos(intervalNanos));
    return State.BACKUP;
  }

  /** Why there is no master that counts, for the operator. */
  String whyGone(long nowNanos) {
    return watch.whyGone(parameters.priority(), nowNanos);
  }

  /**
   * There is no master, but the sync peers are not ready to follow. The master-down timer goes on,
   * so that a process that did not run for a while listens again.
   */
  void waitForPeers(long nowNanos) {
    if (!ready) {
      ready = true;
      news.note();
      effects.log(
          Level.INFO,
          "Receive advertisement timeout: "
              + whyGone(nowNanos)
              + "; waiting for the rest of its sync group");
    }
    armMasterDown(nowNanos);
  }

  // ---- a change of the parameters ----

  /** RFC 9568 section 6.1: who is to be master first waits shortest. */
  void changePriority(int before, long nowNanos) {
    int version = parameters.instance().protocol().version();
    long intervalNanos = watch.intervalNanos();
    effects.shift(
        Alarm.PROTOCOL,
        parameters.skewNanos(intervalNanos) - VrrpTimes.skewNanos(version, before, intervalNanos),
        nowNanos);
  }

  void reconfigure(VrrpInstance before, boolean otherPriority, long nowNanos) {
    VrrpInstance instance = parameters.instance();
    if (!before.protocol().equals(instance.protocol()) || otherPriority) {
      ready = false;
      armMasterDown(nowNanos);
    }
    if (!instance.election().preempt() || instance.election().preemptDelayNanos() == 0) {
      preemptDelay.reset();
    }
  }

  private void armMasterDown(long nowNanos) {
    effects.arm(Alarm.PROTOCOL, nowNanos + parameters.masterDownNanos(watch.intervalNanos()));
  }
}
