package org.jkeepalived.lab;

import java.nio.ByteBuffer;

/**
 * An ICMP message (RFC 792).
 *
 * @param type 3 for what could not be delivered
 * @param code with type 3: 2 where the protocol is not known
 */
record Icmp(long timeNanos, String sourceMac, String source, String destination, int type, int code)
    implements Frame {

  private static final int IP = 14;
  private static final int PROTOCOL = 1;

  /** Whether the frame is long enough, and ICMP. */
  static boolean matches(byte[] frame) {
    return frame.length >= IP + 20 + 8 && frame[IP] >> 4 == 4 && frame[IP + 9] == PROTOCOL;
  }

  static Icmp decode(long timeNanos, byte[] frame) {
    int start = IP + (ByteBuffer.wrap(frame).get(IP) & 15) * 4;
    return new Icmp(
        timeNanos,
        Frame.mac(frame, 6),
        Advertisement.address(frame, IP + 12),
        Advertisement.address(frame, IP + 16),
        frame[start] & 0xff,
        frame[start + 1] & 0xff);
  }

  boolean isProtocolUnreachable() {
    return type == 3 && code == 2;
  }
}
