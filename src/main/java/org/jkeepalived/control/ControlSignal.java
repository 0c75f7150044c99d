package org.jkeepalived.control;

import java.util.Optional;

/**
 * What a signal tells the daemon to do, with the numbers that {@code --signum} prints.
 *
 * <p>COMPAT: seen with keepalived 2.2.7 on Linux with glibc, whose first real-time signal is 34 and
 * whose last is 64; that build knows no TDATA.
 */
public enum ControlSignal {
  STOP(15),
  RELOAD(1),
  DATA(10),
  STATS(12),
  STATS_CLEAR(63),
  JSON(36),
  TDATA(64);

  /** The first real-time signal: the Java VM has no handler for these. */
  private static final int FIRST_REAL_TIME = 32;

  private final int number;

  ControlSignal(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** True for a signal that reaches a Java process by a signalfd only. */
  boolean isRealTime() {
    return number >= FIRST_REAL_TIME;
  }

  /** The signal for a name as {@code --signum} takes it: exactly, in capitals. */
  public static Optional<ControlSignal> named(String name) {
    for (ControlSignal signal : values()) {
      if (signal.name().equals(name)) {
        return Optional.of(signal);
      }
    }
    return Optional.empty();
  }
}
