package org.jkeepalived.lab;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for conditions, with a deadline that is never the point of a test. */
final class Await {

  /**
   * How long anything may take on a machine that is busy with other things: far beyond every timer
   * of the protocol, so that a test that runs into it has found a fault and not a slow machine.
   */
  static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final long PAUSE_MILLIS = 40;

  private Await() {}

  /** Waits until a condition holds; after {@link #PATIENCE} fails and says what was waited for. */
  static void until(String what, BooleanSupplier condition) {
    until(what, condition, () -> "");
  }

  /** The same, with a last look at things for the failure's message. */
  static void until(String what, BooleanSupplier condition, Supplier<String> evidence) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError(
            "waited " + PATIENCE.toSeconds() + " s in vain: " + what + "\n" + evidence.get());
      }
      pause();
    }
  }

  static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
