package org.jkeepalived.link;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;

/** Links and addresses for tests. */
public final class TestLinks {

  private static final int PREFIX_LENGTH = 24;

  /** ARPHRD_NONE: what a TUN device or a WireGuard link is. */
  private static final int ARPHRD_NONE = 65534;

  private TestLinks() {}

  /** An Ethernet link that can carry packets; its last byte of hardware address is its index. */
  public static LinkState up(int index, String name) {
    return up(index, name, new byte[] {2, 0, 0, 0, 0, (byte) index});
  }

  /** An Ethernet link that can carry packets. */
  public static LinkState up(int index, String name, byte[] mac) {
    return link(index, name, mac, LinkState.ETHERNET);
  }

  /** An Ethernet link that is set up but has no carrier. */
  public static LinkState noCarrier(int index, String name) {
    return up(index, name).flags(true, false);
  }

  /** An Ethernet link that is set down. */
  public static LinkState down(int index, String name) {
    return up(index, name).flags(false, false);
  }

  /** An Ethernet link that can carry packets, or has no carrier. */
  public static LinkState link(int index, String name, boolean running) {
    return running ? up(index, name) : noCarrier(index, name);
  }

  /** A link without hardware addresses. */
  public static LinkState tunnel(int index, String name) {
    return link(index, name, new byte[0], ARPHRD_NONE);
  }

  /** The same without carrier. */
  public static LinkState tunnelDown(int index, String name) {
    return tunnel(index, name).flags(true, false);
  }

  private static LinkState link(int index, String name, byte[] mac, int type) {
    return new LinkState(
        index,
        name,
        mac,
        true,
        true,
        true,
        true,
        1500,
        type,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  /** An address of a link, with a prefix length of 24. */
  public static LinkAddress address(int index, String numbers) {
    try {
      return address(index, InetAddress.getByName(numbers));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(numbers, e);
    }
  }

  /** An address of a link, with a prefix length of 24. */
  public static LinkAddress address(int index, InetAddress address) {
    return new LinkAddress(
        index,
        address,
        PREFIX_LENGTH,
        Optional.empty(),
        Optional.empty(),
        0,
        false,
        Optional.empty());
  }
}
