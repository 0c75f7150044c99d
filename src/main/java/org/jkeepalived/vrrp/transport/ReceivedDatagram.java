package org.jkeepalived.vrrp.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jkeepalived.model.AddressFamily;

/**
 * A view of one packet that came in: who sent it to whom over which link, and where its payload is.
 * It knows nothing of what the payload means. One object serves for all: {@link #read} points it at
 * the next packet; its getters are of use only after that said yes.
 */
public final class ReceivedDatagram {

  private static final int VERSION_6 = 6;

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

  /** Where its authentication header starts, once it has been looked behind; 0 before. */
  private int authenticationAt;

  /**
   * Points it at a packet of either family. Never throws, whatever is in it.
   *
   * @param link the kernel's number of the link that the packet came in through
   * @param packet the array that holds the packet; in front of it, from 0 on, the Ethernet header,
   *     if it came in a frame
   * @param offset where its IP header starts
   * @param end one past its last byte
   * @return whether it is one: an unfragmented packet with a whole header
   */
  public boolean read(int link, byte[] packet, int offset, int end) {
    return offset >= 0 && offset < packet.length && packet[offset] >>> 4 == VERSION_6
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
    authenticationAt = 0;
    addressBytes = itsFamily.bytes();
  }

  /**
   * Looks behind an {@linkplain AuthenticationHeader authentication header}, of IPv4 only: from
   * then on the payload is what it protects.
   *
   * @param wanted the number of what that is to be
   * @return whether there is such a header, and such a payload
   */
  public boolean openAuthenticated(int wanted) {
    if (family != AddressFamily.IPV4
        || protocol != AuthenticationHeader.PROTOCOL_NUMBER
        || payloadLength < AuthenticationHeader.BYTES
        || !AuthenticationHeader.isThere(bytes, payloadAt)
        || AuthenticationHeader.next(bytes, payloadAt) != wanted) {
      return false;
    }
    authenticationAt = payloadAt;
    payloadAt += AuthenticationHeader.BYTES;
    payloadLength -= AuthenticationHeader.BYTES;
    protocol = wanted;
    return true;
  }

  /** Whether an authentication header has been looked behind. */
  public boolean isAuthenticated() {
    return authenticationAt > 0;
  }

  /** Whether the authentication header has the check value that is made so. */
  public boolean hasCheckValue(CheckValue made) {
    return made.isIn(bytes, at, authenticationAt, payloadAt + payloadLength);
  }

  /** The authentication header's security parameters index, as a number of 32 bits. */
  public int securityIndex() {
    return AuthenticationHeader.index(bytes, authenticationAt);
  }

  /** Whether that is the source address, as it is in keepalived's packets. */
  public boolean isSecurityIndexSource() {
    return securityIndex() == BigEndian.bits32(bytes, sourceAt);
  }

  /** The authentication header's sequence number, 0 to 2³² - 1. */
  public long sequenceNumber() {
    return AuthenticationHeader.sequence(bytes, authenticationAt);
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

  /**
   * Whether its source is in a network of its family.
   *
   * @param prefixLength how many bits of {@code network} count
   */
  public boolean isFromNetwork(byte[] network, int prefixLength) {
    if (network.length != addressBytes) {
      return false;
    }
    int from = sourceAt;
    int whole = prefixLength / 8;
    for (int i = 0; i < whole; i++) {
      if (bytes[from + i] != network[i]) {
        return false;
      }
    }
    int rest = prefixLength % 8;
    return rest == 0 || ((bytes[from + whole] ^ network[whole]) & 0xff) >>> (8 - rest) == 0;
  }

  /** Whether its IP header is as it was sent, as far as it says; IPv6's has no checksum. */
  public boolean isHeaderIntact() {
    return family == AddressFamily.IPV6
        || Ipv4Header.isChecksumRight(bytes, at, Ipv4Header.lengthOf(bytes, at));
  }

  /** Whether no machine can have sent it from its source address. */
  public boolean isSourceMartian() {
    return family == AddressFamily.IPV4
        ? Ipv4Header.isSourceMartian(bytes, at)
        : Ipv6Header.isSourceMartian(bytes, at);
  }

  /**
   * Whether it came in an Ethernet frame, and not from the kernel, which looks at what it hears.
   */
  public boolean isFramed() {
    return at >= EthernetHeader.BYTES;
  }

  /** Whether the frame that it came in is for a group, or for all. */
  public boolean isFrameToGroup() {
    return EthernetHeader.isToGroup(bytes);
  }

  /** Whether the frame that it came in is for that hardware address. */
  public boolean isFrameTo(byte[] hardwareAddress) {
    return isInFrame(0, hardwareAddress);
  }

  /** Whether the frame that it came in is from that hardware address. */
  public boolean isFrameFrom(byte[] hardwareAddress) {
    return isFramed() && isInFrame(EthernetHeader.SOURCE, hardwareAddress);
  }

  /** The hardware address that the frame that it came in is from: {@code 02:00:00:00:01:00}. */
  public String frameSource() {
    return HexFormat.ofDelimiter(":")
        .formatHex(
            bytes, EthernetHeader.SOURCE, EthernetHeader.SOURCE + EthernetHeader.ADDRESS_BYTES);
  }

  private boolean isInFrame(int offset, byte[] hardwareAddress) {
    return Arrays.equals(
        bytes,
        offset,
        offset + EthernetHeader.ADDRESS_BYTES,
        hardwareAddress,
        0,
        hardwareAddress.length);
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

  /** The sum of the source's 16-bit words, not yet folded. */
  public int sourceSum() {
    return InternetChecksum.sum(bytes, sourceAt, addressBytes);
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
