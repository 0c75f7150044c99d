package org.jkeepalived.config.grammar;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses in text, read without ever asking a name server. */
final class Addresses {

  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private Addresses() {}

  /** Four decimal numbers without leading zeros, as inet_pton(3) reads them. */
  static Optional<InetAddress> ipv4(String text) {
    byte[] bytes = new byte[4];
    int count = 0;
    int start = 0;
    while (count < 4) {
      int end = text.indexOf('.', start);
      int stop = end < 0 ? text.length() : end;
      int number = octet(text, start, stop);
      if (number < 0 || (count < 3) == (end < 0)) {
        return Optional.empty();
      }
      bytes[count++] = (byte) number;
      start = stop + 1;
    }
    return Optional.of(ofBytes(bytes));
  }

  /** A number from 0 to 255 without leading zeros, or -1. */
  private static int octet(String text, int start, int stop) {
    int length = stop - start;
    if (length < 1 || length > 3 || length > 1 && text.charAt(start) == '0') {
      return -1;
    }
    int number = 0;
    for (int i = start; i < stop; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = 10 * number + c - '0';
    }
    return number <= 255 ? number : -1;
  }

  /** The text before a prefix length, which keepalived accepts where it makes no sense. */
  static String withoutPrefix(String text) {
    int slash = text.indexOf('/');
    return slash < 0 ? text : text.substring(0, slash);
  }

  /** Whether the text is an IPv6 address. */
  static boolean isIpv6(String text) {
    if (!IPV6.matcher(text).matches()) {
      return false;
    }
    try {
      // a text with a colon is a literal: it is parsed, or refused, but never looked up
      InetAddress.getByName(text);
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** An address of either family. */
  static Optional<InetAddress> ip(String text) {
    return text.indexOf(':') < 0 ? ipv4(text) : isIpv6(text) ? ipv6(text) : Optional.empty();
  }

  private static Optional<InetAddress> ipv6(String text) {
    try {
      InetAddress address = InetAddress.getByName(text);
      return Optional.of(address instanceof Inet4Address ? mapped(address) : address);
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** {@code ::ffff:10.0.0.1}, of which Java makes 10.0.0.1. */
  private static InetAddress mapped(InetAddress ipv4) throws UnknownHostException {
    byte[] bytes = new byte[16];
    bytes[10] = -1;
    bytes[11] = -1;
    System.arraycopy(ipv4.getAddress(), 0, bytes, 12, 4);
    return Inet6Address.getByAddress(null, bytes, -1);
  }

  /** Of an IPv6 group whether it is heard on one link alone: {@code ffX2:}. */
  static boolean isLinkLocalGroup(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 16 && bytes[0] == -1 && (bytes[1] & 0x0f) == 2;
  }

  /** The address with all host bits of a prefix set, or all cleared. */
  static InetAddress withHostBits(InetAddress address, int prefixLength, boolean set) {
    byte[] bytes = address.getAddress();
    for (int bit = prefixLength; bit < 8 * bytes.length; bit++) {
      int mask = 0x80 >> (bit % 8);
      bytes[bit / 8] = (byte) (set ? bytes[bit / 8] | mask : bytes[bit / 8] & ~mask);
    }
    return ofBytes(bytes);
  }

  static InetAddress ofBytes(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
    }
  }
}
