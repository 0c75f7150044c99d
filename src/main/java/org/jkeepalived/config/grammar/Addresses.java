package org.jkeepalived.config.grammar;

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
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      if (!parts[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[i]) > 255) {
        return Optional.empty();
      }
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return Optional.of(ofBytes(bytes));
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
