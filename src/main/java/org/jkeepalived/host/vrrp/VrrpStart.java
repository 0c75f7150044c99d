package org.jkeepalived.host.vrrp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jkeepalived.host.kernel.KernelSession;
import org.jkeepalived.kernel.HeldObjects;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.PlacedObject;
import org.jkeepalived.kernel.StaleObjects;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.loop.EventLoop;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.model.routing.Routing;
import org.jkeepalived.time.SecondsText;
import org.jkeepalived.vrrp.VirtualRouters;
import org.jkeepalived.vrrp.address.InstanceObjects;
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
  private final KernelSession kernel;
  private final HeldObjects objects;
  private final MadeLinks madeLinks;
  private final StartupDelay delay;
  private final CompletableFuture<Optional<String>> ready = new CompletableFuture<>();

  private boolean staleObjectsGone;
  private boolean linksMade;
  private boolean starting;
  private boolean stopping;

  /**
   * @param kernel knows what the last run has written down
   * @param objects removes what is stale
   * @param madeLinks makes the links of virtual routers
   */
  VrrpStart(
      EventLoop loop,
      VirtualRouters routers,
      KernelSession kernel,
      HeldObjects objects,
      MadeLinks madeLinks,
      StartupDelay delay) {
    this.loop = loop;
    this.routers = routers;
    this.kernel = kernel;
    this.objects = objects;
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
    return routers.configuration().speaksIpv6()
        || kernel.leftBehind().stream().anyMatch(VrrpStart::namesIpv6);
  }

  /** An object's kind may be followed by a colon; an IPv6 address has two at least. */
  private static boolean namesIpv6(String object) {
    return object.indexOf(':') != object.lastIndexOf(':');
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
    List<PlacedObject> stale = stale(configuration);
    // What was written down and is gone may come back as somebody else's.
    Set<String> kept = new HashSet<>(StaleObjects.journalTexts(stale));
    InstanceObjects.of(configuration.statics()).forEach(object -> kept.add(object.journalText()));
    kernel.forgetAllBut(kept);
    objects.removeStale(
        stale,
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

  /** The rules and routes first: some lead over the addresses. */
  private List<PlacedObject> stale(Configuration configuration) {
    List<KernelObject> configured = InstanceObjects.of(configuration);
    Set<String> lines = new LinkedHashSet<>(kernel.leftBehind());
    configured.stream()
        .filter(object -> object.kind().isRouting())
        .forEach(object -> lines.add(object.journalText()));
    // what is to be there at once need not go before
    InstanceObjects.of(configuration.statics())
        .forEach(object -> lines.remove(object.journalText()));
    List<PlacedObject> stale =
        new ArrayList<>(
            StaleObjects.written(lines, name -> routers.links().named(name).map(LinkState::index)));
    Collections.reverse(stale);
    stale.addAll(StaleObjects.among(KernelAddress.present(routers.links()), lines, configured));
    return stale;
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
