package org.jkeepalived.host.vrrp;

import java.util.Set;
import java.util.stream.Collectors;
import org.jkeepalived.kernel.HeldObjects;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelLink;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;

/**
 * Passes on what happens to links and addresses to whoever holds the address that went, after the
 * virtual routers have heard of it. Lives on the VRRP thread.
 */
final class KernelReports implements LinkEvents {

  private final Links links;
  private final HeldObjects objects;
  private final WantedSettings wantedSettings;
  private final VrrpStart start;

  /**
   * @param wantedSettings hears of each link that there is
   * @param start looks again when links are fewer, or all known
   */
  KernelReports(Links links, HeldObjects objects, WantedSettings wantedSettings, VrrpStart start) {
    this.links = links;
    this.objects = objects;
    this.wantedSettings = wantedSettings;
    this.start = start;
  }

  @Override
  public void linkChanged(LinkState link) {
    wantedSettings.linkChanged(link);
  }

  @Override
  public void linkRemoved(LinkState link) {
    objects.removed(new KernelLink.Key(link.name()));
    if (links.numbered(link.index()).isEmpty()) {
      objects.linkRemoved(link.index());
    }
    wantedSettings.linkRemoved(link);
    start.whenPossible();
  }

  @Override
  public void addressRemoved(LinkAddress address) {
    objects.removed(KernelAddress.key(address));
  }

  @Override
  public void resynchronised() {
    objects.resynchronised(KernelObject.Kind.ADDRESS, KernelAddress.presentKeys(links));
    objects.resynchronised(KernelObject.Kind.LINK, presentLinks());
    start.whenPossible();
  }

  private Set<KernelObject.Key> presentLinks() {
    return links.all().stream()
        .map(link -> new KernelLink.Key(link.name()))
        .collect(Collectors.toSet());
  }
}
