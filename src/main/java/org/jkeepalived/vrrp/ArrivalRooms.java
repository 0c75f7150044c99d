package org.jkeepalived.vrrp;

import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import org.jkeepalived.link.LinkState;
import org.jkeepalived.link.Links;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.packet.AdvertisementPayload;
import org.jkeepalived.vrrp.packet.SecurityAssociation;
import org.jkeepalived.vrrp.transport.DatagramSender;
import org.jkeepalived.vrrp.transport.Ipv4Header;
import org.jkeepalived.vrrp.transport.Ipv6Header;

/** How much of what others send may wait to be read, for those that share a socket. */
final class ArrivalRooms {

  /** That of Ethernet, for a link that is not there yet and for packets that come over any. */
  private static final int USUAL_MTU = 1500;

  private ArrivalRooms() {}

  /** The length of an instance's advertisements, with their IP header. */
  static int packetBytes(VrrpInstance instance) {
    int header =
        instance.key().family() == AddressFamily.IPV4
            ? Ipv4Header.BYTES + SecurityAssociation.headerBytes(instance)
            : Ipv6Header.BYTES;
    return header + AdvertisementPayload.length(instance);
  }

  /** That of one of them; empty where it says nothing. */
  static OptionalLong of(VrrpInstance instance, Optional<LinkState> link) {
    return instance
        .conduct()
        .room()
        .bytes(link.map(LinkState::mtu).orElse(USUAL_MTU), packetBytes(instance));
  }

  /** COMPAT: those that say something count, as if they were alone. */
  static OptionalLong sum(OptionalLong one, OptionalLong other) {
    return one.isPresent() || other.isPresent()
        ? OptionalLong.of(one.orElse(0) + other.orElse(0))
        : OptionalLong.empty();
  }

  /** Makes it for those that speak to peers, who share one socket of their family. */
  static void tell(DatagramSender datagrams, Collection<RunningRouter> routers, Links links) {
    for (AddressFamily family : AddressFamily.values()) {
      OptionalLong room = OptionalLong.empty();
      for (RunningRouter running : routers) {
        VrrpInstance instance = running.router().instance();
        if (instance.key().isUnicast() && instance.key().family() == family) {
          room = sum(room, of(instance, links.named(instance.key().interfaceName())));
        }
      }
      datagrams.makeRoom(family, room);
    }
  }
}
