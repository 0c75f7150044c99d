package org.jkeepalived.host.vrrp;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jkeepalived.host.kernel.KernelSession;
import org.jkeepalived.kernel.HeldObjects;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.kernel.PlacedObject;
import org.jkeepalived.kernel.StaleObjects;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.Configuration;
import org.jkeepalived.vrrp.address.InstanceObjects;

/**
 * What the last run has left in the kernel, and what else is there of what the configuration names.
 * Lives on the VRRP thread.
 */
final class Leftovers {

  private final KernelSession session;
  private final HeldObjects objects;
  private final WantedSettings settings;

  /**
   * @param session knows what the last run has written down
   * @param objects removes it
   * @param settings which of it is to stay as it is
   */
  Leftovers(KernelSession session, HeldObjects objects, WantedSettings settings) {
    this.session = session;
    this.objects = objects;
    this.settings = settings;
  }

  /** Whether the last run has left an IPv6 address behind. */
  boolean nameIpv6() {
    return session.leftBehind().stream().anyMatch(Leftovers::namesIpv6);
  }

  /** An object's kind may be followed by a colon; an IPv6 address has two at least. */
  private static boolean namesIpv6(String object) {
    return object.indexOf(':') != object.lastIndexOf(':');
  }

  /**
   * Has the kernel forget it.
   *
   * @param configuration what is to be there at once need not go before
   * @param done is run when the kernel has answered
   */
  void remove(Configuration configuration, Links links, Runnable done) {
    Set<String> staying = new HashSet<>(settings.journalTexts());
    InstanceObjects.of(configuration.statics())
        .forEach(object -> staying.add(object.journalText()));
    List<PlacedObject> stale = stale(configuration, links, staying);
    // What was written down and is gone may come back as somebody else's.
    staying.addAll(StaleObjects.journalTexts(stale));
    session.forgetAllBut(staying);
    objects.removeStale(stale, done);
  }

  private List<PlacedObject> stale(Configuration configuration, Links links, Set<String> staying) {
    List<KernelObject> configured = InstanceObjects.of(configuration);
    Set<String> lines = new LinkedHashSet<>(session.leftBehind());
    configured.stream()
        .filter(object -> object.kind().isRouting())
        .forEach(object -> lines.add(object.journalText()));
    lines.removeAll(staying);
    return StaleObjects.inOrderOfRemoval(
        StaleObjects.written(lines, name -> links.named(name).map(LinkState::index)),
        StaleObjects.among(KernelAddress.present(links), lines, configured));
  }
}
