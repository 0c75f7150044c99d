package org.jkeepalived.sim;

import java.net.InetAddress;
import java.util.Arrays;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.packet.AdvertisementPayload;
import org.jkeepalived.vrrp.packet.VrrpFormat;
import org.jkeepalived.vrrp.transport.UnicastEndpoint;

/**
 * A machine that is nobody's peer, and knows everything else: it sends what a node would believe if
 * a peer sent it.
 */
final class Stranger {

  private static final int HOP_LIMIT = 255;

  private Stranger() {}

  /**
   * @param target whose configuration it speaks like
   * @param priority 0 to 255
   */
  static Arrival says(VrrpInstance target, int segment, InetAddress to, int priority) {
    UnicastEndpoint endpoint =
        new UnicastEndpoint(
            1, ScenarioDice.strangersAddress(segment), to, VrrpFormat.PROTOCOL_NUMBER, HOP_LIMIT);
    AdvertisementPayload payload = new AdvertisementPayload(target);
    byte[] room = new byte[2048];
    int length =
        endpoint.wrap(payload.with(priority, endpoint.addressSum()), payload.length(), room);
    Arrival.Packet packet = Arrival.Packet.toPeer(Arrays.copyOf(room, length));
    return new Arrival(segment, Arrival.STRANGER, packet, false);
  }
}
