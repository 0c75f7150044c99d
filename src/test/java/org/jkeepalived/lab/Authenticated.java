package org.jkeepalived.lab;

import java.nio.ByteBuffer;

/**
 * An advertisement behind IPsec's authentication header (RFC 2402 section 2).
 *
 * @param sequence 0 to 2³² - 1
 */
record Authenticated(
    long timeNanos,
    String sourceMac,
    String source,
    String destination,
    long sequence,
    int priority)
    implements Frame {

  private static final int IP = 14;
  private static final int HEADER = IP + 20;
  private static final int PROTOCOL = 51;

  static boolean matches(byte[] frame) {
    return frame.length >= HEADER + 24 + 8 && frame[IP] >> 4 == 4 && frame[IP + 9] == PROTOCOL;
  }

  static Authenticated decode(long timeNanos, byte[] frame) {
    return new Authenticated(
        timeNanos,
        Frame.mac(frame, 6),
        Advertisement.address(frame, IP + 12),
        Advertisement.address(frame, IP + 16),
        ByteBuffer.wrap(frame).getInt(HEADER + 8) & 0xffffffffL,
        frame[HEADER + 24 + 2] & 0xff);
  }
}
