package org.jkeepalived.lab;

import java.util.Arrays;

/**
 * An ICMPv6 neighbour advertisement (RFC 4861 section 4.4).
 *
 * @param router whether it says that its sender is one
 * @param override whether it replaces what the neighbours know
 * @param target the address that lives at {@code targetMac}
 */
record Neighbour(
    long timeNanos,
    String sourceMac,
    String destinationMac,
    String source,
    String destination,
    boolean router,
    boolean override,
    String target,
    String targetMac,
    String bytes)
    implements Frame {

  private static final int IP = 14;
  private static final int ICMP = IP + 40;
  private static final int LENGTH = ICMP + 32;

  /** Whether the frame is long enough, and a neighbour advertisement. */
  static boolean matches(byte[] frame) {
    return frame.length >= LENGTH && frame[IP + 6] == 58 && (frame[ICMP] & 0xff) == 136;
  }

  static Neighbour decode(long timeNanos, byte[] frame) {
    return new Neighbour(
        timeNanos,
        Frame.mac(frame, 6),
        Frame.mac(frame, 0),
        Advertisement.address6(frame, IP + 8),
        Advertisement.address6(frame, IP + 24),
        (frame[ICMP + 4] & 0x80) != 0,
        (frame[ICMP + 4] & 0x20) != 0,
        Advertisement.address6(frame, ICMP + 8),
        Frame.mac(frame, ICMP + 26),
        Frame.hex(Arrays.copyOf(frame, LENGTH)));
  }

  /** Whether it tells all neighbours where this address lives from now on. */
  boolean announces(String address) {
    return target.equals(address) && override && destination.equals("ff02::1");
  }
}
