package org.jkeepalived.sim;

import java.util.OptionalInt;
import java.util.function.IntConsumer;
import org.jkeepalived.linux.Readiness;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.loop.Wait;

/**
 * What the loop of a simulated process waits with: virtual time, and the frames that its machine
 * has kept. It never waits: the simulation has the loop take a turn when there is something to do.
 */
final class VirtualWait implements Wait {

  /** The one descriptor there is: all of a machine's links. */
  static final int LINKS = 3;

  private final SimulatedNode node;
  private OptionalInt watched = OptionalInt.empty();
  private IntConsumer whenReady = told -> {};

  VirtualWait(SimulatedNode node) {
    this.node = node;
  }

  @Override
  public long nowNanos() {
    return node.clockNanos();
  }

  @Override
  public void watch(int fd, Readiness readiness, IntConsumer then) {
    watched = OptionalInt.of(fd);
    whenReady = then;
  }

  @Override
  public void forget(int fd) {
    watched = OptionalInt.empty();
  }

  @Override
  public void drop(int fd) {
    forget(fd);
  }

  @Override
  public int await(long mostNanos) {
    if (node.sabotage() == Sabotage.TIMERS_FIRST) {
      fireTimers(node.loop());
    }
    if (watched.isEmpty() || !node.links().hasQueued()) {
      return 0;
    }
    whenReady.accept(0);
    return node.sabotage() == Sabotage.SHORT_SIGHTED ? 0 : 1;
  }

  private void fireTimers(EventLoop loop) {
    while (loop.timers().fireNext(nowNanos())) {
      // all that matters happens in the condition
    }
  }

  @Override
  public void wake() {
    node.wakeSoon();
  }

  @Override
  public void close() {
    watched = OptionalInt.empty();
  }
}
