package org.jkeepalived.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jkeepalived.linux.process.Signals;

/** The process's signals, by their numbers, and what they mean. */
final class ControlSignals {

  private static final int INT = 2;

  private ControlSignals() {}

  /** The numbers of all that have a meaning, each once. */
  static List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>(List.of(INT));
    for (ControlSignal signal : ControlSignal.values()) {
      numbers.add(signal.number());
    }
    return List.copyOf(numbers);
  }

  /**
   * What a signal means.
   *
   * @throws IllegalArgumentException it is none of {@link #numbers}
   */
  static ControlSignal of(int number) {
    if (number == INT) {
      return ControlSignal.STOP;
    }
    for (ControlSignal signal : ControlSignal.values()) {
      if (signal.number() == number) {
        return signal;
      }
    }
    throw new IllegalArgumentException("means nothing: " + number);
  }

  /**
   * Takes care of those that the launcher did not block: no signalfd gets them. The Java VM's own
   * handlers pass them on, and real-time ones, for which it has none, are ignored, or they would
   * end the process.
   */
  static void passUnblocked(Consumer<ControlSignal> receiver) {
    for (int number : Signals.unblocked(numbers())) {
      ControlSignal signal = of(number);
      if (signal.isRealTime()) {
        Signals.ignore(number);
      } else {
        Signals.receive(number, again -> receiver.accept(signal));
      }
    }
  }
}
