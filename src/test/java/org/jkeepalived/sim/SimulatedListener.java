package org.jkeepalived.sim;

import org.jkeepalived.notify.Event;
import org.jkeepalived.vrrp.Effects;
import org.jkeepalived.vrrp.RunningRouter;
import org.jkeepalived.vrrp.State;
import org.jkeepalived.vrrp.VrrpListener;

/** Hears what a simulated process has to say: its transitions matter, and failures of our own. */
record SimulatedListener(Trace trace, Transitions transitions) implements VrrpListener {

  /** Hears of every transition. */
  interface Transitions {
    void transition(RunningRouter router, State from, State to);
  }

  @Override
  public void log(Effects.Level level, String line) {
    trace.say("", () -> "   log: " + line);
  }

  @Override
  public void failed(String line, RuntimeException bug) {
    throw new Violation(line + ": " + bug);
  }

  @Override
  public void changed(RunningRouter router, State from, State to) {
    transitions.transition(router, from, to);
  }

  @Override
  public void happened(Event event) {
    // no script runs
  }
}
