package org.jkeepalived.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jkeepalived.linux.SignalDescriptor;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.process.Signals;

/** Turns the process's signals into what they mean. */
final class ControlSignals {

  private static final int INT = 2;

  private ControlSignals() {}

  /**
   * From now on passes on every signal that has a meaning.
   *
   * @param vrrp whose thread watches for the real-time ones
   */
  static void passTo(Consumer<ControlSignal> receiver, VrrpService vrrp)
      throws SystemCallException {
    Signals.receive(INT, number -> receiver.accept(ControlSignal.STOP));
    List<ControlSignal> realTime = new ArrayList<>();
    for (ControlSignal signal : ControlSignal.values()) {
      if (signal.isRealTime()) {
        realTime.add(signal);
      } else {
        Signals.receive(signal.number(), number -> receiver.accept(signal));
      }
    }
    SignalDescriptor descriptor =
        SignalDescriptor.open(
            ControlSignal.realTimeNumbers().stream().mapToInt(Integer::intValue).toArray());
    vrrp.watch(
        descriptor.fd(),
        () -> {
          int number = descriptor.next();
          realTime.stream().filter(signal -> signal.number() == number).forEach(receiver);
        });
  }
}
