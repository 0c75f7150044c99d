package org.jkeepalived.vrrp.transport;

import java.net.InetAddress;
import java.util.Objects;
import org.jkeepalived.model.AddressFamily;

/**
 * A peer with an IPv4 address. The kernel finds the way to it, over the link that is named.
 *
 * <p>COMPAT: keepalived 2.2.7 binds what it sends to the instance's link too, whatever the routes
 * of other links say, and counts packets to all peers of an instance together (captured).
 */
public final class UnicastEndpoint implements Endpoint {

  private final int linkIndex;
  private final InetAddress peer;
  private final byte[] header = new byte[Ipv4Header.BYTES];
  private final int addressSum;
  private int identification;

  /**
   * @param linkIndex the kernel's number of the link
   * @param source the IPv4 address that packets come from
   * @param peer the IPv4 address that they are for
   * @param protocol the number of what is sent, 0 to 255
   * @param hopLimit how many routers may forward them, and one, 0 to 255
   */
  public UnicastEndpoint(
      int linkIndex, InetAddress source, InetAddress peer, int protocol, int hopLimit) {
    byte[] destination = peer.getAddress();
    if (destination.length != Ipv4Header.ADDRESS_BYTES) {
      throw new IllegalArgumentException("not an IPv4 address: " + peer);
    }
    this.linkIndex = linkIndex;
    this.peer = Objects.requireNonNull(peer);
    Ipv4Header.write(header, 0, source.getAddress(), destination, protocol, hopLimit);
    addressSum = Ipv4Header.addressSum(header, 0);
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
    return AddressFamily.IPV4;
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
    identification = (identification + 1) & 0xffff;
    System.arraycopy(header, 0, packet, 0, Ipv4Header.BYTES);
    System.arraycopy(payload, 0, packet, Ipv4Header.BYTES, length);
    Ipv4Header.complete(packet, 0, length, identification);
    return Ipv4Header.BYTES + length;
  }
}
