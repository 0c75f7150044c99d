package org.jkeepalived.lvs;

import java.util.Collection;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jkeepalived.time.TimerQueue;

/** {@code slow_start}: the steps by which servers of a pool get their weight back. */
final class SlowSteps {

  private final Collection<PoolServer> servers;
  private final Runnable step;
  private final Consumer<PoolServer> over;
  private final TimerQueue.Timer timer;

  /**
   * @param servers of the pool, as they are each time
   * @param step some server's weight is another one now
   * @param over hears of a server that has its whole weight
   */
  SlowSteps(
      TimerQueue timers, Collection<PoolServer> servers, Runnable step, Consumer<PoolServer> over) {
    this.servers = servers;
    this.step = step;
    this.over = over;
    timer = timers.timer((deadline, now) -> take(now));
  }

  /** Waits for the next step of any server. */
  void arm(long nowNanos) {
    servers.stream()
        .map(server -> server.slowStart().nextNanos(nowNanos))
        .flatMapToLong(OptionalLong::stream)
        // by difference: the clock may wrap
        .map(next -> next - nowNanos)
        .min()
        .ifPresent(inNanos -> timer.arm(nowNanos + inNanos));
  }

  private void take(long nowNanos) {
    step.run();
    for (PoolServer server : servers) {
      if (server.slowStart().passes(nowNanos)) {
        over.accept(server);
      }
    }
    arm(nowNanos);
  }

  void end() {
    timer.disarm();
  }
}
