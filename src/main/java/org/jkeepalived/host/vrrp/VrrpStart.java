package org.jkeepalived.host.vrrp;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.routing.Routing;
import org.jkeepalived.time.SecondsText;
import org.jkeepalived.vrrp.VirtualRouters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be done before the first virtual router starts: the kernel has forgotten what the last
 * run left behind, every port has answered, and the delay that the operator wants is over. Lives on
 * the VRRP thread.
 */
final class VrrpStart {

  private static final Logger LOG = LoggerFactory.getLogger(VrrpStart.class);

  private final EventLoop loop;
  private final VirtualRouters routers;
  private final Leftovers leftovers;
  private final MadeLinks madeLinks;
  private final StartupDelay delay;
  private final CompletableFuture<Optional<String>> ready = new CompletableFuture<>();

  private boolean staleObjectsGone;
  private boolean linksMade;
  private boolean starting;
  private boolean stopping;

  /**
   * @param leftovers must be gone first
   * @param madeLinks makes the links of virtual routers
   */
  VrrpStart(
      EventLoop loop,
      VirtualRouters routers,
      Leftovers leftovers,
      MadeLinks madeLinks,
      StartupDelay delay) {
    this.loop = loop;
    this.routers = routers;
    this.leftovers = leftovers;
    this.madeLinks = madeLinks;
    this.delay = delay;
  }

  /** Done when virtual routers start, or wait for the delay only: empty, or why they cannot. */
  CompletableFuture<Optional<String>> ready() {
    return ready;
  }

  /** Nothing can start. */
  void refuse(String reason) {
    ready.complete(Optional.of(reason));
  }

  /** Whether the configuration names an IPv6 address, or the last run has left one behind. */
  boolean concernsIpv6() {
    return routers.configuration().speaksIpv6() || leftovers.nameIpv6();
  }

  /** Has the kernel forget what the last run put into it, and what the configuration names. */
  void removeStaleObjects() {
    Configuration configuration = routers.configuration();
    configuration
        .instances()
        .forEach(
            instance -> {
              logRouting(instance);
              LOG.debug("({}) removing VIPs.", instance.name());
            });
    leftovers.remove(
        configuration,
        routers.links(),
        () -> {
          staleObjectsGone = true;
          madeLinks.make(routers.configuration(), this::linksMade);
        });
    routers.addStatics();
  }

  private static void logRouting(VrrpInstance instance) {
    Routing routing = instance.addresses().routing();
    if (!routing.rules().isEmpty()) {
      LOG.debug("({}) removing Virtual Rules", instance.name());
    }
    if (!routing.routes().isEmpty()) {
      LOG.debug("({}) removing Virtual Routes", instance.name());
    }
  }

  private void linksMade() {
    linksMade = true;
    whenPossible();
  }

  /** Starts virtual routers, once, if nothing has to be waited for any more. */
  void whenPossible() {
    if (starting || stopping || !staleObjectsGone || !linksMade || !routers.portsAnswered()) {
      return;
    }
    starting = true;
    long delayNanos = delay.remainingNanos();
    if (delayNanos > 0) {
      LOG.info("Delaying startup for {} seconds", SecondsText.of(delayNanos, 2));
      loop.timers()
          .timer((deadline, now) -> startUnlessStopping())
          .arm(loop.nowNanos() + delayNanos);
    } else {
      routers.start();
    }
    ready.complete(Optional.empty());
  }

  private void startUnlessStopping() {
    if (!stopping) {
      routers.start();
    }
  }

  /** Nothing starts any more. */
  void stop() {
    stopping = true;
  }

  /** Whether {@link #stop} was called. */
  boolean isStopped() {
    return stopping;
  }
}
