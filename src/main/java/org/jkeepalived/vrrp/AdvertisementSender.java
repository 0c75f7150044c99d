package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jkeepalived.model.Unicast;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.packet.AdvertisementPayload;
import org.jkeepalived.vrrp.packet.ChecksumKind;
import org.jkeepalived.vrrp.packet.OldChecksum;
import org.jkeepalived.vrrp.packet.SecurityAssociation;
import org.jkeepalived.vrrp.transport.DatagramSender;
import org.jkeepalived.vrrp.transport.Endpoint;
import org.jkeepalived.vrrp.transport.InternetChecksum;
import org.jkeepalived.vrrp.transport.SequenceNumber;

/** One virtual router's advertisement, and the endpoints that it goes to. */
final class AdvertisementSender {

  private final DatagramSender sender;
  private final AdvertisementPayload payload;
  private final SecurityAssociation association;
  private final List<Endpoint> endpoints;

  /** For each endpoint the sum of the addresses that the checksum covers. */
  private final int[] addressSums;

  /**
   * @param place the link that it speaks on, and the address that it speaks from
   */
  AdvertisementSender(VrrpInstance instance, Attachment place, DatagramSender sender) {
    this(instance, place, sender, peer -> false, new SequenceNumber());
  }

  /**
   * @param sequence of the authenticated packets that were sent and believed
   * @param old whether a peer makes checksums of the {@linkplain ChecksumKind#OLD_UNICAST old kind}
   */
  AdvertisementSender(
      VrrpInstance instance,
      Attachment place,
      DatagramSender sender,
      Predicate<InetAddress> old,
      SequenceNumber sequence) {
    this.sender = sender;
    payload = new AdvertisementPayload(instance);
    association = new SecurityAssociation(instance, sequence);
    endpoints =
        endpoints(instance, place, association.protocol()).stream()
            .map(endpoint -> association.protect(endpoint, place.sourceBytes()))
            .toList();
    boolean allOld = ChecksumKind.of(instance) == ChecksumKind.OLD_UNICAST;
    OldChecksum oldChecksum = new OldChecksum(instance);
    addressSums =
        endpoints.stream()
            .mapToInt(
                endpoint ->
                    allOld || oldChecksum.isBelieved() && old.test(endpoint.destination())
                        ? oldChecksum.addressSum(sum(place.sourceBytes()))
                        : endpoint.addressSum())
            .toArray();
  }

  private static int sum(byte[] address) {
    return InternetChecksum.sum(address, 0, address.length);
  }

  private static List<Endpoint> endpoints(VrrpInstance instance, Attachment place, int protocol) {
    if (instance.key().group().isPresent() && !place.isEthernet()) {
      return List.of(
          Endpoint.toPeer(
              place.linkIndex(),
              place.source(),
              instance.key().group().get(),
              protocol,
              Unicast.MOST_HOPS));
    }
    if (instance.key().group().isPresent()) {
      return List.of(
          Endpoint.toGroup(
              place.linkIndex(),
              place.hardwareAddress(),
              place.source(),
              instance.key().group().get(),
              protocol));
    }
    Unicast unicast = instance.protocol().unicast();
    List<Endpoint> peers = new ArrayList<>();
    for (Unicast.Peer peer : unicast.peers()) {
      if (!peer.address().equals(place.source())) {
        peers.add(
            Endpoint.toPeer(
                place.linkIndex(), place.source(), peer.address(), protocol, unicast.hopLimit()));
      }
    }
    return List.copyOf(peers);
  }

  /** Whether {@code instance} would speak to itself: it is left out. */
  static boolean isOwnPeer(VrrpInstance instance, InetAddress source) {
    return instance.protocol().unicast().peers().stream()
        .anyMatch(peer -> peer.address().equals(source));
  }

  /**
   * Sends one advertisement to each endpoint.
   *
   * @param priority 0 to 255
   * @return how many of them the kernel did not take
   */
  int send(int priority) {
    association.advance();
    int refused = 0;
    for (int i = 0; i < endpoints.size(); i++) {
      Endpoint endpoint = endpoints.get(i);
      byte[] bytes = payload.with(priority, addressSums[i]);
      if (!sender.send(endpoint, bytes, payload.length())) {
        refused++;
      }
    }
    return refused;
  }
}
