package org.jkeepalived.linux.netlink.route;

import java.util.Optional;
import org.jkeepalived.link.LinkAddress;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.linux.netlink.MessageReader;

/** What one notification says. */
public sealed interface RouteChange {

  /** The link is there as described, or, if not present, gone. */
  record Link(boolean present, LinkState link) implements RouteChange {
    @Override
    public void tell(Links links) {
      if (present) {
        links.linkChanged(link);
      } else {
        links.linkRemoved(link);
      }
    }
  }

  /** The address is there as described, or, if not present, gone. */
  record Address(boolean present, LinkAddress address) implements RouteChange {
    @Override
    public void tell(Links links) {
      if (present) {
        links.addressAdded(address);
      } else {
        links.addressRemoved(address);
      }
    }
  }

  /** A link forwards IPv6, or not. */
  record Forwarding(int linkIndex, boolean forwards) implements RouteChange {
    @Override
    public void tell(Links links) {
      links.forwardingChanged(linkIndex, forwards);
    }
  }

  /** Writes down what it says. */
  void tell(Links links);

  /** Empty for what does not concern us, and for what cannot be understood. */
  static Optional<RouteChange> decode(MessageReader message) {
    return switch (message.type()) {
      case RouteMessages.RTM_NEWLINK ->
          RouteMessages.link(message).map(link -> new Link(true, link));
      case RouteMessages.RTM_DELLINK ->
          RouteMessages.link(message).map(link -> new Link(false, link));
      case RouteMessages.RTM_NEWADDR ->
          RouteMessages.address(message).map(address -> new Address(true, address));
      case RouteMessages.RTM_DELADDR ->
          RouteMessages.address(message).map(address -> new Address(false, address));
      case RouteMessages.RTM_NEWNETCONF ->
          RouteMessages.forwarding(message)
              .map(told -> new Forwarding(told.linkIndex(), told.forwards()));
      default -> Optional.empty();
    };
  }
}
