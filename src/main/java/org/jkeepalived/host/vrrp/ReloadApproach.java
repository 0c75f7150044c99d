package org.jkeepalived.host.vrrp;

import java.util.ArrayList;
import java.util.List;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.vrrp.ReloadPlan;
import org.jkeepalived.vrrp.VirtualRouters;

/**
 * What a reload waits for before it is carried out: that the ports of links are open which have
 * just been made for virtual routers. A master stays master on its way from one link to the other.
 * Lives on the VRRP thread.
 */
final class ReloadApproach {

  /** How long to wait; who has no port by then is in FAULT until it has one. */
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  private final EventLoop loop;
  private final VirtualRouters routers;
  private final TimerQueue.Timer patience;
  private final List<Runnable> waiting = new ArrayList<>();

  ReloadApproach(EventLoop loop, VirtualRouters routers) {
    this.loop = loop;
    this.routers = routers;
    patience = loop.timers().timer((deadline, now) -> goOn());
  }

  /** Runs a step once the ports are open that a plan needs, or have failed. */
  void await(ReloadPlan plan, Runnable step) {
    if (!routers.openAhead(plan)) {
      step.run();
      return;
    }
    waiting.add(step);
    patience.arm(loop.nowNanos() + PATIENCE_NANOS);
  }

  /** A port has answered. */
  void goOnWhenAnswered() {
    if (!waiting.isEmpty() && routers.portsAnswered()) {
      goOn();
    }
  }

  private void goOn() {
    patience.disarm();
    List<Runnable> ready = List.copyOf(waiting);
    waiting.clear();
    ready.forEach(Runnable::run);
  }
}
