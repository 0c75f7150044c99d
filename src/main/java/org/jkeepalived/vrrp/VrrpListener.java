package org.jkeepalived.vrrp;

import org.jkeepalived.notify.Event;

/** Hears what virtual routers and sync groups do, on their owner's thread. May not block. */
public interface VrrpListener extends Event.Listener {

  /** A line for the operator. */
  void log(Effects.Level level, String line);

  /**
   * A line for the operator about one virtual router.
   *
   * @param state its own, or that which the line says it enters
   */
  default void log(VirtualRouter router, State state, Effects.Level level, String line) {
    log(level, line);
  }

  /**
   * A failure of our own code.
   *
   * @param line what it was about
   */
  void failed(String line, RuntimeException bug);

  /** The state of a virtual router changed; everything that this entails has been asked for. */
  default void changed(RunningRouter router, State from, State to) {
    // what scripts and mail are told comes as an event
  }
}
