package org.jkeepalived.lab;

import java.util.HexFormat;

/** What was seen on a segment, and when. */
sealed interface Frame permits Advertisement, Arp, Authenticated, Icmp, Neighbour {

  /** When the kernel of this machine saw it, since 1970. */
  long timeNanos();

  /** The Ethernet source, as {@code 02:00:00:00:00:01}. */
  String sourceMac();

  /** The time between two frames. */
  static long nanosBetween(Frame earlier, Frame later) {
    return later.timeNanos() - earlier.timeNanos();
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static String mac(byte[] bytes, int offset) {
    return HexFormat.ofDelimiter(":").formatHex(bytes, offset, offset + 6);
  }
}
