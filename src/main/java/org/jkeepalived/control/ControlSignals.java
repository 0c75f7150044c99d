package org.jkeepalived.control;

import java.util.function.Consumer;
import org.jkeepalived.linux.process.Signals;

/** Turns the process's signals into what they mean. */
public final class ControlSignals {

  private static final int INT = 2;

  private ControlSignals() {}

  /**
   * From now on passes on every signal that has a meaning, on threads of the Java VM's own. The
   * real-time ones come by {@link Control}; where nobody can receive them, they are ignored.
   */
  public static void passTo(Consumer<ControlSignal> receiver) {
    Signals.ignoreUnblocked(ControlSignal.realTimeNumbers());
    Signals.receive(INT, number -> receiver.accept(ControlSignal.STOP));
    for (ControlSignal signal : ControlSignal.values()) {
      if (!signal.isRealTime()) {
        Signals.receive(signal.number(), number -> receiver.accept(signal));
      }
    }
  }
}
