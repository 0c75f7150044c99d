package org.jkeepalived.sim;

import java.util.SplittableRandom;

/**
 * When the loop of a machine's process takes its turns: a little after there is something to do, by
 * a clock that is not quite right, and never while the machine is paused.
 */
final class Turns {

  private final SimulatedNode node;
  private final DriftingClock clock;
  private final SplittableRandom random;
  private long lifeNumber;
  private long nextNanos = Long.MAX_VALUE;

  Turns(SimulatedNode node, DriftingClock clock, SplittableRandom random) {
    this.node = node;
    this.clock = clock;
    this.random = random;
  }

  /** A process began or ended: what its predecessor was waiting for does not happen. */
  void newLife() {
    lifeNumber++;
    cancel();
  }

  void cancel() {
    nextNanos = Long.MAX_VALUE;
  }

  /** Happens unless this run of the process has ended by then. */
  void atWhileAlive(long atNanos, Runnable step) {
    long life = lifeNumber;
    node.world()
        .time()
        .at(
            atNanos,
            () -> {
              if (life == lifeNumber) {
                step.run();
              }
            });
  }

  void wakeSoon() {
    wakeAt(node.now() + latenessNanos());
  }

  private long latenessNanos() {
    return random.nextLong(node.world().scenario().limits().wakeNanos() + 1);
  }

  private void wakeAt(long atNanos) {
    if (!node.isAlive() || node.isPaused() || nextNanos <= atNanos) {
      return;
    }
    nextNanos = atNanos;
    node.world()
        .time()
        .at(
            atNanos,
            () -> {
              if (nextNanos == atNanos) {
                cancel();
                turn();
              }
            });
  }

  /** Takes a turn now; the next one comes when there is something to do. */
  void turn() {
    node.turn();
    long waitNanos = node.links().hasQueued() ? 0 : node.loop().nanosToWait();
    if (waitNanos == 0) {
      wakeAt(node.now());
    } else if (waitNanos != Long.MAX_VALUE) {
      wakeAt(clock.whenElapsed(waitNanos) + latenessNanos());
    }
  }
}
