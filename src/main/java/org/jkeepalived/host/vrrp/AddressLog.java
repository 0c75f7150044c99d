package org.jkeepalived.host.vrrp;

import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkEvents;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.NumericAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code -a}: logs every address that comes or goes, before what follows from it is logged. */
final class AddressLog implements LinkEvents {

  private static final Logger LOG = LoggerFactory.getLogger(AddressLog.class);

  private final Links links;

  AddressLog(Links links) {
    this.links = links;
  }

  @Override
  public void addressAdded(LinkAddress address) {
    log(address, "added to");
  }

  @Override
  public void addressRemoved(LinkAddress address) {
    log(address, "removed from");
  }

  private void log(LinkAddress address, String what) {
    LOG.info(
        "Netlink reflector reports IP {} {} {}",
        NumericAddress.of(address.local()),
        what,
        links.numbered(address.linkIndex()).map(LinkState::name).orElse("?"));
  }
}
