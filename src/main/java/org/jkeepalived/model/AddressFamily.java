package org.jkeepalived.model;

import java.net.Inet4Address;
import java.net.InetAddress;

/** The two kinds of Internet addresses. */
public enum AddressFamily {
  IPV4("IPv4"),
  IPV6("IPv6");

  private final String text;

  AddressFamily(String text) {
    this.text = text;
  }

  public static AddressFamily of(InetAddress address) {
    return address instanceof Inet4Address ? IPV4 : IPV6;
  }

  /** As keepalived writes it. */
  public String text() {
    return text;
  }
}
