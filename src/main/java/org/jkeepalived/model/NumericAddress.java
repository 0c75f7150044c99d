package org.jkeepalived.model;

import java.net.Inet4Address;
import java.net.InetAddress;

/** An address as inet_ntop(3) writes it, and with it keepalived. */
public final class NumericAddress {

  private static final int GROUPS = 8;

  private NumericAddress() {}

  public static String of(InetAddress address) {
    return address instanceof Inet4Address ? address.getHostAddress() : ipv6(address.getAddress());
  }

  /** RFC 5952: the longest run of zeros, the first of equals, and two at least, becomes "::". */
  private static String ipv6(byte[] bytes) {
    int longest = 0;
    int from = -1;
    for (int start = 0; start < GROUPS; start++) {
      int length = 0;
      while (start + length < GROUPS && group(bytes, start + length) == 0) {
        length++;
      }
      if (length > longest && length > 1) {
        longest = length;
        from = start;
      }
    }
    // an IPv4 address stands behind ::ffff: or, long ago, behind :: alone
    boolean dotted = from == 0 && (longest == 6 || longest == 5 && group(bytes, 5) == 0xFFFF);
    int groups = dotted ? GROUPS - 2 : GROUPS;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < groups; i++) {
      if (i == from) {
        text.append("::");
        i += longest - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(Integer.toHexString(group(bytes, i)));
      }
    }
    if (dotted) {
      text.append(longest == 6 ? "" : ":");
      for (int i = 12; i < 16; i++) {
        text.append(i == 12 ? "" : ".").append(bytes[i] & 0xFF);
      }
    }
    return text.toString();
  }

  private static int group(byte[] bytes, int index) {
    return (bytes[2 * index] & 0xFF) << 8 | bytes[2 * index + 1] & 0xFF;
  }
}
