package org.jkeepalived.host.vrrp;

import org.jkeepalived.kernel.HeldObjects;
import org.jkeepalived.kernel.KernelAddress;
import org.jkeepalived.kernel.KernelObject;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what the kernel reports of links and addresses: first to the links, then to whoever
 * holds the address that went. Lives on the VRRP thread.
 */
final class KernelReports implements LinkEvents {

  private static final Logger LOG = LoggerFactory.getLogger(KernelReports.class);

  private final Links links;
  private final HeldObjects objects;
  private final PromotedLinks promotion;
  private final VrrpStart start;
  private final boolean logAddresses;

  /**
   * @param promotion hears of each link that there is
   * @param start looks again when links are fewer, or all known
   * @param logAddresses {@code -a}: log every address that comes or goes
   */
  KernelReports(
      Links links,
      HeldObjects objects,
      PromotedLinks promotion,
      VrrpStart start,
      boolean logAddresses) {
    this.links = links;
    this.objects = objects;
    this.promotion = promotion;
    this.start = start;
    this.logAddresses = logAddresses;
  }

  @Override
  public void linkChanged(LinkState link) {
    links.linkChanged(link);
    promotion.changed(link);
  }

  @Override
  public void linkRemoved(LinkState link) {
    links.linkRemoved(link);
    start.whenPossible();
  }

  @Override
  public void addressAdded(LinkAddress address) {
    log(address, "added to");
    links.addressAdded(address);
  }

  @Override
  public void addressRemoved(LinkAddress address) {
    log(address, "removed from");
    links.addressRemoved(address);
    objects.removed(KernelAddress.key(address));
  }

  private void log(LinkAddress address, String what) {
    if (logAddresses) {
      LOG.info(
          "Netlink reflector reports IP {} {} {}",
          address.local().getHostAddress(),
          what,
          links.numbered(address.linkIndex()).map(LinkState::name).orElse("?"));
    }
  }

  @Override
  public void resynchronised() {
    links.resynchronised();
    objects.resynchronised(KernelObject.Kind.ADDRESS, KernelAddress.presentKeys(links));
    start.whenPossible();
  }
}
