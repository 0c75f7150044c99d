package org.jkeepalived.vrrp.transport;

import java.net.InetAddress;
import java.util.Objects;
import org.jkeepalived.model.AddressFamily;

/** An IPv4 multicast group on an Ethernet link. */
public final class MulticastEndpoint implements Endpoint {

  private static final int HOP_LIMIT = 255;
  private static final int HEADER_BYTES = EthernetHeader.BYTES + Ipv4Header.BYTES;

  private final int linkIndex;
  private final InetAddress group;
  private final byte[] headers = new byte[HEADER_BYTES];
  private final int addressSum;
  private int identification;

  /**
   * @param linkIndex the kernel's number of the link
   * @param hardwareAddress the link's own, 6 bytes
   * @param source the IPv4 address that packets come from
   * @param group an IPv4 multicast group
   * @param protocol the number of what is sent, 0 to 255
   */
  public MulticastEndpoint(
      int linkIndex, byte[] hardwareAddress, InetAddress source, InetAddress group, int protocol) {
    byte[] destination = group.getAddress();
    if (destination.length != Ipv4Header.ADDRESS_BYTES || !group.isMulticastAddress()) {
      throw new IllegalArgumentException("not an IPv4 multicast group: " + group);
    }
    this.linkIndex = linkIndex;
    this.group = Objects.requireNonNull(group);
    EthernetHeader.write(
        headers, EthernetHeader.ofGroup4(destination), hardwareAddress, EthernetHeader.TYPE_IPV4);
    Ipv4Header.write(
        headers, EthernetHeader.BYTES, source.getAddress(), destination, protocol, HOP_LIMIT);
    addressSum = Ipv4Header.addressSum(headers, EthernetHeader.BYTES);
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
    return AddressFamily.IPV4;
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
    identification = (identification + 1) & 0xffff;
    System.arraycopy(headers, 0, frame, 0, HEADER_BYTES);
    System.arraycopy(payload, 0, frame, HEADER_BYTES, length);
    Ipv4Header.complete(frame, EthernetHeader.BYTES, length, identification);
    return HEADER_BYTES + length;
  }
}
