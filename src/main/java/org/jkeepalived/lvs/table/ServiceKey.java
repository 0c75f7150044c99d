package org.jkeepalived.lvs.table;

import java.util.Objects;
import org.jkeepalived.model.AddressFamily;
import org.jkeepalived.model.lvs.Protocol;
import org.jkeepalived.model.lvs.ServerAddress;

/** What makes two services the same one for the kernel. */
public sealed interface ServiceKey {

  /** The family of the packets, IPv4 or IPv6. */
  AddressFamily family();

  /**
   * Packets to an address and a port; port 0 for all ports.
   *
   * @param address where clients knock
   */
  record ByAddress(ServerAddress address, Protocol protocol) implements ServiceKey {
    public ByAddress {
      Objects.requireNonNull(address);
      Objects.requireNonNull(protocol);
    }

    @Override
    public AddressFamily family() {
      return address.family();
    }

    /** {@code tcp 10.0.0.1:80}, {@code udp [fd00::1]:53}. */
    @Override
    public String toString() {
      String host = address.addressText();
      boolean colons = family() == AddressFamily.IPV6;
      return protocol.text() + " " + (colons ? "[" + host + "]" : host) + ":" + address.port();
    }
  }

  /**
   * Packets with a firewall mark.
   *
   * @param mark 1 to 2³²−1
   */
  record ByMark(long mark, AddressFamily family) implements ServiceKey {
    public ByMark {
      Objects.requireNonNull(family);
    }

    /** {@code fwmark 5 IPv4}. */
    @Override
    public String toString() {
      return "fwmark " + mark + (family == AddressFamily.IPV6 ? " IPv6" : " IPv4");
    }
  }
}
