package org.jkeepalived.model;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/**
 * Who may speak to a virtual router: {@code allow_from}.
 *
 * @param networks those that may; none where all may
 */
public record AllowedSenders(List<Network> networks) {

  /** Whoever likes to. */
  public static final AllowedSenders ALL = new AllowedSenders(List.of());

  public AllowedSenders {
    networks = List.copyOf(networks);
  }

  /**
   * Addresses that begin alike.
   *
   * @param address with zeros behind the prefix
   * @param prefixLength 0 to 32, or to 128 for IPv6
   */
  public record Network(InetAddress address, int prefixLength) {
    public Network {
      Objects.requireNonNull(address);
      if (prefixLength < 0 || prefixLength > 8 * address.getAddress().length) {
        throw new IllegalArgumentException(address + " has no prefix of " + prefixLength);
      }
    }

    public AddressFamily family() {
      return AddressFamily.of(address);
    }

    /** Whether an address is one of these. */
    public boolean has(InetAddress other) {
      byte[] ours = address.getAddress();
      byte[] theirs = other.getAddress();
      if (ours.length != theirs.length) {
        return false;
      }
      for (int bit = 0; bit < prefixLength; bit++) {
        int mask = 0x80 >> bit % 8;
        if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }

    /** As pcap-filter(7) and the operator write it. */
    public String text() {
      return NumericAddress.of(address) + "/" + prefixLength;
    }
  }

  /** Whether there is anybody who may not. */
  public boolean isRestricted() {
    return !networks.isEmpty();
  }

  /** Whether an address may. */
  public boolean allow(InetAddress address) {
    return networks.isEmpty() || networks.stream().anyMatch(network -> network.has(address));
  }
}
