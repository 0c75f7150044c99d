package org.jkeepalived.vrrp.packet;

import java.util.HexFormat;
import java.util.Optional;
import org.jkeepalived.model.VrrpInstance;
import org.jkeepalived.vrrp.Discard;
import org.jkeepalived.vrrp.TestInstance;

/** Advertisements as bytes, and what the receiving side says of them. */
final class Frames {

  static final int IP = 14;
  static final int VRRP = 34;

  private Frames() {}

  /** What {@code instance} sends from 192.0.2.1. */
  static byte[] of(VrrpInstance instance, int priority) {
    return new AdvertisementFrame(
            instance, new byte[] {2, 0, 0, 0, 0, 1}, TestInstance.address("192.0.2.1"))
        .next(priority);
  }

  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  /** Reads the frame and checks it as {@code receiver} does. */
  static Optional<Discard> check(VrrpInstance receiver, byte[] frame) {
    return new ReceiveChecks(receiver).check(read(frame));
  }

  static ReceivedPacket read(byte[] frame) {
    ReceivedPacket packet = new ReceivedPacket();
    ReceivedPacket.Shape shape = packet.read(frame, IP, frame.length);
    if (shape != ReceivedPacket.Shape.VRRP) {
      throw new AssertionError(shape);
    }
    return packet;
  }

  /** The frame with one byte of its VRRP part changed and its checksum made right again. */
  static byte[] with(byte[] frame, int at, int value, boolean pseudoHeader) {
    byte[] changed = frame.clone();
    changed[VRRP + at] = (byte) value;
    return resummed(changed, pseudoHeader);
  }

  static byte[] resummed(byte[] frame, boolean pseudoHeader) {
    byte[] changed = frame.clone();
    int length = VrrpFormat.unsigned16(changed, IP + 2) - VrrpFormat.IP_HEADER_BYTES;
    VrrpFormat.put16(changed, VRRP + VrrpFormat.CHECKSUM, 0);
    int sum = VrrpFormat.sum(changed, VRRP, length);
    if (pseudoHeader) {
      sum += VrrpFormat.pseudoHeaderSum(changed, IP, length);
    }
    VrrpFormat.put16(changed, VRRP + VrrpFormat.CHECKSUM, VrrpFormat.checksum(sum));
    return changed;
  }

  /** The frame with that many bytes more or fewer, as its IP header says. */
  static byte[] resized(byte[] frame, int byBytes) {
    byte[] changed = java.util.Arrays.copyOf(frame, frame.length + byBytes);
    VrrpFormat.put16(changed, IP + 2, VrrpFormat.unsigned16(frame, IP + 2) + byBytes);
    return changed;
  }
}
