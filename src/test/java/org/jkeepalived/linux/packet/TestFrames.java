package org.jkeepalived.linux.packet;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Frames to try ports with. */
final class TestFrames {
  private static final byte[] SOURCE = HexFormat.of().parseHex("020000000001");

  private TestFrames() {}

  /** An IPv4 packet of the protocol that says {@code number}, to 224.0.0.18. */
  static byte[] toGroup(int protocol, int number) {
    return packet(
        HexFormat.of().parseHex("01005e000012"),
        protocol,
        HexFormat.of().parseHex("0a090002e0000012"),
        number);
  }

  /** The same from 10.9.0.2 to 10.9.0.1. */
  static byte[] toHost(byte[] mac, int protocol, int number) {
    return packet(mac, protocol, HexFormat.of().parseHex("0a0900020a090001"), number);
  }

  private static byte[] packet(byte[] destination, int protocol, byte[] addresses, int number) {
    ByteBuffer frame =
        ByteBuffer.allocate(60)
            .put(destination)
            .put(SOURCE)
            .putShort((short) 0x0800)
            .putShort((short) 0x4500)
            .putShort((short) 46)
            .putInt(0)
            .put((byte) 255)
            .put((byte) protocol)
            .putShort((short) 0)
            .put(addresses)
            .putInt(number);
    int sum = 0;
    for (int i = 14; i < 34; i += 2) {
      sum += Short.toUnsignedInt(frame.getShort(i));
    }
    frame.putShort(24, (short) ~((sum & 0xffff) + (sum >>> 16)));
    return frame.array();
  }

  /** What the frame says. */
  static int number(byte[] frame) {
    return ByteBuffer.wrap(frame).getInt(34);
  }
}
