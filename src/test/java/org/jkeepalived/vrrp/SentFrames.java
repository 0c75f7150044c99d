package org.jkeepalived.vrrp;

import java.net.InetAddress;
import java.util.Arrays;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.packet.AdvertisementPayload;
import org.jkeepalived.vrrp.packet.AdvertisementView;
import org.jkeepalived.vrrp.packet.ChecksumKind;
import org.jkeepalived.vrrp.packet.OldChecksum;
import org.jkeepalived.vrrp.packet.ReceiveChecks;
import org.jkeepalived.vrrp.packet.SecurityAssociation;
import org.jkeepalived.vrrp.packet.VrrpFormat;
import org.jkeepalived.vrrp.transport.BigEndian;
import org.jkeepalived.vrrp.transport.Endpoint;
import org.jkeepalived.vrrp.transport.InternetChecksum;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;
import org.jkeepalived.vrrp.transport.SequenceNumber;

/** What a virtual router sends, one after the other, as the bytes that leave the machine. */
public final class SentFrames {

  private final AdvertisementPayload payload;
  private final Endpoint endpoint;
  private final int addressSum;
  private final byte[] packet = new byte[2048];

  private final SecurityAssociation association;

  private SentFrames(VrrpInstance instance, Endpoint plain, InetAddress source) {
    payload = new AdvertisementPayload(instance);
    association = new SecurityAssociation(instance, new SequenceNumber());
    endpoint = association.protect(plain, source.getAddress());
    addressSum =
        ChecksumKind.of(instance) == ChecksumKind.OLD_UNICAST
            ? new OldChecksum(instance)
                .addressSum(
                    InternetChecksum.sum(source.getAddress(), 0, source.getAddress().length))
            : endpoint.addressSum();
  }

  /** Ethernet frames to the instance's group. */
  public SentFrames(VrrpInstance instance, byte[] hardwareAddress, InetAddress source) {
    this(
        instance,
        Endpoint.toGroup(
            1, hardwareAddress, source, instance.key().group().orElseThrow(), protocol(instance)),
        source);
  }

  /** IP packets to a peer. */
  public static SentFrames toPeer(
      VrrpInstance instance, InetAddress source, InetAddress peer, int hopLimit) {
    return new SentFrames(
        instance, Endpoint.toPeer(1, source, peer, protocol(instance), hopLimit), source);
  }

  private static int protocol(VrrpInstance instance) {
    return new SecurityAssociation(instance, new SequenceNumber()).protocol();
  }

  /**
   * How the checksum of a payload was made.
   *
   * @param like another one's configuration that differs in nothing else
   */
  static ChecksumKind kind(
      VrrpInstance like, InetAddress source, InetAddress peer, byte[] payload) {
    Endpoint endpoint = Endpoint.toPeer(1, source, peer, VrrpFormat.PROTOCOL_NUMBER, 255);
    byte[] packet = new byte[2048];
    int length = endpoint.wrap(payload, payload.length, packet);
    ReceivedDatagram datagram = new ReceivedDatagram();
    AdvertisementView view = new AdvertisementView();
    ReceiveChecks checks = new ReceiveChecks(like);
    if (!datagram.read(1, packet, 0, length)
        || !view.read(datagram.bytes(), datagram.payloadAt(), datagram.payloadLength())
        || checks.check(datagram, view).isPresent()) {
      throw new AssertionError("not to be believed");
    }
    return checks.checksumKind();
  }

  /** Makes the checksum of a frame's IP header right again. */
  static void sumHeader(byte[] frame) {
    int at = RoutersRig.IP_AT;
    BigEndian.put16(frame, at + 10, 0);
    BigEndian.put16(
        frame,
        at + 10,
        InternetChecksum.of(InternetChecksum.sum(frame, at, 4 * (frame[at] & 0x0f))));
  }

  /** The next one. */
  public byte[] next(int priority) {
    association.advance();
    byte[] bytes = payload.with(priority, addressSum);
    return Arrays.copyOf(packet, endpoint.wrap(bytes, payload.length(), packet));
  }
}
