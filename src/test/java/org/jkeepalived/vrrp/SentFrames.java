package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Arrays;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.packet.AdvertisementPayload;
import org.jkeepalived.vrrp.packet.VrrpFormat;
import org.jkeepalived.vrrp.transport.Endpoint;

/** What a virtual router sends, one after the other, as the bytes that leave the machine. */
public final class SentFrames {

  private final AdvertisementPayload payload;
  private final Endpoint endpoint;
  private final byte[] packet = new byte[2048];

  private SentFrames(VrrpInstance instance, Endpoint endpoint) {
    payload = new AdvertisementPayload(instance);
    this.endpoint = endpoint;
  }

  /** Ethernet frames to the instance's group. */
  public SentFrames(VrrpInstance instance, byte[] hardwareAddress, InetAddress source) {
    this(
        instance,
        Endpoint.toGroup(
            1,
            hardwareAddress,
            source,
            instance.key().group().orElseThrow(),
            VrrpFormat.PROTOCOL_NUMBER));
  }

  /** IP packets to a peer. */
  public static SentFrames toPeer(
      VrrpInstance instance, InetAddress source, InetAddress peer, int hopLimit) {
    return new SentFrames(
        instance, Endpoint.toPeer(1, source, peer, VrrpFormat.PROTOCOL_NUMBER, hopLimit));
  }

  /** The next one. */
  public byte[] next(int priority) {
    byte[] bytes = payload.with(priority, endpoint.addressSum());
    return Arrays.copyOf(packet, endpoint.wrap(bytes, payload.length(), packet));
  }
}
