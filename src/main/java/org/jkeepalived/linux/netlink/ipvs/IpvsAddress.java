package org.jkeepalived.linux.netlink.ipvs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.jkeepalived.model.AddressFamily;

/**
 * Addresses as IPVS writes them: union nf_inet_addr, 16 bytes, of which IPv4 uses the first four.
 */
final class IpvsAddress {
  private static final int BYTES = 16;
  private static final int IPV4_BYTES = 4;

  private IpvsAddress() {}

  static byte[] encode(InetAddress address) {
    return Arrays.copyOf(address.getAddress(), BYTES);
  }

  /** Empty for what is too short. */
  static Optional<InetAddress> decode(AddressFamily family, byte[] bytes) {
    int length = family == AddressFamily.IPV4 ? IPV4_BYTES : BYTES;
    if (bytes.length < length) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.getByAddress(Arrays.copyOf(bytes, length));
      // Java takes ::ffff:1.2.3.4 for IPv4
      return Optional.of(address).filter(each -> AddressFamily.of(each) == family);
    } catch (UnknownHostException e) {
      throw new AssertionError(length + " bytes are an address", e);
    }
  }

  static int number(AddressFamily family) {
    return family == AddressFamily.IPV4 ? Ipvs.AF_INET : Ipvs.AF_INET6;
  }

  static Optional<AddressFamily> family(int number) {
    return switch (number) {
      case Ipvs.AF_INET -> Optional.of(AddressFamily.IPV4);
      case Ipvs.AF_INET6 -> Optional.of(AddressFamily.IPV6);
      default -> Optional.empty();
    };
  }
}
