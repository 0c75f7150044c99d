package org.jkeepalived.vrrp.packet;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.SentFrames;
import org.jkeepalived.vrrp.TestInstance;
import org.jkeepalived.vrrp.transport.BigEndian;
import org.jkeepalived.vrrp.transport.Endpoint;
import org.jkeepalived.vrrp.transport.InternetChecksum;
import org.jkeepalived.vrrp.transport.Ipv4Header;
import org.jkeepalived.vrrp.transport.ReceivedDatagram;
import org.jkeepalived.vrrp.transport.SequenceNumber;

/** Advertisements as bytes, and what the receiving side says of them. */
final class AdvertisementBytes {

  static final int IP = 14;
  static final int VRRP = 34;

  private AdvertisementBytes() {}

  /** What {@code instance} sends from 192.0.2.1. */
  static byte[] of(VrrpInstance instance, int priority) {
    return new SentFrames(
            instance, new byte[] {2, 0, 0, 0, 0, 1}, TestInstance.address("192.0.2.1"))
        .next(priority);
  }

  /** An authenticated one to the group, with the sequence number 0. */
  static byte[] unnumbered(VrrpInstance instance, InetAddress source) {
    SecurityAssociation association = new SecurityAssociation(instance, new SequenceNumber());
    Endpoint endpoint =
        association.protect(
            Endpoint.toGroup(
                1,
                new byte[] {2, 0, 0, 0, 0, 1},
                source,
                instance.key().group().orElseThrow(),
                association.protocol()),
            source.getAddress());
    AdvertisementPayload payload = new AdvertisementPayload(instance);
    byte[] room = new byte[2048];
    byte[] bytes = payload.with(100, endpoint.addressSum());
    return Arrays.copyOf(room, endpoint.wrap(bytes, payload.length(), room));
  }

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  /** Reads the frame and checks it as {@code receiver} does. */
  static Optional<Discard> check(VrrpInstance receiver, byte[] frame) {
    return check(new ReceiveChecks(receiver), frame);
  }

  static Optional<Discard> check(ReceiveChecks checks, byte[] frame) {
    ReceivedDatagram datagram = datagram(frame, IP);
    return checks.check(datagram, payload(datagram));
  }

  /** What {@code checks} say of a frame that they do not believe. */
  static String explain(ReceiveChecks checks, Discard reason, byte[] frame) {
    ReceivedDatagram datagram = datagram(frame, IP);
    return checks.explain(reason, datagram, payload(datagram));
  }

  /** The frame's payload. */
  static AdvertisementView read(byte[] frame) {
    return payload(datagram(frame, IP));
  }

  /**
   * The packet in a frame.
   *
   * @param ipAt where its IP header begins
   */
  static ReceivedDatagram datagram(byte[] frame, int ipAt) {
    ReceivedDatagram datagram = new ReceivedDatagram();
    if (!datagram.read(1, frame, ipAt, frame.length)) {
      throw new AssertionError("no IP packet");
    }
    datagram.openAuthenticated(VrrpFormat.PROTOCOL_NUMBER);
    return datagram;
  }

  static AdvertisementView payload(ReceivedDatagram datagram) {
    AdvertisementView view = new AdvertisementView();
    if (!view.read(datagram.bytes(), datagram.payloadAt(), datagram.payloadLength())) {
      throw new AssertionError("no VRRP header");
    }
    return view;
  }

  /** The frame with one byte of its VRRP part changed and its checksum made right again. */
  static byte[] with(byte[] frame, int at, int value, boolean pseudoHeader) {
    byte[] changed = frame.clone();
    changed[VRRP + at] = (byte) value;
    return resummed(changed, pseudoHeader);
  }

  static byte[] resummed(byte[] frame, boolean pseudoHeader) {
    byte[] changed = frame.clone();
    int length = BigEndian.u16(changed, IP + 2) - Ipv4Header.BYTES;
    BigEndian.put16(changed, VRRP + VrrpFormat.CHECKSUM, 0);
    int sum = InternetChecksum.sum(changed, VRRP, length);
    if (pseudoHeader) {
      sum += VrrpFormat.pseudoHeaderSum(InternetChecksum.sum(changed, IP + 12, 8), length);
    }
    BigEndian.put16(changed, VRRP + VrrpFormat.CHECKSUM, InternetChecksum.of(sum));
    return changed;
  }

  /** The frame with that many bytes more or fewer, as its IP header says. */
  static byte[] resized(byte[] frame, int byBytes) {
    byte[] changed = java.util.Arrays.copyOf(frame, frame.length + byBytes);
    BigEndian.put16(changed, IP + 2, BigEndian.u16(frame, IP + 2) + byBytes);
    return changed;
  }
}
