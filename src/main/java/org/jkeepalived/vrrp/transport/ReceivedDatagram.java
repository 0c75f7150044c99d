package org.jkeepalived.vrrp.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jkeepalived.model.AddressFamily;

/**
 * A view of one packet that came in: who sent it to whom over which link, and where its payload is.
 * It knows nothing of what the payload means. One object serves for all: {@link #read} points it at
 * the next packet; its getters are of use only after that said yes.
 */
public final class ReceivedDatagram {

  private byte[] bytes = new byte[0];
  private AddressFamily family = AddressFamily.IPV4;
  private int linkIndex;
  private int at;
  private int payloadAt;
  private int payloadLength;

  /** Where its two addresses are, the destination behind the source. */
  private int sourceAt;

  private int addressBytes;
  private int protocol;
  private int hopLimit;

  /**
   * Points it at a packet of either family. Never throws, whatever is in it.
   *
   * @param link the kernel's number of the link that the packet came in through
   * @param packet the array that holds the packet
   * @param offset where its IP header starts
   * @param end one past its last byte
   * @return whether it is one: an unfragmented packet with a whole header
   */
  public boolean read(int link, byte[] packet, int offset, int end) {
    return offset >= 0 && offset < packet.length && Ipv6Header.isAt(packet, offset)
        ? readIpv6(link, packet, offset, end)
        : readIpv4(link, packet, offset, end);
  }

  /** {@link #read} for an IPv4 packet. */
  public boolean readIpv4(int link, byte[] packet, int offset, int end) {
    if (offset < 0 || end > packet.length || end - offset < Ipv4Header.BYTES) {
      return false;
    }
    int headerLength = Ipv4Header.lengthOf(packet, offset);
    // Ethernet pads short frames: the header's own length counts, unless it lies.
    int length = Math.min(Ipv4Header.totalLength(packet, offset), end - offset);
    if (headerLength == 0 || length < headerLength) {
      return false;
    }
    point(link, packet, offset, AddressFamily.IPV4);
    payloadAt = offset + headerLength;
    payloadLength = length - headerLength;
    sourceAt = offset + Ipv4Header.SOURCE;
    protocol = Ipv4Header.protocol(packet, offset);
    hopLimit = Ipv4Header.timeToLive(packet, offset);
    return true;
  }

  /**
   * {@link #read} for an IPv6 packet. What stands between header and payload of another packet, a
   * fragment's header for one, is its {@link #protocol}.
   */
  private boolean readIpv6(int link, byte[] packet, int offset, int end) {
    if (end > packet.length || end - offset < Ipv6Header.BYTES) {
      return false;
    }
    point(link, packet, offset, AddressFamily.IPV6);
    payloadAt = offset + Ipv6Header.BYTES;
    payloadLength =
        Math.min(BigEndian.u16(packet, offset + Ipv6Header.PAYLOAD_LENGTH), end - payloadAt);
    sourceAt = offset + Ipv6Header.SOURCE;
    protocol = BigEndian.u8(packet, offset + Ipv6Header.NEXT_HEADER);
    hopLimit = BigEndian.u8(packet, offset + Ipv6Header.HOP_LIMIT);
    return true;
  }

  private void point(int link, byte[] packet, int offset, AddressFamily itsFamily) {
    linkIndex = link;
    bytes = packet;
    at = offset;
    family = itsFamily;
    addressBytes = itsFamily.bytes();
  }

  /** That of its addresses. */
  public AddressFamily family() {
    return family;
  }

  /** The kernel's number of the link that the packet came in through. */
  public int linkIndex() {
    return linkIndex;
  }

  /** The number of what the payload is, 0 to 255. */
  public int protocol() {
    return protocol;
  }

  /** How many more routers could have forwarded it, and one, 0 to 255. */
  public int hopLimit() {
    return hopLimit;
  }

  /** The sender's address; made anew by each call. */
  public InetAddress source() {
    return address(sourceAt);
  }

  /** Whether it came from {@code address}. */
  public boolean isFrom(byte[] address) {
    return isAt(sourceAt, address);
  }

  /** Whether it was sent to {@code address}. */
  public boolean isTo(byte[] address) {
    return isAt(sourceAt + addressBytes, address);
  }

  /** Whether it was sent to a group, whichever. */
  public boolean isToGroup() {
    int first = BigEndian.u8(bytes, sourceAt + addressBytes);
    return family == AddressFamily.IPV4 ? first >>> 4 == 0xe : first == 0xff;
  }

  /** The sum of both addresses' 16-bit words, not yet folded ({@link InternetChecksum}). */
  public int addressSum() {
    return InternetChecksum.sum(bytes, sourceAt, 2 * addressBytes);
  }

  /** The array that holds the payload, with other things around it. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where in {@link #bytes} the payload starts. */
  public int payloadAt() {
    return payloadAt;
  }

  /** The payload's length in bytes. */
  public int payloadLength() {
    return payloadLength;
  }

  /** The length of the IP header before it, in bytes. */
  public int headerLength() {
    return payloadAt - at;
  }

  private boolean isAt(int offset, byte[] address) {
    return Arrays.equals(bytes, offset, offset + addressBytes, address, 0, address.length);
  }

  private InetAddress address(int offset) {
    byte[] address = Arrays.copyOfRange(bytes, offset, offset + addressBytes);
    try {
      // not InetAddress.getByAddress, which makes an IPv4 address of ::ffff:10.0.0.1
      return family == AddressFamily.IPV4
          ? InetAddress.getByAddress(address)
          : Inet6Address.getByAddress(null, address, -1);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("4 or 16 bytes are an address", impossible);
    }
  }
}
