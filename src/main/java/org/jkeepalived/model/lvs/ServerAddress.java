package org.jkeepalived.model.lvs;

import java.net.InetAddress;
import java.util.Objects;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.NumericAddress;

/**
 * Where a server listens.
 *
 * @param port 0 to 65535; 0 for that of the service, where the service has several or none
 */
public record ServerAddress(InetAddress address, int port) {
  public ServerAddress {
    Objects.requireNonNull(address);
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("no port: " + port);
    }
  }

  public AddressFamily family() {
    return AddressFamily.of(address);
  }

  /** The same address with another port. */
  public ServerAddress withPort(int other) {
    return new ServerAddress(address, other);
  }

  /** The address alone. */
  public String addressText() {
    return NumericAddress.of(address);
  }

  /**
   * As keepalived writes it, such as {@code [10.0.0.1]:tcp:80}.
   *
   * @param protocol its name; {@code none} where there is none
   */
  public String text(String protocol) {
    return "[" + addressText() + "]:" + protocol + ":" + port;
  }
}
