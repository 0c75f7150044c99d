package org.jkeepalived.control;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jkeepalived.host.vrrp.VrrpService;
import org.jkeepalived.linux.SignalDescriptor;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.process.Signals;

/** Turns the process's signals into what they mean. */
public final class ControlSignals {

  private static final int INT = 2;

  private ControlSignals() {}

  /** From now on passes on every signal that has a meaning, and is not a real-time one. */
  public static void passTo(Consumer<ControlSignal> receiver) {
    Signals.receive(INT, number -> receiver.accept(ControlSignal.STOP));
    for (ControlSignal signal : ControlSignal.values()) {
      if (!signal.isRealTime()) {
        Signals.receive(signal.number(), number -> receiver.accept(signal));
      }
    }
  }

  /**
   * Passes on the real-time ones, which wait until now.
   *
   * @param vrrp whose thread watches for them
   */
  public static void passRealTimeTo(Consumer<ControlSignal> receiver, VrrpService vrrp)
      throws SystemCallException {
    List<ControlSignal> realTime =
        Arrays.stream(ControlSignal.values()).filter(ControlSignal::isRealTime).toList();
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
