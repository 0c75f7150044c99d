package org.jkeepalived.model;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The two kinds of Internet addresses. */
public enum AddressFamily {
  IPV4("IPv4", 4),
  IPV6("IPv6", 16);

  private final String text;
  private final int bytes;

  AddressFamily(String text, int bytes) {
    this.text = text;
    this.bytes = bytes;
  }

  public static AddressFamily of(InetAddress address) {
    return address instanceof Inet4Address ? IPV4 : IPV6;
  }

  /** As keepalived writes it. */
  public String text() {
    return text;
  }

  /** The address of no machine, 0.0.0.0 or ::. */
  public InetAddress any() {
    try {
      return InetAddress.getByAddress(new byte[bytes]);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The length of an address. */
  public int bytes() {
    return bytes;
  }

  /** The length of an address in bits: the prefix length that names one address alone. */
  public int bits() {
    return 8 * bytes;
  }
}
