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

  private Stranger() {}

  /**
   * @param target whose configuration it speaks like
   * @param from the address that it says it has
   * @param priority 0 to 255
   */
  static Arrival says(
      VrrpInstance target, int segment, InetAddress from, InetAddress to, int priority) {
    Endpoint endpoint = Endpoint.toPeer(1, from, to, VrrpFormat.PROTOCOL_NUMBER, Unicast.MOST_HOPS);
    AdvertisementPayload payload = new AdvertisementPayload(target);
    byte[] room = new byte[2048];
    int length =
        endpoint.wrap(payload.with(priority, endpoint.addressSum()), payload.length(), room);
    Arrival.Packet packet = Arrival.Packet.toPeer(Arrays.copyOf(room, length));
    return new Arrival(segment, Arrival.STRANGER, packet.forwarded(HOPS), false);
  }
}
