package org.jkeepalived.vrrp;

import java.util.Optional;
import org.jkeepalived.model.Notifications;
import org.jkeepalived.notify.Subject;
import org.jkeepalived.notify.VrrpEvent;
import org.jkeepalived.vrrp.Effects.Level;

/** Tells scripts, FIFOs and mail what becomes of one virtual router. */
final class RouterEvents {

  private final VirtualRouter router;
  private final Effects effects;

  RouterEvents(VirtualRouter router, Effects effects) {
    this.router = router;
    this.effects = effects;
  }

  /** It has entered a state; of INIT whoever stopped it tells, who knows what that is called. */
  void entered(State from, State state, long nowNanos) {
    switch (state) {
      case MASTER -> entered(from, VrrpEvent.Entered.MASTER, nowNanos);
      case BACKUP -> entered(from, VrrpEvent.Entered.BACKUP, nowNanos);
      case FAULT -> entered(from, VrrpEvent.Entered.FAULT, nowNanos);
      case INIT -> {
        // see above
      }
    }
  }

  private void entered(State from, VrrpEvent.Entered state, long nowNanos) {
    effects.tell(
        new VrrpEvent.Transition(
            subject(),
            state,
            router.priority(),
            notifications(),
            Optional.of(new VrrpEvent.Change(from.name(), router.cause(), nowNanos))));
  }

  /** The daemon has stopped it. */
  void stopped() {
    effects.tell(new VrrpEvent.Stopped(subject(), router.priority(), notifications()));
  }

  /** A reload has given it another name: nothing is left under the old one. */
  void oldName(String before) {
    effects.log(Level.INFO, "was called " + before + " until this reload");
    effects.tell(
        new VrrpEvent.Renamed(
            Subject.instance(before), Optional.empty(), router.priority(), notifications()));
  }

  /** A reload has given it another name, under which its state goes on. */
  void newName() {
    if (router.state() != State.INIT) {
      VrrpEvent.Entered entered = VrrpEvent.Entered.valueOf(router.state().name());
      effects.tell(
          new VrrpEvent.Renamed(
              subject(), Optional.of(entered), router.priority(), notifications()));
    }
  }

  /** A reload has removed it. */
  void deleted() {
    effects.tell(new VrrpEvent.Deleted(subject(), router.priority(), notifications()));
  }

  private Subject subject() {
    return Subject.instance(router.instance().name());
  }

  private Notifications notifications() {
    return router.instance().notifications();
  }
}
