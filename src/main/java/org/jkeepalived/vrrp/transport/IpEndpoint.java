package org.jkeepalived.vrrp.transport;

import java.net.InetAddress;
import org.jkeepalived.model.AddressFamily;

/**
 * A group on an Ethernet link, or a peer, which the kernel finds the way to over the link that is
 * named.
 *
 * <p>COMPAT: keepalived 2.2.7 binds what it sends to peers to the instance's link too, whatever the
 * routes of other links say, and counts packets to all peers of an instance together. It sends to
 * IPv6 peers with the kernel's hop limit of 64, whatever {@code unicast_ttl} says; its manual says
 * what is done here. It leaves IPv6's flow label to the kernel, which takes the hash of the socket;
 * receivers make nothing of it, and ours is 0 (all captured).
 */
final class IpEndpoint implements Endpoint {

  /** What routers may not have forwarded. */
  private static final int GROUP_HOP_LIMIT = 255;

  private final int linkIndex;
  private final InetAddress destination;
  private final AddressFamily family;
  private final boolean group;

  /** Where the IP header stands in the headers: behind Ethernet's, or at their beginning. */
  private final int ipAt;

  private final byte[] headers;
  private final int addressSum;
  private int identification;

  private IpEndpoint(int linkIndex, byte[] linkHeader, byte[] ipHeader, InetAddress destination) {
    this.linkIndex = linkIndex;
    this.destination = destination;
    family = AddressFamily.of(destination);
    ipAt = linkHeader.length;
    group = ipAt > 0;
    headers = new byte[ipAt + ipHeader.length];
    System.arraycopy(linkHeader, 0, headers, 0, ipAt);
    System.arraycopy(ipHeader, 0, headers, ipAt, ipHeader.length);
    addressSum =
        family == AddressFamily.IPV6
            ? Ipv6Header.addressSum(headers, ipAt)
            : Ipv4Header.addressSum(headers, ipAt);
  }

  /** See {@link Endpoint#toGroup}. */
  static IpEndpoint toGroup(
      int linkIndex, byte[] hardwareAddress, InetAddress source, InetAddress group, int protocol) {
    if (!group.isMulticastAddress()) {
      throw new IllegalArgumentException("not a multicast group: " + group);
    }
    byte[] linkHeader = new byte[EthernetHeader.BYTES];
    byte[] destination = group.getAddress();
    if (AddressFamily.of(group) == AddressFamily.IPV6) {
      EthernetHeader.write(
          linkHeader,
          EthernetHeader.ofGroup6(destination),
          hardwareAddress,
          EthernetHeader.TYPE_IPV6);
    } else {
      EthernetHeader.write(
          linkHeader,
          EthernetHeader.ofGroup4(destination),
          hardwareAddress,
          EthernetHeader.TYPE_IPV4);
    }
    return new IpEndpoint(
        linkIndex, linkHeader, ipHeader(source, group, protocol, GROUP_HOP_LIMIT), group);
  }

  /** See {@link Endpoint#toPeer}. */
  static IpEndpoint toPeer(
      int linkIndex, InetAddress source, InetAddress peer, int protocol, int hopLimit) {
    return new IpEndpoint(linkIndex, new byte[0], ipHeader(source, peer, protocol, hopLimit), peer);
  }

  private static byte[] ipHeader(
      InetAddress source, InetAddress destination, int protocol, int hopLimit) {
    byte[] from = source.getAddress();
    byte[] to = destination.getAddress();
    if (from.length != to.length) {
      throw new IllegalArgumentException(source + " and " + destination + " are of two families");
    }
    if (AddressFamily.of(destination) == AddressFamily.IPV6) {
      byte[] header = new byte[Ipv6Header.BYTES];
      Ipv6Header.write(header, 0, from, to, protocol, hopLimit);
      Ipv6Header.prefer(header, 0);
      return header;
    }
    byte[] header = new byte[Ipv4Header.BYTES];
    Ipv4Header.write(header, 0, from, to, protocol, hopLimit);
    return header;
  }

  @Override
  public int linkIndex() {
    return linkIndex;
  }

  @Override
  public InetAddress destination() {
    return destination;
  }

  @Override
  public AddressFamily family() {
    return family;
  }

  @Override
  public boolean isGroup() {
    return group;
  }

  @Override
  public int addressSum() {
    return addressSum;
  }

  @Override
  public int wrap(byte[] payload, int length, byte[] packet) {
    System.arraycopy(headers, 0, packet, 0, headers.length);
    System.arraycopy(payload, 0, packet, headers.length, length);
    if (family == AddressFamily.IPV6) {
      Ipv6Header.complete(packet, ipAt, length);
    } else {
      identification = (identification + 1) & 0xffff;
      Ipv4Header.complete(packet, ipAt, length, identification);
    }
    return headers.length + length;
  }
}
