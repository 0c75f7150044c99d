package org.jkeepalived.sim;

import java.net.InetAddress;
import java.util.Arrays;
import org.jkeepalived.model.Unicast;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.packet.AdvertisementPayload;
import org.jkeepalived.vrrp.packet.VrrpFormat;
import org.jkeepalived.vrrp.transport.Endpoint;

/**
 * A machine that is nobody's peer, and knows everything else: it sends what a node would believe if
 * a peer sent it.
 */
final class Stranger {

  /** How many routers are between it and everybody else: more than between peers. */
  private static final int HOPS = 9;

  private static final byte[] MAC = {2, 0, 0, 0, 9, 9};

  private Stranger() {}

  /**
   * A copy of the machine that hears it: it speaks from the same address, and is nobody to go by.
   *
   * @param target whose configuration it speaks like
   * @param from the address that both have
   * @param priority 0 to 255
   */
  static Arrival copies(VrrpInstance target, int segment, InetAddress from, int priority) {
    Endpoint endpoint =
        target.key().isUnicast()
            ? Endpoint.toPeer(1, from, from, VrrpFormat.PROTOCOL_NUMBER, Unicast.MOST_HOPS)
            : Endpoint.toGroup(
                1, MAC, from, target.key().group().orElseThrow(), VrrpFormat.PROTOCOL_NUMBER);
    byte[] bytes = made(endpoint, target, priority);
    Arrival.Packet packet =
        target.key().isUnicast() ? Arrival.Packet.toPeer(bytes) : Arrival.Packet.toGroup(bytes);
    return new Arrival(segment, Arrival.COPY, packet, false);
  }

  private static byte[] made(Endpoint endpoint, VrrpInstance target, int priority) {
    AdvertisementPayload payload = new AdvertisementPayload(target);
    byte[] room = new byte[2048];
    int length =
        endpoint.wrap(payload.with(priority, endpoint.addressSum()), payload.length(), room);
    return Arrays.copyOf(room, length);
  }

  /**
   * @param target whose configuration it speaks like
   * @param from the address that it says it has
   * @param priority 0 to 255
   */
  static Arrival says(
      VrrpInstance target, int segment, InetAddress from, InetAddress to, int priority) {
    Endpoint endpoint = Endpoint.toPeer(1, from, to, VrrpFormat.PROTOCOL_NUMBER, Unicast.MOST_HOPS);
    Arrival.Packet packet = Arrival.Packet.toPeer(made(endpoint, target, priority));
    return new Arrival(segment, Arrival.STRANGER, packet.forwarded(HOPS), false);
  }
}
