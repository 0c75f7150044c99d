package org.jkeepalived.vrrp.transport;

import java.net.InetAddress;
import java.util.Objects;
import org.jkeepalived.model.AddressFamily;

/**
 * An IPv6 multicast group on an Ethernet link.
 *
 * <p>COMPAT: keepalived 2.2.7 leaves the flow label to the kernel, which takes the hash of the
 * socket; receivers make nothing of it, and ours is 0.
 */
public final class Multicast6Endpoint implements Endpoint {

  private static final int HOP_LIMIT = 255;
  private static final int HEADER_BYTES = EthernetHeader.BYTES + Ipv6Header.BYTES;

  private final int linkIndex;
  private final InetAddress group;
  private final byte[] headers = new byte[HEADER_BYTES];
  private final int addressSum;

  /**
   * @param linkIndex the kernel's number of the link
   * @param hardwareAddress the link's own, 6 bytes
   * @param source the IPv6 address that packets come from
   * @param group an IPv6 multicast group
   * @param protocol the number of what is sent, 0 to 255
   */
  public Multicast6Endpoint(
      int linkIndex, byte[] hardwareAddress, InetAddress source, InetAddress group, int protocol) {
    byte[] destination = group.getAddress();
    if (destination.length != Ipv6Header.ADDRESS_BYTES || !group.isMulticastAddress()) {
      throw new IllegalArgumentException("not an IPv6 multicast group: " + group);
    }
    this.linkIndex = linkIndex;
    this.group = Objects.requireNonNull(group);
    EthernetHeader.write(
        headers, EthernetHeader.ofGroup6(destination), hardwareAddress, EthernetHeader.TYPE_IPV6);
    Ipv6Header.write(
        headers, EthernetHeader.BYTES, source.getAddress(), destination, protocol, HOP_LIMIT);
    Ipv6Header.prefer(headers, EthernetHeader.BYTES);
    addressSum = Ipv6Header.addressSum(headers, EthernetHeader.BYTES);
  }

  @Override
  public int linkIndex() {
    return linkIndex;
  }

  @Override
  public InetAddress destination() {
    return group;
  }

  @Override
  public AddressFamily family() {
    return AddressFamily.IPV6;
  }

  @Override
  public boolean isGroup() {
    return true;
  }

  @Override
  public int addressSum() {
    return addressSum;
  }

  @Override
  public int wrap(byte[] payload, int length, byte[] frame) {
    System.arraycopy(headers, 0, frame, 0, HEADER_BYTES);
    System.arraycopy(payload, 0, frame, HEADER_BYTES, length);
    Ipv6Header.complete(frame, EthernetHeader.BYTES, length);
    return HEADER_BYTES + length;
  }
}
