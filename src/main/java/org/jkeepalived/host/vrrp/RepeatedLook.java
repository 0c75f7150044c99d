package org.jkeepalived.host.vrrp;

import org.jkeepalived.linux.netlink.route.RouteMonitor;
import org.jkeepalived.time.TimerQueue;
import org.jkeepalived.time.TimerQueue.Timer;
import org.jkeepalived.vrrp.VirtualRouters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what the kernel has refused: ports that could not be opened, links that could not be
 * read. Lives on the VRRP thread.
 */
final class RepeatedLook {

  private static final Logger LOG = LoggerFactory.getLogger(RepeatedLook.class);

  private static final long INTERVAL_NANOS = 5_000_000_000L;

  private final VirtualRouters routers;
  private final RouteMonitor monitor;
  private final Timer timer;

  RepeatedLook(TimerQueue timers, VirtualRouters routers, RouteMonitor monitor) {
    this.routers = routers;
    this.monitor = monitor;
    timer = timers.timer((deadlineNanos, nowNanos) -> look(nowNanos));
  }

  /** Begins; there is no end but the loop's. */
  void begin(long nowNanos) {
    timer.arm(nowNanos + INTERVAL_NANOS);
  }

  private void look(long nowNanos) {
    routers.retryPorts();
    if (monitor.problem().isPresent()) {
      LOG.warn("{}: reading links and addresses again", monitor.problem().get());
      monitor.resynchronise();
    }
    timer.arm(nowNanos + INTERVAL_NANOS);
  }
}
