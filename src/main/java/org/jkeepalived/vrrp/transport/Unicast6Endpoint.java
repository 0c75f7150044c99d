package org.jkeepalived.vrrp.transport;

import java.net.InetAddress;
import java.util.Objects;
import org.jkeepalived.model.AddressFamily;

/**
 * A peer with an IPv6 address. The kernel finds the way to it, over the link that is named.
 *
 * <p>keepalived 2.2.7 sends to IPv6 peers with the kernel's hop limit of 64, whatever {@code
 * unicast_ttl} says (captured); its manual says what is done here.
 */
public final class Unicast6Endpoint implements Endpoint {

  private final int linkIndex;
  private final InetAddress peer;
  private final byte[] header = new byte[Ipv6Header.BYTES];
  private final int addressSum;

  /**
   * @param linkIndex the kernel's number of the link
   * @param source the IPv6 address that packets come from
   * @param peer the IPv6 address that they are for
   * @param protocol the number of what is sent, 0 to 255
   * @param hopLimit how many routers may forward them, and one, 0 to 255
   */
  public Unicast6Endpoint(
      int linkIndex, InetAddress source, InetAddress peer, int protocol, int hopLimit) {
    byte[] destination = peer.getAddress();
    if (destination.length != Ipv6Header.ADDRESS_BYTES) {
      throw new IllegalArgumentException("not an IPv6 address: " + peer);
    }
    this.linkIndex = linkIndex;
    this.peer = Objects.requireNonNull(peer);
    Ipv6Header.write(header, 0, source.getAddress(), destination, protocol, hopLimit);
    Ipv6Header.prefer(header, 0);
    addressSum = Ipv6Header.addressSum(header, 0);
  }

  @Override
  public int linkIndex() {
    return linkIndex;
  }

  @Override
  public InetAddress destination() {
    return peer;
  }

  @Override
  public AddressFamily family() {
    return AddressFamily.IPV6;
  }

  @Override
  public boolean isGroup() {
    return false;
  }

  @Override
  public int addressSum() {
    return addressSum;
  }

  @Override
  public int wrap(byte[] payload, int length, byte[] packet) {
    System.arraycopy(header, 0, packet, 0, Ipv6Header.BYTES);
    System.arraycopy(payload, 0, packet, Ipv6Header.BYTES, length);
    Ipv6Header.complete(packet, 0, length);
    return Ipv6Header.BYTES + length;
  }
}
