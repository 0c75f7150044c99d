package org.jkeepalived.model.routing;

import java.net.InetAddress;
import java.util.Objects;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.NumericAddress;

/**
 * Addresses that begin alike.
 *
 * @param address as it is written: bits beyond the length are not cleared
 * @param length how many bits count, 0 to 32 or 128
 */
public record Prefix(InetAddress address, int length) {

  public Prefix {
    Objects.requireNonNull(address);
    if (length < 0 || length > Byte.SIZE * address.getAddress().length) {
      throw new IllegalArgumentException(address + "/" + length);
    }
  }

  public AddressFamily family() {
    return AddressFamily.of(address);
  }

  /** {@code 10.0.0.0/8}; one address alone has no length. */
  public String text() {
    String host = NumericAddress.of(address);
    return length == Byte.SIZE * address.getAddress().length ? host : host + "/" + length;
  }
}
