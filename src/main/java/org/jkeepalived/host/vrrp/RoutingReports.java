package org.jkeepalived.host.vrrp;

import java.util.Optional;
import org.jkeepalived.kernel.HeldObjects;
import org.jkeepalived.linux.SystemCallException;
import org.jkeepalived.linux.netlink.route.RoutingMonitor;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.vrrp.VirtualRouters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on that somebody has removed a route or a rule. Nobody listens to the kernel for it before
 * a configuration has any. Lives on the VRRP thread.
 */
final class RoutingReports {

  private static final Logger LOG = LoggerFactory.getLogger(RoutingReports.class);
  private static final int DATAGRAMS_AT_ONCE = 64;

  private final EventLoop loop;
  private final VirtualRouters routers;
  private final HeldObjects objects;
  private Optional<RoutingMonitor> monitor = Optional.empty();

  RoutingReports(EventLoop loop, VirtualRouters routers, HeldObjects objects) {
    this.loop = loop;
    this.routers = routers;
    this.objects = objects;
  }

  /** Listens from now on, if there is anything to listen for. */
  void listenIfWanted() {
    if (monitor.isPresent() || !routers.hasRouting()) {
      return;
    }
    try {
      RoutingMonitor opened = RoutingMonitor.open(objects::removedOneOf, routers::routingLost);
      monitor = Optional.of(opened);
      loop.watch(opened.fd(), () -> opened.drain(DATAGRAMS_AT_ONCE));
    } catch (SystemCallException e) {
      LOG.warn("{}: routes and rules that somebody removes are not put back", e.getMessage());
    }
  }

  void close() {
    monitor.ifPresent(RoutingMonitor::close);
  }
}
