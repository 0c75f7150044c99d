package org.jkeepalived.vrrp;

import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jkeepalived.model.NumericAddress;
import org.jkeepalived.vrrp.Effects.Alarm;
import org.jkeepalived.vrrp.Effects.Level;
import org.jkeepalived.vrrp.MasterRole.Farewell;

/**
 * The state of a virtual router, with all that is done when it changes. Only {@link #transition}
 * writes the state, and only along the edges of {@link Transitions}.
 */
final class RouterState {

  private final RouterParameters parameters;
  private final Effects effects;
  private final MasterWatch watch;
  private final MasterRole master;
  private final BackupRole backup;
  private final PeerNews news;

  private State state = State.INIT;
  private String cause = "";

  RouterState(
      RouterParameters parameters,
      Effects effects,
      MasterWatch watch,
      MasterRole master,
      BackupRole backup,
      PeerNews news) {
    this.parameters = parameters;
    this.effects = effects;
    this.watch = watch;
    this.master = master;
    this.backup = backup;
    this.news = news;
  }

  State get() {
    return state;
  }

  /** Why it is the one that it is, in words for the operator; empty before it ever changed. */
  String cause() {
    return cause;
  }

  boolean is(State one) {
    return state == one;
  }

  /** Whether it is to be master at first, without an election. */
  boolean startsAsMaster() {
    return parameters.isOwner() && parameters.instance().election().initialMaster();
  }

  /**
   * Nothing is wrong, at the start or after a fault: MASTER if it owns the addresses, else BACKUP.
   *
   * @param why as {@link #cause} tells it
   * @param added to the line that tells of BACKUP
   */
  void enterInitially(String why, String added, long nowNanos) {
    if (startsAsMaster() && news.peers().startAsMasters()) {
      takeOver(() -> "we own the addresses (priority 255)", nowNanos);
    } else {
      cause = why;
      transition(State.BACKUP, added, Farewell.SILENT, backup::enter, nowNanos);
    }
  }

  /**
   * MASTER, with an advertisement before anything else is done: every backup waits for it.
   *
   * @param why there is no other master, put into words after that
   */
  void takeOver(Supplier<String> why, long nowNanos) {
    master.advertise();
    cause = why.get();
    effects.log(Level.INFO, "Receive advertisement timeout: " + cause);
    transition(State.MASTER, "", Farewell.SILENT, this::enterMaster, nowNanos);
  }

  /** MASTER, as the sync peers are; why has been told when it got ready. */
  void followPeers(long nowNanos) {
    master.advertise();
    cause = "the rest of its sync group is ready, too";
    transition(State.MASTER, "", Farewell.SILENT, this::enterMaster, nowNanos);
  }

  private void enterMaster(long nowNanos) {
    watch.forget(parameters.instance());
    master.enter(nowNanos);
  }

  /** BACKUP, below the better master that has just advertised. */
  void yieldTo(ReceivedAdvertisement better, long nowNanos) {
    cause = NumericAddress.of(better.source()) + " advertises priority " + better.priority();
    LongConsumer below = at -> backup.enterBelow(better, at);
    transition(State.BACKUP, "", Farewell.SILENT, below, nowNanos);
  }

  /**
   * BACKUP, with no master known.
   *
   * @param why as {@link #cause} tells it
   */
  void stepBack(String why, Farewell farewell, long nowNanos) {
    cause = why;
    transition(State.BACKUP, "", farewell, backup::enter, nowNanos);
  }

  /**
   * FAULT.
   *
   * @param why as {@link #cause} tells it
   */
  void enterFault(String why, long nowNanos) {
    cause = why;
    transition(State.FAULT, "", Farewell.RESIGN, at -> disarmAll(), nowNanos);
  }

  /** INIT; nothing happens to what is in INIT. */
  void stop(Farewell farewell, long nowNanos) {
    if (state == State.INIT) {
      disarmAll();
    } else {
      cause = "stopped";
      transition(State.INIT, "", farewell, at -> disarmAll(), nowNanos);
    }
  }

  private void disarmAll() {
    for (Alarm alarm : Alarm.values()) {
      effects.disarm(alarm);
    }
  }

  /**
   * The one place that changes the state.
   *
   * @param why is added to the line that tells of it
   * @param farewell how it ends being master, if it is
   * @param entry what entering {@code next} entails, to be given the time
   */
  private void transition(
      State next, String why, Farewell farewell, LongConsumer entry, long nowNanos) {
    State from = state;
    Transitions.require(from, next, parameters.isOwner(), parameters.instance().name());
    if (next != State.INIT) {
      effects.entering(next, "Entering " + next + " STATE" + why);
    }
    if (from == State.MASTER) {
      master.leave(farewell);
    } else if (from == State.BACKUP) {
      backup.leave();
    }
    entry.accept(nowNanos);
    state = next;
    news.note();
    effects.transition(from, next, nowNanos);
  }
}
