package org.jkeepalived.link;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;

/** Links and addresses for tests. */
public final class TestLinks {

  /** Flags of an Ethernet link that can carry packets. */
  public static final int UP = 0x11043;

  /** Flags of one that is set up but has no carrier. */
  public static final int NO_CARRIER = 0x1003;

  /** Flags of one that is set down. */
  static final int DOWN = 0x1002;

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
    return link(index, name, mac, UP, LinkState.ETHERNET);
  }

  /** An Ethernet link that is set up but has no carrier. */
  public static LinkState noCarrier(int index, String name) {
    return flags(index, name, NO_CARRIER);
  }

  /** An Ethernet link that is set down. */
  public static LinkState down(int index, String name) {
    return flags(index, name, DOWN);
  }

  /** An Ethernet link with these flags. */
  public static LinkState flags(int index, String name, int flags) {
    return link(index, name, up(index, name).mac(), flags, LinkState.ETHERNET);
  }

  /** An Ethernet link that can carry packets, or has no carrier. */
  public static LinkState link(int index, String name, boolean running) {
    return running ? up(index, name) : noCarrier(index, name);
  }

  /** A link without hardware addresses. */
  public static LinkState tunnel(int index, String name) {
    return link(index, name, new byte[0], UP, ARPHRD_NONE);
  }

  /** The same without carrier. */
  public static LinkState tunnelDown(int index, String name) {
    return link(index, name, new byte[0], NO_CARRIER, ARPHRD_NONE);
  }

  /** A VRF that is up. */
  public static LinkState vrf(int index, String name) {
    LinkState plain = up(index, name);
    return new LinkState(
        index,
        name,
        plain.mac(),
        UP,
        65575,
        LinkState.ETHERNET,
        Optional.of("vrf"),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  /** An Ethernet link that is in a VRF, or a port of something else. */
  public static LinkState portOf(int index, String name, int master) {
    LinkState plain = up(index, name);
    return new LinkState(
        index,
        name,
        plain.mac(),
        UP,
        1500,
        LinkState.ETHERNET,
        Optional.of("veth"),
        OptionalInt.of(master),
        OptionalInt.empty());
  }

  private static LinkState link(int index, String name, byte[] mac, int flags, int type) {
    return new LinkState(
        index,
        name,
        mac,
        flags,
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
