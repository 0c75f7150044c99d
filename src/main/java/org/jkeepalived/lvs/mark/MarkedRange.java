package org.jkeepalived.lvs.mark;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * Packets to one of these addresses at one of these ports get a mark.
 *
 * @param first the first address
 * @param last of the same family, not before {@code first}
 * @param firstPort 0 to 65535
 * @param lastPort from {@code firstPort} to 65535
 * @param mark 1 to 2³²−1
 */
public record MarkedRange(
    InetAddress first, InetAddress last, int firstPort, int lastPort, long mark) {

  /** The last port there is. */
  public static final int LAST_PORT = 0xFFFF;

  public MarkedRange {
    Objects.requireNonNull(first);
    Objects.requireNonNull(last);
  }

  static BigInteger number(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }

  /** The address with a number, of the family of another one. */
  static InetAddress address(BigInteger number, InetAddress like) {
    byte[] address = new byte[like.getAddress().length];
    byte[] digits = number.toByteArray();
    int length = Math.min(digits.length, address.length);
    System.arraycopy(digits, digits.length - length, address, address.length - length, length);
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new AssertionError("as many bytes as the other address has", e);
    }
  }
}
